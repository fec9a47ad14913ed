using Microsoft.Extensions.Logging;
using SocialQI.Grains.Topics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>Runs the readers of the tail, each from where it had come.</summary>
public sealed partial class KeeperGrain(Stores stores, Snapshots snapshots, TimeProvider clock, ILogger<KeeperGrain> log) : Grain, IKeeperGrain
{
    private const int EventsAtOnce = 500;

    /// <summary>How often an event is tried, a minute at least, before all that come after it go on without it.</summary>
    private const int TriesMax = 240;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, Stumbling> stumbling = [];
    private ITailReader[] readers = [];
    private Remakes? remakes;
    private Comparisons? comparisons;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        readers = [new Lists(stores.Default), new SearchTexts(stores.Default), new Reactions(stores.Default, GrainFactory, clock)];
        remakes = new(stores.Default, [.. readers.OfType<IMadeAgain>()]);
        comparisons = new(stores.Default, [new KeptSnapshots(stores.Default, snapshots), .. readers.OfType<ICompared>()]);
        this.RegisterGrainTimer(ReadOn, Period, Period);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var reader in TailReaders.All)
        {
            Telemetry.HasRead(reader);
        }
        return Task.CompletedTask;
    }

    public Task Wake() => Task.CompletedTask;

    public Task<RemadeSome> MakeAgain(string list, bool anew) => remakes!.Go(list, anew);

    public Task<ComparedSome> Compare(string what, string after, int max) => comparisons!.Go(what, after, max);

    // Side by side: what follows from an event does not wait for the lists that have much to read.
    private Task ReadOn() => Task.WhenAll(readers.Select(TryReadOn));

    private async Task TryReadOn(ITailReader reader)
    {
        try
        {
            await ReadOn(reader);
        }
        catch (Exception e)
        {
            LogFailed(log, reader.Name, e.GetType().Name);
        }
    }

    private async Task ReadOn(ITailReader reader)
    {
        // Read again each time: after the loss of a silo another activation may have gone on.
        var position = await stores.Default.Tables.TailPosition(reader.Name, CancellationToken.None);
        while (await stores.Default.Journal.Tail(position, EventsAtOnceOf(reader), CancellationToken.None) is { Count: > 0 } events)
        {
            Telemetry.Reads(reader.Name, events[0].Event.At);
            await Read(reader, events);
            position = events[^1].Position;
        }
        Telemetry.HasRead(reader.Name);
    }

    private async Task Read(ITailReader reader, IReadOnlyList<TailEvent> events)
    {
        try
        {
            await reader.Read(events, events[^1].Position);
            if (stumbling.TryGetValue(reader.Name, out var past) && past.Through <= events[^1].Position)
            {
                stumbling.Remove(reader.Name);
            }
        }
        catch (Exception e)
        {
            if (!IsTriedOften(reader, events))
            {
                throw;
            }
            // Keeping the position is a write like any other: while the database takes none, nothing is given up.
            await stores.Default.Tables.KeepTailPosition(reader.Name, events[^1].Position, CancellationToken.None);
            LogGivenUp(log, reader.Name, events[^1].Event.Number, events[^1].Topic, e.GetType().Name);
        }
    }

    private int EventsAtOnceOf(ITailReader reader) => stumbling.ContainsKey(reader.Name) ? 1 : EventsAtOnce;

    // Those among which it failed are read one after the other, so that it is known which one it is.
    private bool IsTriedOften(ITailReader reader, IReadOnlyList<TailEvent> events)
    {
        var (at, times, through) = stumbling.GetValueOrDefault(reader.Name) ?? new(0, 0, 0);
        times = events is [var only] && only.Position == at ? times + 1 : 1;
        stumbling[reader.Name] = new(events[0].Position, times, Math.Max(through, events[^1].Position));
        return events.Count == 1 && times >= TriesMax;
    }

    /// <summary>Where a reader fails: at which position, how often so far, and how far it reads one event at a time.</summary>
    private sealed record Stumbling(long At, int Times, long Through);

    [LoggerMessage(LogLevel.Error, "The tail's reader {Reader} has given up event {Number} of {Topic} ({Fault}) and goes on after it.")]
    private static partial void LogGivenUp(ILogger log, string reader, long number, TopicId topic, string fault);

    [LoggerMessage(LogLevel.Warning, "The tail's reader {Reader} failed ({Fault}); it goes on from where it was.")]
    private static partial void LogFailed(ILogger log, string reader, string fault);
}

/// <summary>Does what follows from events, in commit order, and keeps how far it has come.</summary>
internal interface ITailReader
{
    string Name { get; }

    /// <summary>Takes events up to a position. It may be given the same again.</summary>
    Task Read(IReadOnlyList<TailEvent> events, long position);
}
