using System.Globalization;

namespace SocialQI.Browser.Tests;

/// <summary>
/// What somebody would write who wants a page to do something: thousands of spellings, made from families. Whatever runs sets <c>__pwn</c>;
/// whatever is fetched comes from <see cref="Elsewhere"/>.
/// </summary>
internal static class HostileText
{
    public const string Elsewhere = "elsewhere.example";

    private static readonly string[] Payloads = ["window.__pwn=1", "window['__pwn']=1", "self.__pwn=1", "top['__p'+'wn']=1", "eval('window.__pwn=1')", "Function`window.__pwn=1```"];

    // Out of whatever the text might have been put into.
    private static readonly string[] WaysOut = ["", "\">", "'>", "</textarea>", "</title>", "-->", "]]>", "</div></article>", "`\"'>", "\"/>", "{{7*7}}"];

    /// <summary>All of them, each once, family by family.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. new[] { Scripts(), Handlers(), Schemes(), Drawings(), Markings(), Fetches(), Turns(), LookAlikes() }.SelectMany(family => family).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Scripts() =>
        from shape in (string[])
        [
            "<script>{0}</script>", "<SCRIPT>{0}</SCRIPT>", "<ScRiPt type=module>{0}</sCrIpT>", "<script/x>{0}</script>", "<script\n>{0}</script\n>", "<<script>{0}//<</script>", "<scr<script>ipt>{0}</scr</script>ipt>",
            "<script src=data:text/javascript,{0}></script>", "<script src=//" + Elsewhere + "/{0}.js></script>", "&lt;script&gt;{0}&lt;/script&gt;", "<noscript><p title=\"</noscript><script>{0}</script>\">",
        ]
        from way in WaysOut
        from payload in Payloads
        select way + With(shape, payload);

    private static IEnumerable<string> Handlers() =>
        from element in (string[])["img src=x", "svg", "body", "video src=x", "audio src=x", "input autofocus", "details open", "iframe", "object data=x", "marquee", "a href=#x tabindex=0", "div contenteditable", "style", "select autofocus"]
        from handler in (string[])["onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onanimationstart", "onpointerenter", "OnCLiCk"]
        from shape in (string[])["<{0} {1}=\"{2}\">", "<{0} {1}={2}>", "<{0}/{1}='{2}'/>", "\" {1}=\"{2}\" x=\"", "<{0}\t{1}\n=\n`{2}`>", "<{0} {1}=&#119;indow.__pwn&#61;1>"]
        select With(shape, element, handler, Payloads[0]);

    private static IEnumerable<string> Schemes() =>
        from spelling in (string[])
        [
            "javascript:{0}", "JaVaScRiPt:{0}", "java\tscript:{0}", "java\nscript:{0}", " javascript:{0}", "javascript\u00a0:{0}", "javascript&colon;{0}", "&#106;avascript:{0}", "&#x6A;avascript:{0}", "%6Aavascript:{0}",
            "javascript://%0a{0}", "javascript:/*//" + Elsewhere + "/*/{0}", "vbscript:{0}", "data:text/html,<script>{0}</script>", "data:image/svg+xml,<svg onload={0}>", "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wd249MTwvc2NyaXB0Pg==",
            "view-source:javascript:{0}", "feed:javascript:{0}", "jar:javascript:{0}!/", "blob:{0}", "file:///etc/passwd#{0}", "ftp://" + Elsewhere + "/{0}", "intent:{0}#Intent;end", "ws://" + Elsewhere + "/{0}", "about:blank#{0}", "tel:{0}",
            "ｊavascript:{0}", "javаscript:{0}", "https:javascript:{0}", "mailto:ada@" + Elsewhere + "?body=javascript:{0}",
        ]
        from place in (string[])
        [
            "[Read on]({0})", "[Read on](<{0}>)", "[Read on]({0} \"a title\")", "![film]({0})", "<{0}>", "{0}", "[Read on][r]\n\n[r]: {0}", "<a href=\"{0}\">Read on</a>", "<iframe src='{0}'></iframe>", "<form action=\"{0}\"><button>Send</button></form>",
            "<base href=\"{0}\">", "<object data=\"{0}\"></object>", "<meta http-equiv=refresh content=\"0;url={0}\">", "[![film](x)]({0})", "**[Read on]({0})**",
        ]
        select With(place, With(spelling, Payloads[0]));

    private static IEnumerable<string> Drawings() =>
        from shape in (string[])
        [
            "<svg><script>{0}</script></svg>", "<svg/onload={0}>", "<svg><a xlink:href=\"javascript:{0}\"><text y=20>Read on</text></a></svg>", "<svg><animate onbegin={0} attributeName=x dur=1s>", "<svg><set attributeName=href to=javascript:{0}>",
            "<svg><foreignObject><iframe srcdoc=\"<script>parent.__pwn=1</script>\"></iframe></foreignObject></svg>", "<svg><use href=\"data:image/svg+xml,<svg id=x onload={0}>#x\"/></svg>", "<svg><style><img src=x onerror={0}></style></svg>",
            "<svg><image href=//" + Elsewhere + "/{0}.png /></svg>", "<math><mi xlink:href=\"javascript:{0}\">x</mi></math>", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror={0}&gt;\">",
            "<math><annotation-xml encoding=\"text/html\"><script>{0}</script></annotation-xml></math>", "<math><maction actiontype=statusline xlink:href=javascript:{0}>x</maction></math>",
        ]
        from way in WaysOut.Take(6)
        from payload in Payloads.Take(4)
        select way + With(shape, payload);

