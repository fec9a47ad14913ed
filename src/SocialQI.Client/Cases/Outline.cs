using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Client.Cases;

/// <summary>
/// What of a timeline does not depend on where the reader is: made once for what is loaded, and not for each screen that is scrolled, since going
/// through thousands of contributions takes as long as drawing a dozen.
/// </summary>
internal sealed class Outline
{
    private readonly ImmutableArray<Contribution> older, recent;

    private Outline(ImmutableArray<Contribution> older, ImmutableArray<Contribution> recent, TimelineFilter filter)
    {
        (this.older, this.recent, Filter) = (older, recent, filter);
        All = older.AddRange(recent);
        Contribution? before = null;
        int? day = null;
        for (var i = 0; i < All.Length; i++)
        {
            var said = All[i];
            if (said.Thread is { } thread)
            {
                Replies[thread] = Replies.GetValueOrDefault(thread) + 1;
            }
            if (filter.Shows(said))
            {
                Add(i, TimelineWindow.KeyOf(said.Number), before, day);
                (before, day) = (said, said.Day ?? day);
            }
        }
    }

    public static Outline Empty { get; } = new([], [], default);

    /// <summary>Every contribution that is loaded, in order.</summary>
    public ImmutableArray<Contribution> All { get; }

    public TimelineFilter Filter { get; }

    /// <summary>The stretches with something to show, in order.</summary>
    public List<OutlinedSpan> Spans { get; } = [];

    /// <summary>How many replies a thread has, by the number of its first contribution.</summary>
    public Dictionary<long, int> Replies { get; } = [];

    public static Outline Of(ImmutableArray<Contribution> older, ImmutableArray<Contribution> recent, TimelineFilter filter) => new(older, recent, filter);

    public bool IsOf(ImmutableArray<Contribution> older, ImmutableArray<Contribution> recent, TimelineFilter filter) =>
        older == this.older && recent == this.recent && filter == Filter;

    private void Add(int at, long key, Contribution? before, int? day)
    {
        if (Spans.Count > 0 && Spans[^1].Key == key)
        {
            Spans[^1] = Spans[^1] with { Count = Spans[^1].Count + 1 };
        }
        else
        {
            Spans.Add(new(key, at, 1, before, day));
        }
    }
}

/// <summary>A stretch of a timeline, before anything is known of the screen.</summary>
/// <param name="Key">Which.</param>
/// <param name="From">Where its first contribution stands among all.</param>
/// <param name="Count">How many are shown.</param>
/// <param name="Before">What is shown before it.</param>
/// <param name="Day">The day that was last told before it.</param>
internal readonly record struct OutlinedSpan(long Key, int From, int Count, Contribution? Before, int? Day);
