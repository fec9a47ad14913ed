namespace SocialQI.Storage;

/// <summary>
/// Whether this process has run without a break. One that was held still for so long that the others may have taken it for dead does not know it when it goes on: it would
/// take up its topics where nobody has written yet. It writes nothing until it has asked. No more than that: what cannot fork a topic is the number that each append expects.
/// </summary>
public sealed class Pulse(TimeProvider clock)
{
    /// <summary>Shorter than the others wait before they take a silo for dead.</summary>
    public static readonly TimeSpan BreakMax = TimeSpan.FromSeconds(4);

    private long last;

    /// <summary>Whether it may write; so does whoever never began to beat.</summary>
    public bool IsFelt => Volatile.Read(ref last) is var beat && (beat == 0 || clock.GetElapsedTime(beat) < BreakMax);

    /// <summary>It runs, and is one of the cluster.</summary>
    public void Beat() => Volatile.Write(ref last, clock.GetTimestamp());
}
