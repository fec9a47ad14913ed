using SocialQI.Ballots;
using SocialQI.Panels;
using SocialQI.Statistics.Agreement;
using SocialQI.Statistics.Appropriateness;
using SocialQI.Statistics.Delphi;
using SocialQI.Statistics.Samples;
using Xunit;

namespace SocialQI.Tests;

/// <summary>Every number of a panel again, from what its seats entered, as the journals of its ballots have it.</summary>
/// <param name="shown">The panel as it is shown.</param>
/// <param name="journal">What happened in a ballot.</param>
public sealed class RecountedPanel(PanelState shown, Func<TopicId, IEnumerable<Envelope>> journal)
{
    /// <summary>Fails where a closed round shows another number than its ratings come to.</summary>
    public void Agrees()
    {
        foreach (var round in shown.Rounds.Where(r => r.Closed is not null))
        {
            Recount(round);
        }
    }

    private void Recount(PanelRound round)
    {
        var entries = Entries(round);
        Assert.Equal(entries.Count, round.Tally!.Entered);
        foreach (var (option, statement) in round.Asked.Index())
        {
            Recount(round, statement, option, entries);
        }
        var both = Enumerable.Range(0, round.Asked.Length).Where(o => entries.Values.All(e => e.Choices.Any(c => c.Option == o))).ToList();
        var w = Concordance.Of([.. entries.Values.Select(e => (IReadOnlyList<double>)[.. both.Select(o => (double)e.Choices.Single(c => c.Option == o).Value!.Value)])], correctsTies: true);
        Assert.Equal(w?.W ?? -1, round.Concordance?.W ?? -1, 1e-6);
    }

    private void Recount(PanelRound round, int statement, int option, Dictionary<ClinicianId, Entry> entries)
    {
        var ratings = Ratings(entries, option);
        var type = shown.Plan!.Rule.Percentiles == PercentilePlace.Type7 ? PercentileType.Type7 : PercentileType.Type6;
        var (told, assessed) = (round.Of(statement)!, IprasRule.Assess(ratings, type));
        Assert.Equal(ratings.Length, told.Raters);
        Assert.Equal((assessed?.Median, assessed?.HasDisagreement), (told.Assessed?.Median, told.Assessed?.HasDisagreement));
        Assert.Equal(assessed?.DisagreementIndex ?? 0, told.Assessed?.Index ?? 0, 1e-6);
        Assert.DoesNotContain(shown.Recusals, r => r.Number < round.Number && r.Statements.Contains(statement) && entries.ContainsKey(r.Seat) && entries[r.Seat].Choices.Any(c => c.Option == option));
        Assert.Equal(Moved(round, statement, ratings), told.Moved?.Share ?? -1, 1e-6);
    }

    private double Moved(PanelRound round, int statement, int[] ratings)
    {
        var place = shown.Rounds.IndexOf(round);
        if (place == 0 || round.IsNecessity || shown.Recusals.Any(r => r.Number > shown.Rounds[place - 1].Number && r.Number < round.Number && r.Statements.Contains(statement)))
        {
            return -1;
        }
        return Stability.DistributionChange(Ratings(Entries(shown.Rounds[place - 1]), statement), ratings) ?? -1;
    }

    private Dictionary<ClinicianId, Entry> Entries(PanelRound round) => RecountedPool.LastOf(journal(round.Ballot)).ToDictionary(e => e.Key, e => e.Value.Entry);

    private static int[] Ratings(Dictionary<ClinicianId, Entry> entries, int option) =>
        [.. entries.Values.SelectMany(e => e.Choices).Where(c => c.Option == option).Select(c => c.Value!.Value)];
}
