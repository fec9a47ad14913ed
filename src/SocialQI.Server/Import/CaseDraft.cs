using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Writes the draft: which encounter it is about, what stands in which section, and what happened on which day.</summary>
internal sealed class CaseDraft
{
    private const int ReasonsShownMax = 10;

    private readonly Chart chart;
    private readonly Visit visit;
    private readonly Timeline timeline;
    private readonly Tally taken = new();
    private readonly Tally leftOut;
    private readonly IReadOnlyList<(When When, Statement Said)> placed;

    /// <param name="chart">Has at least one visit.</param>
    /// <param name="leftOut">Goes on being counted.</param>
    public CaseDraft(Chart chart, Tally leftOut)
    {
        this.chart = chart;
        this.leftOut = leftOut;
        visit = IndexOf(chart.Visits);
        timeline = new Timeline(visit.Start, chart.Birth);
        (When, Statement)[] all = [.. chart.Statements.Select(Place).OfType<(When, Statement)>()];
        leftOut.Line = null;
        placed = LatestOf(all);
    }

    public ImportedCase Write()
    {
        var main = MainCondition();
        var facts = Facts();
        foreach (var resource in placed.Select(item => item.Said.Resource).Append("Encounter").Concat(chart.HasPatient ? ["Patient"] : []))
        {
            taken.Add(resource);
        }

        leftOut.Add("encounter other than the index encounter", chart.Visits.Count - 1);
        return new ImportedCase(
            Lines.Shortened("Imported: " + (main?.Text ?? "case without a coded condition"), ImportedCase.TitleLengthMax),
            main?.Icd10,
            Sections(),
            facts,
            new ImportReport(taken.Counts, leftOut.Counts, leftOut.Lines));
    }

    private static Visit IndexOf(IReadOnlyList<Visit> visits) =>
        visits.OrderBy(visit => visit.IsAcute).ThenBy(visit => visit.Start.Day).ThenBy(visit => visit.Start.Instant).Last();

    private (When When, Statement Said)? Place(Statement said)
    {
        leftOut.Line = said.Line;
        if (said.TellsAge && timeline.HidesAge)
        {
            leftOut.Add("ages over 89");
            return null;
        }

        var when = When.NotDated;
        if (said.On is { } on)
        {
            if (timeline.Place(on, out var reason) is not { } known)
            {
                leftOut.Add(reason);
                return null;
            }

            when = known;
        }
        else if (said.Part is Part.VitalSign or Part.Result or Part.Report or Part.Procedure)
        {
            leftOut.Add("not dated");
            return null;
        }

        return (when, said);
    }

    // Of what was measured before, only the latest of each kind: the rest is a curve, not a history.
    private List<(When When, Statement Said)> LatestOf((When When, Statement Said)[] all)
    {
        var seen = new HashSet<string>();
        var latest = all.OrderByDescending(item => item.When.Order)
            .Where(item => !item.When.IsBefore || item.Said.Part < Part.Social || seen.Add(item.Said.Code)).ToList();
        leftOut.Add("earlier value of the same measurement", all.Length - latest.Count);
        return latest;
    }

    private Phrase? MainCondition() =>
        visit.ConditionKeys.Select(key => chart.ConditionOf(key)?.Phrase).FirstOrDefault(phrase => phrase is not null)
        ?? (visit.Reasons is [var first, ..] ? first : null)
        ?? chart.Conditions.Where(condition => condition.IsActive).OrderBy(condition => condition.On?.Day).LastOrDefault()?.Phrase;

    private Dictionary<string, string> Sections()
    {
        var after = placed.Where(item => !item.When.IsBefore).OrderBy(item => item.When.Order).ToList();
        var sections = new Dictionary<string, IEnumerable<string>>
        {
            [CaseSection.Presentation] = Presentation(),
            [CaseSection.History] = History(),
            [CaseSection.Examination] = after.Where(item => item.Said.Part is Part.VitalSign).DistinctBy(item => item.Said.Code).Select(Dated),
            [CaseSection.Findings] = after.Where(item => item.Said.Part is Part.Result or Part.Report).Select(Dated),
            [CaseSection.Course] = after.Where(item => item.Said.Part < Part.VitalSign).Select(Dated),
        };
        return sections.Select(section => (section.Key, Text: Lines.Bounded(section.Value, ImportedCase.SectionLengthMax)))
            .Where(section => section.Text.Length > 0).ToDictionary(section => section.Key, section => section.Text);
    }

    private IEnumerable<string> Presentation()
    {
        var gender = chart.Gender switch
        {
            AdministrativeGender.Female => "female",
            AdministrativeGender.Male => "male",
            AdministrativeGender.Other => "gender: other",
            _ => "gender not given",
        };
        yield return $"Patient: {timeline.Age}, {gender}.";
        yield return $"Day 0: {string.Join(", ", visit.Kinds.Select(kind => kind.Text).Distinct().Take(ReasonsShownMax).Prepend(visit.Setting))}.";
        var reasons = visit.ConditionKeys.Select(key => chart.ConditionOf(key)?.Phrase).OfType<Phrase>().Concat(visit.Reasons)
            .Select(phrase => phrase.Icd10 is { } icd10 ? $"{phrase.Text} [{icd10.Code}]" : phrase.Text).Distinct().Take(ReasonsShownMax).ToList();
        if (reasons.Count > 0)
        {
            yield return $"Reason or diagnosis: {string.Join("; ", reasons)}.";
        }
    }

    private IEnumerable<string> History() => placed.Where(item => item.When.IsBefore)
        .OrderBy(item => item.Said.Part).ThenByDescending(item => item.When.Order)
        .Select(item => item.When.Words.Length == 0 ? item.Said.Text : $"{item.Said.Text} ({item.When.Words})");

    private List<DayFact> Facts()
    {
        var days = placed.Where(item => !item.When.IsBefore
                && item.Said.Part is Part.VitalSign or Part.Result or Part.Social or Part.Procedure or Part.Medication)
            .GroupBy(item => item.When.Day!.Value).OrderBy(day => day.Key).ToList();
        leftOut.Add("days beyond the limit", Math.Max(0, days.Count - ImportedCase.FactsMax));
        return [.. days.Take(ImportedCase.FactsMax)
            .Select(day => new DayFact(day.Key, Lines.Bounded(day.OrderBy(item => item.Said.Part).Select(item => item.Said.Text), ImportedCase.FactLengthMax)))];
    }

    private static string Dated((When When, Statement Said) item) => $"Day {item.When.Day}: {item.Said.Text}";
}
