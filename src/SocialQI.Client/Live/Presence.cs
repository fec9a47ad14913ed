using System.Collections.Immutable;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>Who is in a topic just now, and who writes. Not history: it is gone with the connection.</summary>
public sealed class Presence
{
    /// <summary>How long one sign of writing lasts.</summary>
    public static readonly TimeSpan WritingLasts = TimeSpan.FromSeconds(5);

    private readonly Dictionary<ClinicianId, DateTimeOffset> writing = [];

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
    }

    public ImmutableArray<ClinicianId> Writing(DateTimeOffset now, ClinicianId me) => [.. writing.Where(w => w.Value > now && w.Key != me).Select(w => w.Key)];

    /// <summary>What somebody said is no longer being written.</summary>
    public void Said(ClinicianId who) => writing.Remove(who);

    public void Clear()
    {
        (Count, Here, Institutions) = (0, [], []);
        writing.Clear();
    }
}
