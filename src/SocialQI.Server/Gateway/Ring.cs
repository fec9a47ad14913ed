namespace SocialQI.Server.Gateway;

/// <summary>The last events of a topic, as their bytes, without gaps: what a client that was away for a moment is given without asking the journal.</summary>
internal sealed class Ring
{
    public const int EventsMax = 512;
    public const int BytesMax = 512 * 1024;

    private readonly Queue<byte[]> events = new();
    private int bytes;

    /// <summary>The number of the last event; what comes next must be one more.</summary>
    public long Head { get; private set; } = -1;

    /// <summary>Whether any number is known yet.</summary>
    public bool IsKnown => Head >= 0;

    private long First => Head - events.Count + 1;

    /// <summary>Begins after this number, with nothing kept.</summary>
    public void StartAfter(long number)
    {
        events.Clear();
        bytes = 0;
        Head = number;
    }

    /// <summary>Keeps nothing of what was: the journal says how it reads now.</summary>
    public void Forget() => StartAfter(Head);

    public void Add(byte[] envelope)
    {
        events.Enqueue(envelope);
        bytes += envelope.Length;
        Head++;
        while (events.Count > EventsMax || bytes > BytesMax)
        {
            bytes -= events.Dequeue().Length;
        }
    }

    /// <summary>The events after a number; null when some of them are not kept any more.</summary>
    public byte[][]? After(long number) =>
        number > Head || number < First - 1 ? null : [.. events.Skip((int)(number - First + 1))];
}
