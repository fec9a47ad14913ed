namespace SocialQI.Benchmarks.FanOut;

/// <summary>What the generator is to do.</summary>
internal sealed record Order
{
    public int[] FollowerPorts { get; init; } = [];

    public int[] PublisherPorts { get; init; } = [];

    /// <summary>The server's processes; what they started is counted with them.</summary>
    public int[] Pids { get; init; } = [];

    public string[] Topics { get; init; } = [];

    /// <summary>Of the product: one for each person. Without any it is a peer.</summary>
    public string[] Cookies { get; init; } = [];

    /// <summary>Of the product: the number from which topics are followed.</summary>
    public long After { get; init; }

    public int Followers { get; init; }

    /// <summary>How many followers read nothing.</summary>
    public int Stalled { get; init; }

    public int Publishers { get; init; }

    /// <summary>Messages a second over all publishers; 0: as fast as they are delivered.</summary>
    public double Rate { get; init; }

    /// <summary>The most that one publisher has unacknowledged.</summary>
    public int OfEach { get; init; } = 1;

    /// <summary>The most that all have unacknowledged.</summary>
    public int Unacknowledged { get; init; } = int.MaxValue;

    /// <summary>The most messages that are under way to everybody.</summary>
    public int InFlight { get; init; } = 16;

    public double WarmUp { get; init; }

    /// <summary>How long each window lasts.</summary>
    public double Seconds { get; init; }

    public int Windows { get; init; }

    /// <summary>How long connections are only held; then nothing is published.</summary>
    public double Idle { get; init; }
}

/// <summary>What one window came to.</summary>
internal sealed record Window
{
    public double Seconds { get; init; }

    public long Published { get; init; }

    public long Acknowledged { get; init; }

    public long Expected { get; init; }

    public long Delivered { get; init; }

    public long Twice { get; init; }

    public long OutOfOrder { get; init; }

    /// <summary>Processor time of the server, in seconds, and over how long it was taken.</summary>
    public double Cpu { get; init; }

    public double CpuSeconds { get; init; }

    public double DeliveryP50 { get; init; }

    public double DeliveryP99 { get; init; }

    public double AcknowledgedP50 { get; init; }

    public double AcknowledgedP99 { get; init; }

    public double ProportionalMb { get; init; }

    public double ResidentMb { get; init; }

    public double GeneratorCore { get; init; }

    /// <summary>How often followers were told to catch up, since they came.</summary>
    public int CaughtUp { get; init; }

    /// <summary>Refusals and lost connections, since they came.</summary>
    public int Failures { get; init; }

    public string? FirstFailure { get; init; }

    public long Lost => Math.Max(0, Expected - Delivered);

    public double PerCpuSecond => Cpu > 0 ? Delivered / Cpu : 0;

    public double PerSecond => Seconds > 0 ? Acknowledged / Seconds : 0;

    /// <summary>Share of a core.</summary>
    public double Core => CpuSeconds > 0 ? Cpu / CpuSeconds : 0;
}
