using SocialQI.Server.Api;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>What somebody typed is always a search: what is no filter is words.</summary>
public sealed class ReadingASearch
{
    [Theory]
    [InlineData("lactate rising", new[] { "lactate", "rising" }, new string[0])]
    [InlineData("  \"septic shock\"  first-hour ", new[] { "septic shock", "first-hour" }, new string[0])]
    [InlineData("\"never closed -x", new[] { "never closed -x" }, new string[0])]
    [InlineData("a\"b\"c", new[] { "a\"b\"c" }, new string[0])]
    [InlineData("shock -septic -\"cardiac arrest\"", new[] { "shock" }, new[] { "septic", "cardiac arrest" })]
    [InlineData("- -- shock", new[] { "-", "shock" }, new[] { "-" })]
    [InlineData("what is the cause of shock", new[] { "cause", "shock" }, new string[0])]
    [InlineData("the who", new[] { "the", "who" }, new string[0])]
    [InlineData("\"the\" shock", new[] { "the", "shock" }, new string[0])]
    [InlineData("foo:bar from: in", new[] { "foo:bar", "from:" }, new string[0])]
    [InlineData("a OR b AND c", new[] { "b", "c" }, new string[0])]
    [InlineData("-from:ada shock", new[] { "shock" }, new[] { "from:ada" })]
    [InlineData("\"\" \"", new string[0], new string[0])]
    [InlineData("", new string[0], new string[0])]
    [InlineData("-", new[] { "-" }, new string[0])]
    [InlineData("\0\t\n\u202E", new[] { "\0", "\u202E" }, new string[0])]
    public void Takes_words_phrases_and_what_is_left_out(string text, string[] terms, string[] without)
    {
        var query = SearchQuery.Of(text);

        Assert.Equal(terms, query.Terms);
        Assert.Equal(without, query.Without);
    }

    [Fact]
    public void Takes_filters_with_and_without_quotes_in_any_case()
    {
        var query = SearchQuery.Of("FROM:ada.noon lactate from:\"Ben Noon\" in:\"First hour\" before:2026-11-24 condition:I21 in:Sepsis");

        Assert.Equal(["lactate"], query.Terms);
        Assert.Equal(["ada.noon", "Ben Noon"], query.From);
        Assert.Equal(["First hour", "Sepsis"], query.In);
        Assert.Equal(("2026-11-24", "I21"), (query.Before, query.Condition));
    }

    [Fact]
    public void Ends_whatever_was_typed()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            SearchQuery.Of(new string(random.GetItems<char>("\"- :ainfromcdt\0\uD800é*", random.Next(40))));
        }
        Assert.Equal(5_000, SearchQuery.Of(string.Join(' ', Enumerable.Repeat("word", 5_000))).Terms.Count);
    }
}
