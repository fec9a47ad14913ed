using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SocialQI.Panels;

namespace SocialQI.Server.Api;

/// <summary>All that happened in a panel as a table: one line for each thing, and in each round one for each statement asked. Nobody's own ratings.</summary>
internal static class PanelCsv
{
    private static readonly string[] columns =
    [
        "kind", "at", "by", "round", "statement", "text", "raters", "rated_1", "rated_2", "rated_3", "rated_4", "rated_5", "rated_6", "rated_7", "rated_8", "rated_9",
        "median", "p30", "p70", "ipr", "ipras", "disagreement_index", "disagreement", "verdict", "counted", "consensus", "cv_change", "moved", "stable", "necessary",
        "kendall_w", "w_raters", "w_statements", "chi_squared", "p",
    ];

    /// <summary>Whom it names: nobody else says something in it.</summary>
    public static ImmutableArray<ClinicianId> PeopleOf(PanelState state) =>
        [.. state.Plan!.Seats.Append(state.Convener).Distinct()];

    public static byte[] Of(PanelState state, Func<ClinicianId, string> nameOf)
    {
        var (table, plan) = (new StringBuilder(), state.Plan!);
        Csv.Add(table, columns);
        Csv.Add(table, "panel", Csv.Time(state.At), nameOf(state.Convener), null, null, plan.Title);
        Csv.Add(table, "question", null, null, null, null, plan.Question);
        Csv.Add(table, "rule", null, null, null, null, $"{Word(plan.Rule.StopsWhen)}; rounds {Number(plan.Rule.Rounds)}; percentiles {Word(plan.Rule.Percentiles)}; necessity {Word(plan.Rule.AsksNecessity)}");
        foreach (var (place, statement) in plan.Statements.Index())
        {
            Csv.Add(table, "statement", null, null, null, Number(place + 1), statement);
        }
        foreach (var seat in plan.Seats)
        {
            Csv.Add(table, "seat", null, nameOf(seat));
        }
        foreach (var (_, add) in Course(state, nameOf).OrderBy(c => c.Number))
        {
            add(table);
        }
        if (state.Stage == PanelStage.Closed)
        {
            Csv.Add(table, "end", null, null, null, null, $"{Word(state.Ends!.Value)}{(state.Reason is { } reason ? ": " + reason : "")}");
        }
        return Encoding.UTF8.GetBytes(table.ToString());
    }

    // In the order in which it happened.
    private static IEnumerable<(long Number, Action<StringBuilder> Add)> Course(PanelState state, Func<ClinicianId, string> nameOf) =>
        state.Recusals.Select(r => (r.Number, (Action<StringBuilder>)(table => Csv.Add(
                table, "recusal", Csv.Time(r.At), nameOf(r.Seat), null, string.Join(' ', r.Statements.Select(s => Number(s + 1))), r.Reason))))
            .Concat(state.Notes.Select(n => (n.Number, (Action<StringBuilder>)(table => Csv.Add(table, "note", Csv.Time(n.At), nameOf(n.By), null, null, n.Text.Words)))))
            .Concat(state.Rounds.Index().Select(r => (r.Item.Number, (Action<StringBuilder>)(table => Round(table, state, r.Index + 1, r.Item)))));

    private static void Round(StringBuilder table, PanelState state, int number, PanelRound round)
    {
        Csv.Add(table, round.IsNecessity ? "necessity-begun" : "round-begun", Csv.Time(round.Begun), null, Number(number));
        if (round.Closed is not { } closed)
        {
            return;
        }
        foreach (var (result, option) in round.Statements.Select((result, option) => (result, option)))
        {
            var words = state.Plan!.Statements[result.Statement];
            Csv.Add(table, [round.IsNecessity ? "necessity" : "result", Csv.Time(closed), null, Number(number), Number(result.Statement + 1), words, Number(result.Raters),
                .. round.Tally!.Options[option].Values.Select(v => Number(v)), .. Figures(result)]);
            foreach (var comment in round.Tally.Options[option].Comments.OrEmpty())
            {
                Csv.Add(table, "comment", null, null, Number(number), Number(result.Statement + 1), comment);
            }
        }
        var w = round.Concordance;
        Csv.Add(table, ["round-closed", Csv.Time(closed), null, Number(number), null, $"{Word(round.Ground!.Value)}{(round.Reason is { } reason ? ": " + reason : "")}", Number(round.Tally!.Entered),
            .. Enumerable.Repeat<string?>(null, 23), Number(w?.W), Number(w?.Raters), Number(w?.Options), Number(w?.ChiSquared), Number(w?.P)]);
    }

    private static IEnumerable<string?> Figures(StatementResult of) =>
    [
        Number(of.Assessed?.Median), Number(of.Assessed?.Low), Number(of.Assessed?.High), Number(of.Assessed?.Range), Number(of.Assessed?.Ipras), Number(of.Assessed?.Index),
        Word(of.Assessed?.HasDisagreement), Word(of.Assessed?.Verdict), Word(of.Counted), Word(of.Consensus), Number(of.Moved?.CvChange), Number(of.Moved?.Share),
        Word(of.Moved?.IsStable), Word(of.IsNecessary),
    ];

    private static string? Word<T>(T? value) where T : struct => value is { } known ? System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(known.ToString()!) : null;

    private static string? Word<T>(T value) where T : struct => Word((T?)value);

    private static string? Number(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
