using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using SocialQI.Client.Cases.Marking;
using Xunit;

namespace SocialQI.Client.Tests;

public class SettingAText
{
    private static readonly string[] Elements = ["p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "span", "bdi"];
    private static readonly string[] Attributes = ["href", "class", "start", "target", "rel"];

    private static string Set(string text, string mentioned = "") => Typesetting.Set(text, mentioned);

    private static IElement Body(string text, string mentioned = "") => new HtmlParser().ParseDocument(Set(text, mentioned)).Body!;

    [Theory]
    [InlineData("**tonight**", "<strong>tonight</strong>")]
    [InlineData("*soon*", "<em>soon</em>")]
    [InlineData("`rK39`", "<code>rK39</code>")]
    [InlineData("> she said", "<blockquote>")]
    [InlineData("- one\n- two", "<ul>")]
    [InlineData("3. one\n4. two", "<ol start=\"3\">")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "<table>")]
    [InlineData("one*\ntwo", "<br>")]
    public void Shows_what_its_marks_mean(string text, string expected) => Assert.Contains(expected, Set(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("2*500*3 mg")]
    [InlineData(">40 °C since yesterday")]
    [InlineData("> 38.5 twice")]
    [InlineData("[1]: https://doi.org/10.1002/art.38690")]
    [InlineData("# of days")]
    [InlineData("&lt;b&gt; &#x3C;b>")]
    [InlineData("Afebrile\n---\nthen not")]
    [InlineData("HLA_B_27 and snake_case_names")]
    [InlineData("<b>bold</b>")]
    public void Leaves_alone_what_a_ward_writes_for_itself(string text) =>
        Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(Body(text).TextContent.Where(c => !char.IsWhiteSpace(c))));

    [Theory]
    [InlineData("[Read on](javascript:alert(1))")]
    [InlineData("[Read on](JaVaScRiPt:alert(1))")]
    [InlineData("[Read on](java&#x73;cript:alert(1))")]
    [InlineData("[Read on](  javascript:alert(1))")]
    [InlineData("[Read on](java\tscript:alert(1))")]
    [InlineData("[Read on](<java\u0001script:alert(1)>)")]
    [InlineData("[Read on](vbscript:x)")]
    [InlineData("[Read on](data:text/html,<script>alert(1)</script>)")]
    [InlineData("![x](data:image/svg+xml;base64,PHN2Zz4=)")]
    [InlineData("[Read on](//elsewhere.example/x)")]
    [InlineData("[Read on](/sign-out)")]
    [InlineData("[Read on](https://bank.example@elsewhere.example/)")]
    [InlineData("[Read on](file:///etc/passwd)")]
    [InlineData("[Read on](ftp://elsewhere.example/x)")]
    [InlineData("[Read on](mailto:a@b.example?subject=x&body=y)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("javascript://elsewhere.example/%0aalert(1)")]
    public void Shows_a_link_that_is_not_to_be_followed_as_it_was_written(string text)
    {
        var body = Body(text);
        Assert.Empty(body.QuerySelectorAll("a"));
        Assert.Contains(text.Split(':')[0].TrimStart('<')[..6].Trim(), body.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> *x*")]
    [InlineData("<img src=x onerror=alert(1)> *x*")]
    [InlineData("![x](https://elsewhere.example/track.png)")]
    [InlineData("![x][y]\n\n[y]: https://elsewhere.example/track.png")]
    [InlineData("<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">*x*</a></svg>")]
    [InlineData("[x](https://a.example \"onmouseover=alert(1)\")")]
    [InlineData("[x](https://a.example/\"onmouseover=\"alert(1))")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("```html\" onload=\"alert(1)\n</pre><script>alert(1)</script>\n```")]
    [InlineData("| <img src=x onerror=alert(1)> |\n|---|\n| [x](javascript:alert(1)) |")]
    [InlineData("*<style>*{display:none}</style>*")]
    [InlineData("[<iframe srcdoc=x>](https://a.example)")]
    [InlineData("<<script>script>alert(1)<</script>/script> **x**")]
    [InlineData("[![x](javascript:alert(1))](https://a.example)")]
    [InlineData("<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)> *x*")]
    public void Makes_no_element_and_no_attribute_but_those_that_a_text_is_set_with(string text)
    {
        foreach (var element in Body(text, "*<img src=x onerror=alert(1)>").QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, a => Assert.Contains(a.LocalName, Attributes));
            Assert.True(element.LocalName != "a" || element.GetAttribute("rel") == "noopener noreferrer nofollow", "A link tells where it came from.");
        }
    }

    [Theory]
    [InlineData("[the guideline](https://elsewhere.example/x)", "(elsewhere.example)")]
    [InlineData("[https://known.example](https://elsewhere.example/x)", "(elsewhere.example)")]
    [InlineData("[known.example](https://known.example.elsewhere.example/)", "(known.example.elsewhere.example)")]
    [InlineData("https://ex\u0430mple.com/", "(xn--exmple-4nf.com)")]
    [InlineData("[example.com](https://ex\u0430mple.com/)", "(xn--exmple-4nf.com)")]
    [InlineData("[x](https://elsewhere.example/\u200Fmoc.nwonk)", "(elsewhere.example)")]
    [InlineData("![a scan](https://elsewhere.example/track.png)", "(elsewhere.example)")]
    public void Says_the_host_that_a_link_really_leads_to(string text, string host) => Assert.Equal(host, Body(text).QuerySelector("bdi.host")?.TextContent);

    [Theory]
    [InlineData("https://doi.org/10.1002/art.38690")]
    [InlineData("[doi.org](https://doi.org/10.1002/art.38690)")]
    [InlineData("<https://doi.org/10.1002/art.38690>")]
    [InlineData("www.who.int/news")]
    public void Does_not_say_a_host_twice(string text)
    {
        Assert.Single(Body(text).QuerySelectorAll("a"));
        Assert.Null(Body(text).QuerySelector("bdi.host"));
    }

    [Fact]
    public void Marks_who_is_mentioned_in_it_and_puts_who_is_not_before_it()
    {
        var body = Body("*Please*, @Ada Lindholm, look", "*Ada Lindholm\nBen Ask");
        Assert.Equal("@Ada Lindholm", body.QuerySelector(".at-me")?.TextContent);
        Assert.Equal("@Ben Ask", body.QuerySelector("p:first-child .at")?.TextContent);
    }

    [Fact]
    public void That_is_nested_deeper_than_anybody_reads_leaves_it_as_it_was_typed()
    {
        var typesetter = new Typesetter(() => Task.CompletedTask);
        Assert.True(typesetter.Fetch().IsCompletedSuccessfully);
        Assert.Null(typesetter.Set(new string('>', 5_000) + "x", ""));
    }

    [Fact]
    public void Is_done_once_for_the_same_words()
    {
        var typesetter = new Typesetter(() => Task.CompletedTask);
        Assert.True(typesetter.Fetch().IsCompletedSuccessfully);
        Assert.Equal(typesetter.Set("**a**", ""), typesetter.Set("**a**", ""));
        Assert.Equal(1, typesetter.Settings);
    }

    [Theory]
    [InlineData("Temperature 39.4 °C, lactate 3.1 mmol/L; still no focus. Day 3: better?")]
    [InlineData("חום מאז יום 3")]
    [InlineData("Two lines\nof words (and brackets), 5 < 6 > 4, a-b, it's #3")]
    public void Is_not_needed_for_words_alone(string text) => Assert.False(Marks.In(text));
}
