using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>Who is in a topic just now, and who writes. Not history: it is gone with the connection.</summary>
public sealed class Presence
{
    /// <summary>How long one sign of writing lasts.</summary>
    public static readonly TimeSpan WritingLasts = TimeSpan.FromSeconds(5);

    /// <summary>How long a point on the stage is shown after it was last said.</summary>
    public static readonly TimeSpan PointLasts = TimeSpan.FromSeconds(4);

    private readonly Dictionary<ClinicianId, DateTimeOffset> writing = [];
    private readonly Dictionary<TopicId, Tally> totals = [];
    private (PointedAt At, DateTimeOffset Until)? pointing;

    public ImmutableArray<ClinicianId> Here { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>With more people than can be named.</summary>
    public ImmutableArray<PresenceAt> Institutions { get; private set; } = [];

    public void Signalled(TopicSignal signal, DateTimeOffset now)
    {
        if (signal.Typing is { } who)
        {
            writing[who] = now + WritingLasts;
        }
        if (signal.Count is { } count)
        {
            (Count, Here, Institutions) = (count, signal.Here.OrEmpty(), signal.Institutions.OrEmpty());
        }
        if (signal.Totals is { } counted)
        {
            totals[counted.Ballot] = counted.Tally;
        }
        if (signal.Pointing is { } at)
        {
            pointing = (at, now + PointLasts);
        }
    }

    /// <summary>What entries to a ballot that is not sealed came to, as was said last; null when nothing was.</summary>
    public Tally? TotalsOf(TopicId ballot) => totals.GetValueOrDefault(ballot);

    /// <summary>Where somebody points just now; null when nobody does.</summary>
    public PointedAt? Pointing(DateTimeOffset now) => pointing is { } last && last.Until > now ? last.At : null;

    public ImmutableArray<ClinicianId> Writing(DateTimeOffset now, ClinicianId me) => [.. writing.Where(w => w.Value > now && w.Key != me).Select(w => w.Key)];

    /// <summary>What somebody said is no longer being written.</summary>
    public void Said(ClinicianId who) => writing.Remove(who);

    public void Clear()
    {
        (Count, Here, Institutions) = (0, [], []);
        writing.Clear();
        totals.Clear();
        pointing = null;
    }
}
