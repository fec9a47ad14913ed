using System.Diagnostics;
using System.Globalization;
using CsCheck;
using SocialQI.Identifiers;
using Xunit;

namespace SocialQI.Domain.Tests.Identifiers;

public sealed class ReadingHostileText
{
    private const int Long = 64 * 1024;

    /// <summary>What would send a rule that looks back, ahead or again over the whole text on its way for a square of it.</summary>
    public static TheoryData<string> Pieces =>
    [
        "1", "1 ", "1-", "1.", "1/", "1:", "a", "a@", "a.", "a@a.", "@", "(at)", "[at] ", "http://", "www.", "x.com/", "(", ")", "((01)", "+1(", "0 ", "٣", "é", "A", "A ", "A. ", "MRN ", "MRN-", "MRN: ", "no. ", "id-id-", "lot/",
        "Mr ", "Mr. ", "Dr. Dr ", "de la ", "O'", "'", "patient ", "husband, ", "named ", "lives in ", "from the city of ", "city of ", "12 A ", "Street ", "12 Oak ", "march ", "1 march ", "Monday, ", "early ", "the 1st of ",
        "call ", "call 1 ", "tel. 1", "aged ", "ninety ", "90-", "90 years ", "f:", "::", "f::1", "GB29 ", "10.1000/", "pmid ", "John ", "\n", "\n1", " ", "\u200b", "\ud835\udfd8", "\ud835", "\ufffd", "’", "–1",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Is_quick_over_64_KiB_of_anything(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (Long / piece.Length) + 1))[..Long];
        IdentifierDetector.Find(text[..1024]);

        var begun = Stopwatch.GetTimestamp();
        var found = IdentifierDetector.Find(text);
        var took = Stopwatch.GetElapsedTime(begun);

        AssertSound(text, found);
        Record(took);
        // A square of it would take minutes, also on a machine that has much else to do.
        Assert.True(took < TimeSpan.FromSeconds(20), $"{took.TotalMilliseconds:0} ms");
    }

    [Fact]
    public void Never_throws_and_marks_only_what_is_there()
    {
        var words = Pieces.Select(p => p.Data).Concat(Annotated.Read("sentences.txt").Select(s => s.Text)).ToArray();
        Gen.Select(Gen.Int[0, words.Length - 1].Select(k => words[k]).Array[0, 12], Gen.Char.Array[0, 20]).Sample(
            (pieces, characters) =>
            {
                var text = string.Concat(pieces) + new string(characters) + string.Join(' ', pieces.Reverse());
                AssertSound(text, IdentifierDetector.Find(text));
            },
            iter: 5_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n")]
    public void Finds_nothing_in_nothing(string text) => Assert.Empty(IdentifierDetector.Find(text));

    private static void AssertSound(string text, IReadOnlyList<Identifier> found)
    {
        var end = 0;
        foreach (var identifier in found)
        {
            Assert.True(identifier.Start >= end && identifier.Length > 0 && identifier.End <= text.Length);
            end = identifier.End;
        }
    }

    private static void Record(TimeSpan took)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } to)
        {
            File.AppendAllText(to, string.Create(CultureInfo.InvariantCulture, $"figure phi.hostile {took.TotalMilliseconds:0.0} ms\n"));
        }
    }
}
