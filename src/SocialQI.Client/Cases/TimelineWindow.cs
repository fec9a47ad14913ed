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

    /// <summary>Grows when other stretches are near.</summary>
    public int Version { get; private set; }

    public static long KeyOf(long number) => number / Span;

    public void BeNear(IEnumerable<long> keys)
    {
        (near, isTold) = ([.. keys], true);
        Version++;
    }

    /// <summary>The stretches of a timeline, in order.</summary>
    /// <param name="all">Every contribution that is loaded.</param>
    /// <param name="isShown">Whether one passes the filter.</param>
    /// <param name="view">What else a line shows.</param>
    public List<TimelineStretch> Compose(ImmutableArray<Contribution> all, Func<Contribution, bool> isShown, in TimelineView view)
    {
        var shown = Shown(all, isShown);
        Choose(shown, view.Target);
        var replies = new Dictionary<long, int>();
        foreach (var said in all)
        {
            if (said.Thread is { } thread && near.Contains(KeyOf(thread)))
            {
                replies[thread] = replies.GetValueOrDefault(thread) + 1;
            }
        }
        List<TimelineStretch> stretches = new(shown.Count);
        Contribution? before = null;
        int? day = null;
        foreach (var (key, from, count) in shown)
        {
            List<TimelineLine>? lines = near.Contains(key) ? new(count) : null;
            for (var i = from; i < all.Length && KeyOf(all[i].Number) == key; i++)
            {
                if (isShown(all[i]))
                {
                    lines?.Add(TimelineLine.Of(all[i], before, day, replies.GetValueOrDefault(all[i].Number), all, view));
                    (before, day) = (all[i], all[i].Day ?? day);
                }
            }
            stretches.Add(new(key, count, lines));
        }
        return stretches;
    }

    private static List<(long Key, int From, int Count)> Shown(ImmutableArray<Contribution> all, Func<Contribution, bool> isShown)
    {
        List<(long Key, int From, int Count)> shown = [];
        for (var i = 0; i < all.Length; i++)
        {
            if (isShown(all[i]))
            {
                var key = KeyOf(all[i].Number);
                if (shown.Count > 0 && shown[^1].Key == key)
                {
                    shown[^1] = (key, shown[^1].From, shown[^1].Count + 1);
                }
                else
                {
                    shown.Add((key, i, 1));
                }
            }
        }
        return shown;
    }

    private void Choose(List<(long Key, int From, int Count)> shown, long? target)
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
