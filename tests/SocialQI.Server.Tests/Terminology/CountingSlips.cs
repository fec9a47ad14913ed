using SocialQI.Server.Terminology;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>How slips are counted, and that the walk over a sorted list, which passes most of it over, finds what looking at each word finds.</summary>
public sealed class CountingSlips
{
    [Theory]
    [InlineData("sepsis", "sepsis", 0)]
    [InlineData("sespis", "sepsis", 1)]
    [InlineData("sepsi", "sepsis", 1)]
    [InlineData("seppsis", "sepsis", 1)]
    [InlineData("sepxis", "sepsis", 1)]
    [InlineData("pnuemonia", "pneumonia", 1)]
    [InlineData("pneumnia", "pneumonia", 1)]
    [InlineData("neumonai", "pneumonia", 2)]
    [InlineData("gout", "stroke", 5)]
    public void Between_two_words_counts_letters_left_out_put_in_changed_and_swapped(string asked, string word, int slips) =>
        Assert.Equal(slips, Misspelling.Between(asked, word));

    [Fact]
    public void Along_a_sorted_list_finds_what_looking_at_each_word_finds()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var words = Enumerable.Range(0, 60).Select(_ => Word(random)).Distinct().Order(StringComparer.Ordinal).ToArray();
            var shared = words.Select((w, i) => i == 0 ? 0 : w.AsSpan().CommonPrefixLength(words[i - 1])).ToArray();
            var (asked, slips) = (Word(random), random.Next(1, 3));
            var told = new List<(string, int, int)>();
            Misspelling.Near(asked, slips, words, shared, longest: 8, (at, whole, beginning) => told.Add((words[at], Math.Min(whole, slips + 1), beginning)));

            var expected = from word in words
                           let beginning = Enumerable.Range(0, word.Length + 1).Min(n => Misspelling.Between(asked, word[..n]))
                           where beginning <= slips
                           select (word, Math.Min(Misspelling.Between(asked, word), slips + 1), beginning);
            Assert.Equal(expected, told);
        }
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => "abc"[random.Next(3)])]);
}
