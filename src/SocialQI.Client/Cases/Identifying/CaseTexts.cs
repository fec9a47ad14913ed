using SocialQI.Cases;

namespace SocialQI.Client.Cases.Identifying;

/// <summary>All that a case says to who begins to see it, and how words are taken out of it.</summary>
public static class CaseTexts
{
    /// <summary>The texts of a case, each with the name of where it stands; the contributions that are at hand.</summary>
    public static IEnumerable<(string Field, string Text)> Of(CaseState state) =>
    [
        .. new[] { ("question", state.Question.Words), ("title", state.Title.Words), ("condition", state.Condition?.Text) }.Select(t => (t.Item1, t.Item2 ?? "")),
        .. state.Sections.Select(s => (s.Kind.ToString(), s.Text.Words)),
        .. state.Recent.Select(c => (c.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Text.Words)),
    ];

    /// <summary>What takes marked words out of the case; null where only their author can.</summary>
    public static Command? TakeOut(CaseState state, MarkedWord word, ClinicianId me) => word.Field switch
    {
        "question" => new ReviseCase(state.Title.Words, word.TakenOutOf(state.Question.Words), state.Condition, new(0)),
        "title" => new ReviseCase(word.TakenOutOf(state.Title.Words), state.Question.Words, state.Condition, new(0)),
        "condition" when state.Condition is { } condition => new ReviseCase(state.Title.Words, state.Question.Words, condition with { Text = word.TakenOutOf(condition.Text) }, new(0)),
        _ when long.TryParse(word.Field, out var number) => state.Find(number) is { } said && said.By == me ? new EditContribution(number, word.TakenOutOf(said.Text.Words), new(0)) : null,
        _ => state.Sections.FirstOrDefault(s => s.Kind.ToString() == word.Field) is { } section ? new ReviseSection(new(section.Kind, word.TakenOutOf(section.Text.Words)), new(0)) : null,
    };
}
