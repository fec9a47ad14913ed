using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Client.Cases;

/// <summary>A stretch of the timeline.</summary>
/// <param name="Key">Which.</param>
/// <param name="Count">How many contributions of it are shown.</param>
/// <param name="Lines">They; null while the stretch is far from the screen and stands there empty.</param>
public sealed record TimelineStretch(long Key, int Count, IReadOnlyList<TimelineLine>? Lines);

/// <summary>
/// A timeline in stretches, of which only those near the screen are composed and drawn: ten thousand contributions cost as much as forty. The bounds
/// of a stretch are numbers, so they never move, whatever is loaded, filtered or leaves.
/// </summary>
public sealed class TimelineWindow
{
    /// <summary>How many numbers a stretch spans: as much as is drawn between two frames.</summary>
    private const int Span = 8;

    /// <summary>What is near before the browser has said so: a page opens at its top, and who arrives at the end begins there.</summary>
    private const int FirstMax = 4, LastMax = 2;

    /// <summary>What arrives is drawn at once at the end of what is near: so many stretches of it, while so many are near. The browser asks for the rest.</summary>
    private const int ArrivingMax = 2, GrowthMax = 8;

    private HashSet<long> near = [];
    private bool isTold;
    private long tail = -1;
    private Outline outline = Outline.Empty;

    /// <summary>Grows when other stretches are near.</summary>
    public int Version { get; private set; }

    public static long KeyOf(long number) => number / Span;

    public void BeNear(IEnumerable<long> keys)
    {
        (near, isTold) = ([.. keys], true);
        Version++;
    }

    /// <summary>The stretches of a timeline, in order.</summary>
    /// <param name="older">What was loaded of the pages before.</param>
    /// <param name="recent">The last contributions.</param>
    /// <param name="filter">Which are shown.</param>
    /// <param name="view">What else a line shows.</param>
    public List<TimelineStretch> Compose(ImmutableArray<Contribution> older, ImmutableArray<Contribution> recent, TimelineFilter filter, in TimelineView view)
    {
        if (!outline.IsOf(older, recent, filter))
        {
            outline = Outline.Of(older, recent, filter);
        }
        Choose(outline.Spans, view.Target);
        List<TimelineStretch> stretches = new(outline.Spans.Count);
        foreach (var span in outline.Spans)
        {
            stretches.Add(new(span.Key, span.Count, near.Contains(span.Key) ? Lines(span, view) : null));
        }
        return stretches;
    }

    private List<TimelineLine> Lines(OutlinedSpan span, in TimelineView view)
    {
        List<TimelineLine> lines = new(span.Count);
        var (all, before, day) = (outline.All, span.Before, span.Day);
        for (var i = span.From; i < all.Length && KeyOf(all[i].Number) == span.Key; i++)
        {
            if (outline.Filter.Shows(all[i]))
            {
                lines.Add(TimelineLine.Of(all[i], before, day, outline.Replies.GetValueOrDefault(all[i].Number), all, view));
                (before, day) = (all[i], all[i].Day ?? day);
            }
        }
        return lines;
    }

    private void Choose(List<OutlinedSpan> shown, long? target)
    {
        if (!isTold)
        {
            near = [.. shown.Take(FirstMax).Concat(shown.TakeLast(LastMax)).Select(s => s.Key)];
            _ = target is { } to && near.Add(KeyOf(to));
        }
        else if (shown.Count > 0 && shown[^1].Key > tail && near.Count < GrowthMax && (tail < 0 || near.Contains(tail)))
        {
            near.UnionWith(shown.Where(s => s.Key > tail).Take(ArrivingMax).Select(s => s.Key));
        }
        tail = shown.Count > 0 ? shown[^1].Key : -1;
    }
}

/// <summary>Which contributions are shown: of one kind, or of one thread, or all.</summary>
public readonly record struct TimelineFilter(ContributionKind? Kind, long? Thread)
{
    public bool Shows(Contribution said) => Thread is { } root ? said.Number == root || said.Thread == root : Kind is null || said.Kind == Kind;
}
