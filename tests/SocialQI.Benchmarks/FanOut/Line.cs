namespace SocialQI.Benchmarks.FanOut;

/// <summary>How far a connection has come.</summary>
internal enum Stage
{
    Connecting,
    Negotiating,
    Upgrading,
    Greeting,
    Joining,
    Ready,
    Dead,
}

/// <summary>One connection of the generator, a follower's or a publisher's.</summary>
internal sealed class Line(int id, int port, int topic, string topicName, bool isPublisher)
{
    public int Id => id;

    public int Port => port;

    public int Topic { get; } = topic;

    public string TopicName => topicName;

    public bool IsPublisher => isPublisher;

    public int Socket { get; set; } = -1;

    public Stage Stage { get; set; }

    /// <summary>Whether it reads nothing once it follows, until it is let.</summary>
    public bool IsStalled { get; set; }

    /// <summary>What names it at the upgrade, when it has negotiated.</summary>
    public string? Token { get; set; }

    /// <summary>A frame of which the rest is to come.</summary>
    public Part Unread { get; } = new();

    /// <summary>A message of which more frames are to come.</summary>
    public Part Fragments { get; } = new();

    /// <summary>What the socket did not take yet.</summary>
    public Part Unsent { get; } = new();

    /// <summary>How often it said that it is there.</summary>
    public int Pings { get; set; }

    /// <summary>The number of the last event it has, where the protocol has numbers.</summary>
    public long Last { get; set; }

    /// <summary>How often it was told to catch up.</summary>
    public int CaughtUp { get; set; }

    /// <summary>Of a follower: which events of its topic it has, by index, and the last index it has of each publisher.</summary>
    public List<ulong> Seen { get; } = [];

    public uint[] LastOf { get; set; } = [];

    /// <summary>Of a publisher: when what is not acknowledged was due.</summary>
    public Queue<long> Unacknowledged { get; } = new();

    public int NextTopic { get; set; } = topic;

    public long Sent { get; set; }

    /// <summary>Keeps that it has an event of its topic; false when it had it.</summary>
    public bool TrySee(uint index)
    {
        var (word, bit) = ((int)(index >> 6), 1UL << (int)(index & 63));
        while (word >= Seen.Count)
        {
            Seen.Add(0);
        }
        if ((Seen[word] & bit) != 0)
        {
            return false;
        }
        Seen[word] |= bit;
        return true;
    }
}

/// <summary>Bytes of something that is not whole yet.</summary>
internal sealed class Part
{
    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Add(ReadOnlySpan<byte> more)
    {
        if (Length + more.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(1024, (Length + more.Length) * 2));
        }
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    /// <summary>Forgets all; what was read of <see cref="Span"/> stays valid until something is added.</summary>
    public void Clear() => Length = 0;

    public void Skip(int count)
    {
        bytes.AsSpan(count, Length - count).CopyTo(bytes);
        Length -= count;
    }
}
