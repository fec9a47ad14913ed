using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SocialQI.Client.Cases.Marking;

/// <summary>Finds those mentioned in a text that is set. Whoever does not stand in it comes before it.</summary>
/// <param name="mentioned">Their names, a line each; a star before one's own.</param>
internal sealed class Mentioning(string mentioned)
{
    /// <returns>A line with those who do not stand in the text.</returns>
    public MarkdownDocument MarkIn(MarkdownDocument text)
    {
        var missing = new ContainerInline();
        foreach (var line in mentioned.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var mention = new MentionInline("@" + line.TrimStart('*'), line[0] == '*');
            if (text.Descendants<LiteralInline>().FirstOrDefault(l => l.Parent is not LinkInline && l.Content.IndexOf(mention.Name) >= 0) is { } around)
            {
                Split(around, mention);
            }
            else
            {
                missing.AppendChild(mention).AppendChild(new LiteralInline(" "));
            }
        }
        return missing.FirstChild is null ? [] : [new ParagraphBlock { Inline = missing }];
    }

    private static void Split(LiteralInline around, MentionInline mention)
    {
        var (words, at) = (around.Content.ToString(), around.Content.ToString().IndexOf(mention.Name, StringComparison.Ordinal));
        if (at < 0)
        {
            return;
        }
        around.Content = new StringSlice(words[..at]);
        around.InsertAfter(mention);
        mention.InsertAfter(new LiteralInline(words[(at + mention.Name.Length)..]));
    }
}

internal sealed class MentionInline(string name, bool isMe) : LeafInline
{
    public string Name => name;

    public bool IsMe => isMe;
}

internal sealed class MentionRenderer : HtmlObjectRenderer<MentionInline>
{
    protected override void Write(HtmlRenderer renderer, MentionInline obj) =>
        renderer.Write(obj.IsMe ? "<span class=\"at at-me\">" : "<span class=\"at\">").WriteEscape(obj.Name).Write("</span>");
}
