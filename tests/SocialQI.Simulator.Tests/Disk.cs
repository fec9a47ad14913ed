using System.Collections.Immutable;
using SocialQI.Storage;

namespace SocialQI.Simulator.Tests;

/// <summary>
/// What a database of the service keeps: events by topic and number, commands by id, in one order of positions. It does for an append what the statements of
/// the stores do: all of it or nothing, at the expected number, each command once.
/// </summary>
internal sealed class Disk(World world, Planted bug)
{
    private readonly List<TailEvent> tail = [];
    private readonly List<Guid> commands = [];
    private readonly Dictionary<Guid, DoneCommand> done = [];
    private ImmutableArray<string> audience = [];
    private long contributions;

    /// <summary>New with every restore.</summary>
    public string Epoch { get; private set; } = world.Id().ToString("n");

    /// <summary>How often it was restored; what was asked of an earlier one is never answered.</summary>
    public int Restores { get; private set; }

    public bool IsDown { get; set; }

    public long Number => tail.Count == 0 ? 0 : tail[^1].Event.Number;

    public long Position => tail.Count;

    public ImmutableArray<string> Audience => audience;

    /// <summary>The snapshots of Orleans' grain storage. A restore of the journal leaves them as they are.</summary>
    public Dictionary<string, byte[]> Snapshots { get; } = [];

    /// <summary>All events, with the commands that caused them.</summary>
    public IEnumerable<(StoredEvent Event, Guid Command)> Events => tail.Select((t, i) => (t.Event, commands[i]));

    public AppendOutcome Append(Append append)
    {
        if (bug != Planted.NumberNotCompared && append.Expected != Number)
        {
            world.Meet(Met.LostRace);
            return AppendOutcome.Lost;
        }
        if (bug != Planted.CommandsForgotten && append.Commands.Any(c => done.ContainsKey(c.Id)))
        {
            return AppendOutcome.Lost;
        }
        foreach (var it in append.Events)
        {
            Add(append.Topic, it);
        }
        foreach (var command in append.Commands)
        {
            done.TryAdd(command.Id, command);
        }
        return AppendOutcome.Committed;
    }

    /// <summary>What is left of an append that was broken off in the middle: nothing.</summary>
    public void BreakOff(Append append)
    {
        if (bug == Planted.TornAppend && append.Expected == Number)
        {
            Add(append.Topic, append.Events[0]);
            append.Commands.ToList().ForEach(c => done.TryAdd(c.Id, c));
        }
    }

    public IReadOnlyList<StoredEvent> Read(long from, int max) => [.. tail.Where(t => t.Event.Number >= from).Take(max).Select(t => t.Event)];

    public IReadOnlyList<TailEvent> Tail(long after, int max) => [.. tail.Skip((int)after).Take(max)];

    public TopicHeadRow? Head() => tail.Count == 0 ? null : new(Number, tail[^1].Event.Hash, contributions);

    public DoneCommand? Done(Guid command) => bug == Planted.CommandsForgotten ? null : done.GetValueOrDefault(command);

    public IReadOnlyList<DoneCommand> DoneLately(int max) => [.. done.Values.OrderByDescending(d => d.Last).Take(max)];

    /// <summary>Goes back to what was kept when the last event was this one.</summary>
    public void Restore(long number)
    {
        tail.RemoveRange((int)number, tail.Count - (int)number);
        commands.RemoveRange((int)number, commands.Count - (int)number);
        foreach (var lost in done.Values.Where(d => d.Last > number).ToList())
        {
            done.Remove(lost.Id);
        }
        contributions = tail.Count == 0 ? 0 : tail[^1].Contributions;
        world.Meet(Met.Restore);
        Restores++;
        Epoch = bug == Planted.EpochKept ? Epoch : world.Id().ToString("n");
    }

    private void Add(TopicId topic, NewEvent it)
    {
        contributions += it.Rows.Contributions;
        audience = it.Rows.Audience.IsDefault ? audience : it.Rows.Audience;
        tail.Add(new(tail.Count + 1, topic, contributions, new(it.Number, it.Kind, it.Version, it.At, it.By, it.For, it.Re, it.Payload, it.Seal.Hash)));
        commands.Add(it.Command);
    }
}
