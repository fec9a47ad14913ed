using SocialQI.Grains.FanOut;
using SocialQI.Storage;

namespace SocialQI.Simulator.Tests;

/// <summary>A process's way to the database: it can refuse, keep its answer to itself, and still commit what its process did not live to hear of.</summary>
internal sealed class JournalLink(Disk disk, Network network, Planted bug, Action<Parcel> leak) : IJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly World world = network.World;
    private readonly int restores = disk.Restores;

    public string Epoch { get; } = disk.Epoch;

    public ValueTask<AppendOutcome> Append(Append append)
    {
        if (bug == Planted.ToldBeforeCommit)
        {
            leak(new(append.Topic.ToString(), append.Expected + 1, [.. append.Events.Select(e => EventCodec.Encode(e.Number, e.Kind, e.Version, e.At, e.By, e.For, e.Re, e.Payload))], null, null));
        }
        if (IsRefused())
        {
            world.Meet(Met.RefusedByDatabase);
            return world.Chance(0.5) ? Refuse<AppendOutcome>() : Answer(() => AppendOutcome.StorageFull);
        }
        if (!world.Chance(network.Weather.Conceals))
        {
            return bug == Planted.AcknowledgedBeforeCommit ? AcknowledgeFirst(append) : Answer(() => disk.Append(append));
        }
        // The connection breaks: before it came there, or in the middle of it, or it is done and the answer lost; perhaps long after that was told.
        switch (world.Some(3))
        {
            case 0:
                break;
            case 1:
                world.Meet(Met.BrokenAppend);
                InTime(() => disk.BreakOff(append));
                break;
            default:
                world.Meet(Met.ConcealedCommit);
                InTime(() => disk.Append(append));
                break;
        }
        return Fail<AppendOutcome>(() => new OutcomeUnknownException("The connection broke.", new IOException()));
    }

    public ValueTask<IReadOnlyList<StoredEvent>> Read(TopicId topic, long from, int max, CancellationToken stop) => Ask(() => disk.Read(from, max));

    public ValueTask<TopicHeadRow?> Head(TopicId topic, CancellationToken stop) => Ask(disk.Head);

    public ValueTask<DoneCommand?> Done(TopicId topic, Guid command, CancellationToken stop) => Ask(() => disk.Done(command));

    public ValueTask<IReadOnlyList<DoneCommand>> DoneLately(TopicId topic, int max, CancellationToken stop) => Ask(() => disk.DoneLately(max));

    public ValueTask<IReadOnlyList<TailEvent>> Tail(long after, int max, CancellationToken stop) => Ask(() => disk.Tail(after, max));

    public ValueTask<long> Position(CancellationToken stop) => Ask(() => disk.Position);

    public ValueTask<PageEvents> ReadPage(TopicId topic, long before, int contributions, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StoredEvent>> ReadHidden(TopicId topic, long number, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBy(TopicId topic, ClinicianId actor, string kind, int max, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Asks the database for something; where it refuses nothing was done.</summary>
    public ValueTask<T> Ask<T>(Func<T> question) => IsRefused() ? Refuse<T>() : Answer(question);

    private bool IsRefused() => disk.IsDown || world.Chance(network.Weather.Refuses);

    private ValueTask<T> Refuse<T>() => Fail<T>(() => new StoreUnavailableException(new IOException()));

    private ValueTask<T> Fail<T>(Func<Exception> why)
    {
        var (from, answer) = Asking<T>();
        world.In(network.Delay(), () => from.Post(() => answer.TrySetException(why())));
        return new(answer.Task);
    }

    private ValueTask<T> Answer<T>(Func<T> question)
    {
        var (from, answer) = Asking<T>();
        InTime(() =>
        {
            var it = question();
            world.In(network.Delay(), () => from.Post(() => answer.TrySetResult(it)));
        });
        world.In(Patience, () => from.Post(() => answer.TrySetException(new OutcomeUnknownException("There was no answer.", new TimeoutException()))));
        return new(answer.Task);
    }

    // The answer overtakes what it tells of; with the power it is gone.
    private ValueTask<AppendOutcome> AcknowledgeFirst(Append append)
    {
        if (append.Expected != disk.Number || append.Commands.Any(c => disk.Done(c.Id) is not null))
        {
            return Answer(() => AppendOutcome.Lost);
        }
        world.In(world.Between(0, 0.1), () => InTime(() => disk.Append(append)));
        return Answer(() => AppendOutcome.Committed);
    }

    // Nothing reaches a database that is down, or another than the one that was asked.
    private void InTime(Action act) => world.In(network.Delay(), () =>
    {
        if (disk.Restores == restores && !disk.IsDown)
        {
            act();
        }
    });

    private static (Actor From, TaskCompletionSource<T> Answer) Asking<T>() => (Actor.Current, new(TaskCreationOptions.RunContinuationsAsynchronously));
}