    private static IEnumerable<string> Markings() =>
        from shape in (string[])
        [
            "[a]({0})", "![a]({0})", "[a](<{0}>)", "[[a]({0})]({0})", "[![a]({0})]({0})", "> [a]({0})", "- [a]({0})\n- ![b]({0})", "1. [a]({0})", "`[a]({0})` [a]({0})", "```\n[a]({0})\n```", "| a | b |\n|---|---|\n| [a]({0}) | ![b]({0}) |", "[a][b]\n\n[b]: {0} \"x\"",
            "[a]: {0}\n[a]", "<{0}>", "{0}", "**{0}**", "_[a]({0})_", "[a\\]({0})", "[a](\\{0})", "[<img src=x onerror=window.__pwn=1>]({0})", "[a]({0} 'onmouseover=window.__pwn=1')", "[a]({0}\"onmouseover=\"window.__pwn=1)", "@[a]({0})", "# [a]({0})",
            "[" + "[[[[[[[[[[[[[[[[" + "a]({0})", "***[a]({0})**_", "a\\\n[b]({0})", "\t[a]({0})", "~~[a]({0})~~ ^[a]({0})^", "[^1]\n\n[^1]: {0}", "::: x\n[a]({0})\n:::", "[a]({0}){onclick=window.__pwn=1 .at}", "<!-- [a]({0}) -->", "[a](\u200B{0})",
        ]
        from address in (string[])
        [
            "javascript:window.__pwn=1", "https://" + Elsewhere + "/a\"onclick=\"window.__pwn=1", "https://known.example@" + Elsewhere + "/", "//" + Elsewhere + "/x.png", "https://" + Elsewhere + "/<script>window.__pwn=1</script>",
            "data:text/html,<script>window.__pwn=1</script>", "JAVASCRIPT:window.__pwn=1", "/sign-out", "#\" onfocus=window.__pwn=1", "https://" + Elsewhere + "/%22%3E%3Cscript%3Ewindow.__pwn=1%3C/script%3E", "\\\\" + Elsewhere + "\\x", "www." + Elsewhere,
        ]
        select With(shape, address);

    private static IEnumerable<string> Fetches() =>
        from shape in (string[])
        [
            "<img src={0}>", "<img srcset=\"{0} 1x\">", "<link rel=stylesheet href={0}>", "<link rel=prefetch href={0}>", "<link rel=preconnect href={0}>", "<style>@import '{0}';</style>", "<div style=\"background:url({0})\">", "<video poster={0}>", "<audio src={0} autoplay>",
            "<embed src={0}>", "<object data={0}>", "<iframe src={0}>", "<body background={0}>", "<input type=image src={0}>", "<meta http-equiv=refresh content=\"0;url={0}\">", "<table background={0}>", "<base href={0}>", "<track src={0}>", "![film]({0})", "![film][r]\n\n[r]: {0}",
        ]
        from place in (string[])["https://" + Elsewhere + "/x", "http://" + Elsewhere + "/x", "//" + Elsewhere + "/x", "\\/\\/" + Elsewhere + "/x", "https:" + Elsewhere + "/x"]
        from way in WaysOut.Take(4)
        select way + With(shape, place);

    private static IEnumerable<string> Turns() =>
        from sign in (string[])["\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\u200E", "\u200F", "\u061C", "\uFEFF", "\u200B", "\u200D", "\u2028", "\u2060", "\u00AD", "\u0000", "\u001B[31m", "\uFFFD", "\u0301\u0301\u0301"]
        from text in (string[])["Give {0}04 mmol", "{0}<script>window.__pwn=1</script>", "[Read on](https://known.example/{0}gpj.exe)", "java{0}script:window.__pwn=1", "חום {0}fever العربية", "https://{0}" + Elsewhere, "@Imani{0} Cole", "film{0}gnp.exe"]
        select With(text, sign);

    private static IEnumerable<string> LookAlikes() =>
        from host in (string[])["pubmеd.ncbi.nlm.nih.gov", "dоi.org", "ｄｏｉ.org", "thе-lancet.com", "раypal.com", "xn--80ak6aa92e.com", "bмj.com", "doi。org", "doi.org․evil.example", "ⓓⓞⓘ.org", "nejm.оrg", "doi.org\u2044a.evil.example"]
        from shape in (string[])["https://{0}/10.1000/x", "[https://doi.org/](https://{0}/)", "[doi.org](https://{0})", "<https://{0}>", "https://doi.org@{0}/", "https://{0}:8443/#\"onclick=window.__pwn=1", "www.{0}", "ada@{0}", "mailto:ada@{0}", "[the paper][r]\n\n[r]: https://{0}", "http://{0}%2F@" + Elsewhere]
        select With(shape, host);

    private static string With(string shape, params string[] values) =>
        values.Index().Aggregate(shape, (text, value) => text.Replace("{" + value.Index.ToString(CultureInfo.InvariantCulture) + "}", value.Item, StringComparison.Ordinal));
}
