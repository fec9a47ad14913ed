using CsCheck;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ReadingOlderContributions
{
    private static readonly Envelope[] Long = [Started, Opened, .. Enumerable.Range(3, CaseState.RecentMax + 60).Select(n => Said(n, $"{n}"))];

    /// <summary>What the server answers: the contributions before a number, folded through the history as it was read.</summary>
    private static Page PageBefore(long before, Envelope[] read)
    {
        var numbers = read.Where(e => e.Event is ContributionPosted && e.N < before).Select(e => e.N).ToArray();
        var page = numbers.TakeLast(CaseState.PageMax).ToHashSet();
        return new(Fold(read.Where(e => page.Contains(e.N) || (e.Event.Re is { } re && page.Contains(re)))).Recent, numbers.Length > page.Count, read.Length);
    }

    [Fact]
    public void A_page_stands_before_what_is_shown()
    {
        var feed = Feed(Long);
        feed.Paged(PageBefore(feed.Older.Before, Long));
        Assert.Equal((13, 62, true), (feed.Older.All[0].Number, feed.Older.All[^1].Number, feed.Older.HasMore));
    }

    [Fact]
    public void A_later_withdrawal_reaches_it()
    {
        var feed = Feed(Long);
        feed.Paged(PageBefore(feed.Older.Before, Long));
        feed.Arrived([Of(Long.Length + 1, Ben, new ContributionWithdrawn(20))]);
        Assert.True(feed.Older.All.Single(c => c.Number == 20) is { Withdrawn: true, Text.Words: "" });
    }

    [Fact]
    public void One_read_before_a_redaction_comes_without_the_text()
    {
        var feed = Feed(Long);
        feed.Arrived([Of(Long.Length + 1, Ada, new TextRedacted(20, "contribution-posted", RedactionGround.Identifiers))]);
        feed.Paged(PageBefore(feed.Older.Before, Long));
        Assert.True(feed.Older.All.Single(c => c.Number == 20).Text.IsGone);
    }

    [Fact]
    public void One_read_later_than_what_is_shown_waits_and_counts_an_edit_once()
    {
        var feed = Feed(Long);
        Envelope[] later = [.. Long, Of(Long.Length + 1, Ben, new ContributionEdited(20, "anew"))];
        feed.Paged(PageBefore(feed.Older.Before, later));
        Assert.Empty(feed.Older.All);
        feed.Arrived([later[^1]]);
        Assert.True(feed.Older.All.Single(c => c.Number == 20) is { Text.Words: "anew", Revisions: 1 });
    }

    [Fact]
    public void One_from_before_the_topic_was_opened_is_read_again() =>
        Assert.False(Feed(Long).Paged(PageBefore(60, Long[..^1])));

    [Fact]
    public void What_leaves_the_window_stays_for_the_reader()
    {
        var feed = Feed(Long);
        feed.Arrived([Said(Long.Length + 1, "new")]);
        Assert.Equal(63, Assert.Single(feed.Older.All).Number);
    }

    [Fact]
    public void In_whatever_order_all_arrives_what_is_shown_is_the_fold_of_all()
    {
        var happen = Gen.Select(Gen.Int[0, 9], Gen.Int[3, Long.Length]);
        Gen.Select(happen.Array[40, 120], Gen.Int[0, 119], Gen.Int[0, 119], Gen.Int).Sample((kinds, openAt, pageAt, seed) =>
        {
            List<Envelope> history = [.. Long];
            foreach (var (kind, about) in kinds)
            {
                var n = history.Count + 1;
                history.Add(kind switch
                {
                    0 => Of(n, Ben, new ContributionEdited(about, $"anew {n}")),
                    1 => Of(n, Ben, new ContributionWithdrawn(about)),
                    2 => Of(n, Ada, new ReactionAdded(about, Reaction.Agree)),
                    3 => Of(n, Ada, new ReactionTakenBack(about, Reaction.Agree)),
                    4 => Of(n, Ada, new TextRedacted(about, "contribution-posted", RedactionGround.Law)),
                    _ => Said(n, $"{n}"),
                });
            }
            var all = history.ToArray();
            var feed = Feed(all[..Math.Min(Long.Length + openAt, all.Length)]);
            var rest = all.Skip((int)feed.Last).SelectMany(e => new[] { e, e }).ToArray();
            new Random(seed).Shuffle(rest);
            feed.Arrived(rest[..(rest.Length / 2)]);
            feed.Paged(PageBefore(feed.Older.Before, all[..Math.Clamp(Long.Length + pageAt, (int)feed.Last, all.Length)]));
            feed.Arrived(rest);
            feed.Arrived(all);

            var truth = new Dictionary<long, Contribution>();
            foreach (var posted in all.Where(e => e.Event is ContributionPosted))
            {
                truth[posted.N] = Fold(all.Where(e => e.N == posted.N || e.Event.Re == posted.N)).Recent[0];
            }
            var shown = feed.Older.All.AddRange(feed.State!.Case!.Recent);
            return shown.Select(c => c.Number).SequenceEqual(truth.Keys.Order().TakeLast(shown.Length))
                && shown.All(c => truth[c.Number] is var t && (t.Text, t.Withdrawn, t.Revisions, t.Reactions.Length) == (c.Text, c.Withdrawn, c.Revisions, c.Reactions.Length));
        }, iter: 60);
    }
}
