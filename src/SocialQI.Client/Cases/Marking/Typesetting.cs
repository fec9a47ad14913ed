using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SocialQI.Client.Cases.Marking;

/// <summary>
/// Sets a text: emphasis, lists, quotations, code, tables and links. No HTML, no entities, no headings, no images: what stands there of these is words.
/// Needs assemblies that are fetched late: only <see cref="Typesetter"/> may call it.
/// </summary>
internal static class Typesetting
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <param name="text">What somebody wrote.</param>
    /// <param name="mentioned">The names of those mentioned, a line each; a star before one's own.</param>
    public static string Set(string text, string mentioned)
    {
        var spared = Marks.Spared(text);
        var document = Markdig.Markdown.Parse(spared, Pipeline);
        foreach (var link in document.Descendants<AutolinkInline>().ToArray())
        {
            link.ReplaceBy((Inline?)Linked(link.IsEmail ? "mailto:" + link.Url : link.Url, [new LiteralInline(link.Url)]) ?? new LiteralInline(link.Url));
        }
        foreach (var link in document.Descendants<LinkInline>().Where(l => l is not SafeLinkInline).ToArray())
        {
            var words = link.ToArray();
            link.ReplaceBy((Inline?)Linked(link.Url, words) ?? new LiteralInline(Written(spared, link)), copyChildren: false);
        }
        var missing = new Mentioning(mentioned).MarkIn(document);
        using var page = new StringWriter();
        var renderer = new HtmlRenderer(page);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<LinkInlineRenderer>(new SafeLinkRenderer());
        renderer.ObjectRenderers.Add(new MentionRenderer());
        renderer.Render(missing);
        renderer.Render(document);
        return Washing.Wash(page.ToString());
    }

    private static SafeLinkInline? Linked(string? address, Inline[] words)
    {
        if (SafeLink.Of(address) is not { } safe)
        {
            return null;
        }
        var link = new SafeLinkInline(safe);
        foreach (var word in words)
        {
            word.Remove();
            link.AppendChild(word);
        }
        if (link.FirstChild is null)
        {
            link.AppendChild(new LiteralInline(safe.Host));
        }
        return link;
    }

    private static string Written(string text, LinkInline link) =>
        link.Span is { Start: >= 0, Length: > 0 } span && span.End < text.Length ? text.Substring(span.Start, span.Length) : link.Url ?? "";

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation().DisableHtml().DisableHeadings()
            .UsePipeTables().UseSoftlineBreakAsHardlineBreak().UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true });
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        builder.InlineParsers.TryRemove<HtmlEntityParser>();
        // "2*500*3" is a dose.
        var emphasis = builder.InlineParsers.Find<EmphasisInlineParser>()!;
        emphasis.EmphasisDescriptors.Clear();
        emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor('*', 1, 2, enableWithinWord: false));
        emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor('_', 1, 2, enableWithinWord: false));
        return builder.Build();
    }
}
