using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>
/// The contributions before the window of a case's state, as they stand after the feed's last event. They come in pages, which were read at some other
/// moment: a page from the future waits until the feed is there, a page from the past is brought up to date with what happened since.
/// </summary>
public sealed class OlderContributions
{
    /// <summary>How many changes are remembered, to bring a page up to date that was read before them.</summary>
    public const int ChangesMax = 512;

    /// <summary>Beyond this many, each contribution that leaves the window lets go of the oldest one loaded.</summary>
    public const int KeptMax = 2_000;

    private readonly Queue<Envelope> changes = new();
    private long changesSince;
    private Page? waiting;
    private long first;

    public ImmutableArray<Contribution> All { get; private set; } = [];

    public bool HasMore { get; private set; }

    /// <summary>The number before which the next page ends.</summary>
    public long Before => All.Length > 0 ? All[0].Number : first;

    internal void StartAt(CaseState? state, long last)
    {
        All = [];
        changes.Clear();
        (changesSince, waiting) = (last, null);
        HasMore = state is not null && state.Contributions > state.Recent.Length;
        first = state is { Recent.Length: > 0 } ? state.Recent[0].Number : 0;
    }

    /// <returns>False when the page is too old to be brought up to date: it must be read again.</returns>
    internal bool Paged(Page page, long last)
    {
        if (page.Through < changesSince)
        {
            return false;
        }
        waiting = page;
        JoinWaiting(last);
        return true;
    }

    internal void After(Envelope happened, CaseState? before, CaseState? after)
    {
        if (before is null || after is null)
        {
            return;
        }
        if (happened.Event is ContributionEdited or ContributionWithdrawn or ReactionAdded or ReactionTakenBack or TextRedacted or ContributionHidden)
        {
            changes.Enqueue(happened);
            if (changes.Count > ChangesMax)
            {
                changesSince = changes.Dequeue().N;
            }
            All = Changed(All, happened);
        }
        else if (before.Recent.Length > 0 && before.Recent[0].Number != after.Recent[0].Number)
        {
            // It leaves the state's window, not the reader's.
            All = All.Add(before.Recent[0]);
            if (All.Length > KeptMax)
            {
                All = All.RemoveAt(0);
                HasMore = true;
            }
        }
        first = after.Recent.Length > 0 ? after.Recent[0].Number : 0;
        JoinWaiting(happened.N);
    }

    private void JoinWaiting(long last)
    {
        if (waiting is not { } page || page.Through > last)
        {
            return;
        }
        waiting = null;
        var upToDate = changes.Where(c => c.N > page.Through).Aggregate(page.Contributions, Changed);
        All = All.InsertRange(0, upToDate.Where(c => c.Number < Before));
        HasMore = page.HasOlder;
    }

    private static ImmutableArray<Contribution> Changed(ImmutableArray<Contribution> all, Envelope happened) =>
        all.IsEmpty ? all : (CaseState.None with { Recent = all }).After(happened).Recent;
}
