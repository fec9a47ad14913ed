using AngleSharp.Dom;
using Ganss.Xss;

namespace SocialQI.Client.Cases.Marking;

/// <summary>Lets through only what a set text is made of, whatever was put in front of it: a list of what may be there, not of what may not.</summary>
internal static class Washing
{
    private static readonly HtmlSanitizer Sanitizer = Build();

    public static string Wash(string html) => Sanitizer.Sanitize(html);

    private static HtmlSanitizer Build()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set("p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "span", "bdi"),
            AllowedAttributes = Set("href", "class", "start", "target", "rel"),
            AllowedSchemes = Set("http", "https", "mailto"),
            UriAttributes = Set("href"),
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.AllowedClasses.UnionWith(["at", "at-me", "host"]);
        sanitizer.PostProcessNode += (_, passed) =>
        {
            if (passed.Node is IElement { LocalName: "a" } link)
            {
                link.SetAttribute("target", "_blank");
                link.SetAttribute("rel", "noopener noreferrer nofollow");
            }
        };
        return sanitizer;
    }

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
}
