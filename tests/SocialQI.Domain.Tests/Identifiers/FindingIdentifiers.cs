using System.Globalization;
using SocialQI.Identifiers;
using Xunit;

namespace SocialQI.Domain.Tests.Identifiers;

public sealed class FindingIdentifiers
{
    // Numbers and addresses have a shape; names and places are free text.
    private static readonly IdentifierKind[] free = [IdentifierKind.Name, IdentifierKind.Place];

    [Fact]
    public void In_our_own_sentences_finds_what_a_person_marks_and_little_else() => Judge("sentences.txt", "phi", 0.99, 0.95, 0.97);

    [Fact]
    public void In_sentences_set_aside_before_it_was_tuned_does_nearly_as_well() => Judge("held-out.txt", "phi.heldout", 0.9, 0.8, 0.9);

    [Fact]
    public void Is_judged_by_enough_sentences_of_every_kind()
    {
        var sentences = Annotated.Read("sentences.txt");
        Assert.True(sentences.Count >= 450, $"{sentences.Count} sentences");
        Assert.True(sentences.Count(s => s.Marked.Count == 0) >= 120);
        Assert.All(Enum.GetValues<IdentifierKind>(), kind => Assert.True(sentences.Sum(s => s.Marked.Count(m => m.Kind == kind)) >= 15, kind.ToString()));
    }

    private static void Judge(string file, string figure, double structuredMin, double freeMin, double precisionMin)
    {
        var measure = new Measure(Annotated.Read(file));
        Record(figure + ".recall", measure.Recall(Measure.Kinds));
        Record(figure + ".precision", measure.Precision(Measure.Kinds));
        foreach (var kind in Measure.Kinds)
        {
            var name = kind.ToString().ToLowerInvariant();
            Record($"{figure}.recall.{name}", measure.Recall(kind));
            Record($"{figure}.precision.{name}", measure.Precision(kind));
        }
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', measure.Misses));
        Assert.True(measure.Recall(Measure.Kinds.Except(free)) >= structuredMin, string.Join('\n', measure.Misses));
        Assert.True(measure.Recall(free) >= freeMin, string.Join('\n', measure.Misses));
        Assert.True(measure.Precision(Measure.Kinds) >= precisionMin, string.Join('\n', measure.Misses));
    }

    private static void Record(string name, double value)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"figure {name} {100 * value:0.0} percent");
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } to)
        {
            File.AppendAllText(to, line + "\n");
        }
    }
}
