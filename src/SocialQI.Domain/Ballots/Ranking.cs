using SocialQI.Statistics.Agreement;

namespace SocialQI.Ballots;

/// <summary>How alike seats rank the options by their ratings. Only here are all ratings of a seat known together; what leaves is one number for all.</summary>
internal static class Ranking
{
    private const int Digits = 6;

    /// <summary>Kendall's W over the options that all who entered rated; null with fewer than two of them or two entries, and where nobody tells options apart.</summary>
    public static RankConcordance? Of(BallotTerms terms, IReadOnlyCollection<SeatEntry> ballots)
    {
        var ratings = ballots.Select(b => b.Entry.Choices.OrEmpty().ToDictionary(c => c.Option, c => (double)c.Value!.Value)).ToList();
        var options = Enumerable.Range(0, terms.Options.OrEmpty().Length).Where(o => ratings.All(r => r.ContainsKey(o))).ToList();
        IReadOnlyList<double>[] rows = [.. ratings.Select(r => (IReadOnlyList<double>)[.. options.Select(o => r[o])])];
        return Concordance.Of(rows, correctsTies: true) is { } found
            ? new(found.Raters, found.Items, Math.Round(found.W, Digits), Math.Round(found.ChiSquared, Digits), Math.Round(found.P, Digits))
            : null;
    }
}
