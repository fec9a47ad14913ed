using System.Collections.Immutable;

namespace SocialQI.Ballots;

/// <summary>Counts entries. Each seat stands in them once.</summary>
internal static class Tallying
{
    public static BallotResult ResultOf(BallotTerms terms, IReadOnlyCollection<SeatEntry> ballots)
    {
        var (byInstitution, byDiscipline) = (Groups(ballots, b => b.For?.ToString()), Groups(ballots, b => b.Discipline));
        var pools = terms.Kind == BallotKind.Differential;
        return new(
            TallyOf(terms, ballots),
            [.. byInstitution.Select(g => OfGroup(terms, g.Of, g.Members))],
            [.. byDiscipline.Select(g => OfGroup(terms, g.Of, g.Members))],
            pools ? Pooling.Weighted(ballots, byDiscipline) : null,
            pools && !byInstitution.IsEmpty ? [.. byInstitution.Select(g => OfGroup(terms, g.Of, [.. ballots.Except(g.Members)]))] : default,
            terms.Kind == BallotKind.Scale ? Ranking.Of(terms, ballots) : null);
    }

    public static Tally TallyOf(BallotTerms terms, IReadOnlyCollection<SeatEntry> ballots)
    {
        var options = terms.Kind switch
        {
            BallotKind.Text => [],
            BallotKind.Votes => ballots.SelectMany(b => b.Entry.Choices.OrEmpty()).Select(c => c.Option).Distinct().Order(),
            _ => Enumerable.Range(0, terms.Options.OrEmpty().Length),
        };
        var chosen = ballots.SelectMany(b => b.Entry.Choices.OrEmpty().Select((choice, rank) => (choice, rank))).ToLookup(c => c.choice.Option);
        return new(
            ballots.Count,
            [.. options.Select(o => Option(terms, o, [.. chosen[o]]))],
            // By alphabet, so that the order does not tell who was first.
            terms.Kind is BallotKind.Text or BallotKind.Differential
                ? [.. ballots.Select(b => b.Entry.Text).OfType<string>().Order(StringComparer.Ordinal).Take(Tally.TextsMax)]
                : default,
            terms.Kind == BallotKind.Differential ? Pooling.Of(ballots) : default);
    }

    private static OptionTally Option(BallotTerms terms, int option, IReadOnlyList<(Choice Choice, int Rank)> chosen)
    {
        var confidences = chosen.Where(c => c.Choice.Confidence is not null).Select(c => c.Choice.Confidence!.Value).ToList();
        return new(
            option,
            terms.Kind == BallotKind.Votes ? chosen.Count(c => c.Choice.Value > 0) : chosen.Count,
            terms.Kind switch
            {
                BallotKind.Scale => Counts(chosen.Select(c => c.Choice.Value!.Value - BallotTerms.ScaleMin), BallotTerms.ScaleMax - BallotTerms.ScaleMin + 1),
                BallotKind.Ranked => Counts(chosen.Select(c => c.Rank), terms.Options.OrEmpty().Length),
                BallotKind.Votes => [chosen.Count(c => c.Choice.Value < 0)],
                _ => default,
            },
            confidences.Count == 0 ? null : Math.Round(confidences.Average(), 1),
            Comments([.. chosen.Select(c => c.Choice.Comment).OfType<string>()]));
    }

    // By alphabet, as texts are.
    private static ImmutableArray<string> Comments(IReadOnlyCollection<string> comments) =>
        comments.Count == 0 ? default : [.. comments.Order(StringComparer.Ordinal).Take(OptionTally.CommentsMax)];

    /// <summary>What may be told while entries still come in, and of a group.</summary>
    public static Tally WithoutTexts(this Tally tally) =>
        tally with { Texts = default, Options = [.. tally.Options.Select(o => o.Comments.IsDefault ? o : o with { Comments = default })] };

    private static ImmutableArray<int> Counts(IEnumerable<int> places, int length)
    {
        var counts = new int[length];
        foreach (var place in places)
        {
            counts[place]++;
        }
        return [.. counts];
    }

    private static ImmutableArray<Group<SeatEntry>> Groups(IReadOnlyCollection<SeatEntry> ballots, Func<SeatEntry, string?> by)
    {
        var groups = Grouping.Merge(ballots.GroupBy(b => by(b) ?? "").Select(g => new Group<SeatEntry>(g.Key.Length == 0 ? [] : [g.Key], [.. g])), GroupTally.EnteredMin);
        return groups.Length < 2 ? [] : groups;
    }

    // What a text says may tell whose it is: texts are not told by group.
    private static GroupTally OfGroup(BallotTerms terms, ImmutableArray<string> of, IReadOnlyCollection<SeatEntry> members)
    {
        var tally = TallyOf(terms, members);
        return new(of, tally.WithoutTexts() with { Pool = tally.Pool.IsDefault ? default : [.. tally.Pool.Take(Pooled.OfGroupMax)] });
    }
}

/// <summary>Some that belong together.</summary>
public sealed record Group<T>(ImmutableArray<string> Of, ImmutableArray<T> Members);

/// <summary>Makes groups large enough that none of them, and no difference between the whole and the others, is about few.</summary>
public static class Grouping
{
    /// <summary>While a group has fewer than <paramref name="min"/>, the smallest is put together with the next smallest. The largest stands first.</summary>
    public static ImmutableArray<Group<T>> Merge<T>(IEnumerable<Group<T>> groups, int min)
    {
        var bySize = groups.OrderBy(g => g.Members.Length).ThenBy(g => g.Of.FirstOrDefault(), StringComparer.Ordinal).ToList();
        while (bySize.Count > 1 && bySize[0].Members.Length < min)
        {
            var merged = new Group<T>([.. bySize[0].Of.Concat(bySize[1].Of).Order(StringComparer.Ordinal)], [.. bySize[0].Members, .. bySize[1].Members]);
            bySize.RemoveRange(0, 2);
            bySize.Insert(bySize.Count(g => g.Members.Length < merged.Members.Length), merged);
        }
        return bySize is [var only] && only.Members.Length < min ? [] : [.. Enumerable.Reverse(bySize)];
    }
}
