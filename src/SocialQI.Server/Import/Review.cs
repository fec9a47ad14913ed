using System.Collections.Frozen;
using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Server.Import;

/// <summary>What a file would become, and what of it does not come along, as its author is to see it before it is kept.</summary>
internal static class Review
{
    /// <summary>Stands until the author writes their own.</summary>
    private const string Question = "What is the question this case should answer?";

    // What could tell who the patient is. Anything else that is left out is only not used.
    private static readonly FrozenSet<string> Identifying = new[]
    {
        "narrative text", "notes", "extensions", "names", "addresses", "contacts", "identifiers", "attachments", "contained resources", "other personal details",
        "people and places", "free text", "dates", "ages over 89", "suspicious display", "display that names a person or place of this file",
        "long number without a unit", "day that would tell an age over 89", "code that its system cannot have",
    }.ToFrozenSet();

    public static Imported Of(ImportedCase read, TopicId topic)
    {
        var condition = read.Condition is { } coded && Condition.IsCode(coded.Code) ? new Condition(coded.Code, coded.Text) : null;
        ImmutableArray<Section> sections = [.. read.Sections.Select(s => new Section(Enum.Parse<SectionKind>(s.Key, ignoreCase: true), s.Value))];
        var draft = new ImportCase(read.Title, Question, condition, sections, [.. read.Facts.Select(f => new ImportedFact(f.Day, f.Text))]);
        var leftOut = read.Report.LeftOut.Select(l => new ImportCount(l.Key, l.Value, LinesOf(read.Report, l.Key))).OrderByDescending(l => l.Times)
            .ToLookup(l => Identifying.Contains(l.What));
        return new(
            topic, draft, read.Title, read.Facts.Count, [.. read.Report.Taken.Select(t => new ImportCount(t.Key, t.Value)).OrderByDescending(t => t.Times)],
            [.. leftOut[true].Select(l => l with { Lines = default })], [.. leftOut[false]]);
    }

    private static ImmutableArray<int> LinesOf(ImportReport report, string kind) => report.Lines.TryGetValue(kind, out var lines) ? [.. lines] : default;
}
