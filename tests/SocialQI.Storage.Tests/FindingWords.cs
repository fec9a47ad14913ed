using SocialQI.Storage.Search;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Storage.Tests;

public sealed class FindingWords
{
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("caress", "caress")]
    [InlineData("cats", "cat")]
    [InlineData("feed", "feed")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("bled", "bled")]
    [InlineData("motoring", "motor")]
    [InlineData("sing", "sing")]
    [InlineData("conflated", "conflat")]
    [InlineData("troubled", "troubl")]
    [InlineData("sized", "size")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("hissing", "hiss")]
    [InlineData("failing", "fail")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("sky", "sky")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("operator", "oper")]
    [InlineData("decisiveness", "decis")]
    [InlineData("hopefulness", "hope")]
    [InlineData("sensibiliti", "sensibl")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electrical", "electr")]
    [InlineData("goodness", "good")]
    [InlineData("revival", "reviv")]
    [InlineData("inference", "infer")]
    [InlineData("airliner", "airlin")]
    [InlineData("replacement", "replac")]
    [InlineData("adjustment", "adjust")]
    [InlineData("dependent", "depend")]
    [InlineData("adoption", "adopt")]
    [InlineData("transfusion", "transfus")]
    [InlineData("opinion", "opinion")]
    [InlineData("probate", "probat")]
    [InlineData("rate", "rate")]
    [InlineData("cease", "ceas")]
    [InlineData("controll", "control")]
    [InlineData("roll", "roll")]
    [InlineData("is", "is")]
    [InlineData("grüße", "grüße")]
    [InlineData("i21", "i21")]
    public void Takes_the_endings_off_as_Porter_s_paper_does(string word, string stem) => Assert.Equal(stem, Stem.Of(word));

    [Theory]
    [InlineData("Chest-pain, at 3.5 mmol/l!", new[] { "chest", "pain", "at", "3", "5", "mmol", "l" })]
    [InlineData("MÜLLER’s naïve re\u0301sume\u0301", new[] { "muller", "s", "naiv", "resum" })]
    [InlineData("5 µg = 5 μg", new[] { "5", "μg", "5", "μg" })]
    [InlineData("心臓 \uD835\uDC00 \uD800", new[] { "心臓", "a" })]
    [InlineData("\0\u202E\"*^:()' ´ \u0301", new string[0])]
    public void Knows_them_without_case_accents_and_whatever_stands_between(string text, string[] stems) => Assert.Equal(stems, Words.Of(text).Select(w => w.Stem));

    [Fact]
    public void Of_a_long_text_shows_the_piece_where_most_of_them_stand()
    {
        var text = string.Join(' ', Enumerable.Repeat("lactate", 5).Concat(Enumerable.Repeat("filler", 200)).Append("Lactates rose after the infusion.").Concat(Enumerable.Repeat("filler", 50)));

        var snippet = Snippet.Of(text, new HashSet<string> { Stem.Of("lactate"), Stem.Of("infusion") });

        Assert.Contains($"{Found.HitBegins}Lactates{Found.HitEnds} rose after the {Found.HitBegins}infusion{Found.HitEnds}.", snippet, StringComparison.Ordinal);
        Assert.True(snippet is ['…', .., '…'] and { Length: < 300 }, snippet);
    }

    [Theory]
    [InlineData("One\nline", "One line")]
    [InlineData("A\uE000mark\uE001 of one's own", "Amark of one's own")]
    [InlineData("", "")]
    public void Shows_one_line_with_no_marks_but_its_own(string text, string snippet) => Assert.Equal(snippet, Snippet.Of(text, new HashSet<string>()));
}
