namespace SocialQI.Simulator.Tests;

/// <summary>
/// Where a simulation happens: one thread, a time that goes on only when nothing is left to do, and chance from a seed. The same seed does the same, step
/// for step.
/// </summary>
internal sealed class World(int seed)
{
    /// <summary>The most steps of a simulation; one that takes more goes round in circles.</summary>
    private const int StepsMax = 1_000_000;

    // With so many chances in a hundred what is due soon comes before what could be done already: nobody is infinitely fast.
    private const int Haste = 10;
    private const long Soon = 5 * TimeSpan.TicksPerMillisecond;

    private readonly Random random = new(seed);
    private readonly PriorityQueue<Action, (long At, long Order)> agenda = new();
    private readonly List<Actor> busy = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile bool isLeft;
    private long order;
    private int steps;

    /// <summary>How long it has been going on.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How often it ran into what.</summary>
    public Dictionary<Met, int> Met { get; } = [];

    /// <summary>A digest of each step and its time.</summary>
    public Trace Trace { get; } = new();

    public bool Chance(double probability) => random.NextDouble() < probability;

    public double Fraction() => random.NextDouble();

    public int Some(int count) => random.Next(count);

    public T Some<T>(IReadOnlyList<T> these) => these[random.Next(these.Count)];

    public TimeSpan Between(double seconds, double most) => TimeSpan.FromTicks((long)((seconds + ((most - seconds) * random.NextDouble())) * TimeSpan.TicksPerSecond));

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>It ran into this.</summary>
    public void Meet(Met what) => Met[what] = Met.GetValueOrDefault(what) + 1;

    /// <summary>Does something after a time.</summary>
    public void In(TimeSpan time, Action act) => agenda.Enqueue(act, ((Now + time).Ticks, order++));

    /// <summary>Goes on for a time.</summary>
    public void Pass(TimeSpan time)
    {
        var isOver = false;
        In(time, () => isOver = true);
        while (!isOver)
        {
            Step();
        }
    }

    /// <summary>An actor has something to do.</summary>
    internal void Woke(Actor actor)
    {
        // From another thread: something went on where no seed decides.
        isLeft |= Environment.CurrentManagedThreadId != thread;
        if (!actor.IsListed)
        {
            actor.IsListed = true;
            busy.Add(actor);
        }
    }

    internal int Pick(int count) => count == 1 ? 0 : random.Next(count);

    private void Step()
    {
        if (isLeft)
        {
            throw new InvalidOperationException($"Something went on outside of the simulation, before {Now}.");
        }
        if (++steps > StepsMax)
        {
            throw new InvalidOperationException($"It goes round in circles at {Now}.");
        }
        if (busy.Count == 0 || (random.Next(100) < Haste && agenda.TryPeek(out _, out var next) && next.At - Now.Ticks < Soon))
        {
            var due = agenda.TryDequeue(out var act, out var at) ? at.At : throw new InvalidOperationException("Nothing is left to happen.");
            Now = new(due);
            act();
            return;
        }
        var index = Pick(busy.Count);
        var actor = busy[index];
        if (actor.Step())
        {
            Trace.Add(Now.Ticks, actor.Name);
        }
        if (!actor.IsBusy)
        {
            actor.IsListed = false;
            busy.RemoveAt(index);
        }
    }
}

/// <summary>What happened, as a number: FNV-1a, so that it is the same in every process.</summary>
internal sealed class Trace
{
    private const ulong Prime = 1099511628211;

    public ulong Digest { get; private set; } = 14695981039346656037;

    public void Add(long number, string text)
    {
        Mix((ulong)number);
        foreach (var letter in text)
        {
            Mix(letter);
        }
    }

    private void Mix(ulong value) => Digest = (Digest ^ value) * Prime;
}
