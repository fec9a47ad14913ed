using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace SocialQI.Client.Cases.Marking;

/// <summary>A link in a text that was found to be one to follow.</summary>
internal sealed class SafeLinkInline(SafeLink to) : LinkInline(to.Address, "")
{
    public SafeLink To => to;
}

/// <summary>Writes a link that opens beside the page, tells nobody where it came from, and says its host where its words do not.</summary>
internal sealed class SafeLinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        if (obj is not SafeLinkInline { To: var to })
        {
            renderer.WriteChildren(obj);
            return;
        }
        renderer.Write("<a href=\"").WriteEscapeUrl(to.Address).Write("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
        renderer.WriteChildren(obj);
        renderer.Write("</a>");
        if (!to.IsSaidBy(string.Concat(obj.Select(part => (part as LiteralInline)?.Content.ToString()))))
        {
            renderer.Write(" <bdi class=\"host\">(").WriteEscape(to.Host).Write(")</bdi>");
        }
    }
}
