using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>A topic's state at a number, believed only if the journal has that hash there.</summary>
/// <param name="Epoch">The store's.</param>
/// <param name="Number">The last event folded in.</param>
/// <param name="Hash">That event's.</param>
/// <param name="State">As the topic's rules freeze it.</param>
public sealed record Snapshot(string Epoch, long Number, byte[] Hash, ReadOnlyMemory<byte> State);

/// <summary>A snapshot's bytes, as grain storage keeps them.</summary>
public sealed class SnapshotBytes
{
    public ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>
/// Keeps snapshots in Orleans' grain storage, called directly: outside any grain's turn, few at a time. They are disposable: what cannot be read or
/// written only makes the next activation slower.
/// </summary>
public sealed partial class Snapshots(IGrainStorage storage, ILogger<Snapshots> log) : IDisposable
{
    public const string StorageName = "snapshots";

    private const int InFlightMax = 2;
    private const int ClearingsMax = 5;
    private const int EpochLength = 32;
    private const int HashLength = 32;
    private const int HeaderLength = sizeof(int) + EpochLength + sizeof(long) + HashLength;

    private readonly SemaphoreSlim inFlight = new(InFlightMax);

    /// <summary>The last snapshot of a topic; null when there is none that this program, fold and epoch can use.</summary>
    public async Task<Snapshot?> Read(TopicId topic, string epoch)
    {
        try
        {
            var state = new GrainState<SnapshotBytes>(new());
            await storage.ReadStateAsync(StorageName, Id(topic), state);
            return state is { RecordExists: true, State: { } kept } ? Decode(kept.Bytes, epoch) : null;
        }
        catch (Exception e)
        {
            LogFailed(log, "read", topic, e.GetType().Name);
            return null;
        }
    }

    /// <summary>Writes a snapshot in place of the one before.</summary>
    public Task Write(TopicId topic, Snapshot snapshot) => Change("write", topic, async state =>
    {
        state.State = new() { Bytes = Encode(snapshot) };
        await storage.WriteStateAsync(StorageName, Id(topic), state);
    });

    /// <summary>Destroys a topic's snapshot.</summary>
    public async Task Clear(TopicId topic)
    {
        // Who wrote it again between the reading and the clearing knew less than who clears.
        for (var i = 0; i < ClearingsMax; i++)
        {
            if (await Change("clear", topic, state => state.RecordExists ? storage.ClearStateAsync(StorageName, Id(topic), state) : Task.CompletedTask))
            {
                return;
            }
        }
    }

    public void Dispose() => inFlight.Dispose();

    private async Task<bool> Change(string what, TopicId topic, Func<GrainState<SnapshotBytes>, Task> change)
    {
        await inFlight.WaitAsync();
        try
        {
            var state = new GrainState<SnapshotBytes>(new());
            await storage.ReadStateAsync(StorageName, Id(topic), state);
            await change(state);
            return true;
        }
        catch (Exception e)
        {
            // A conflict means that somebody else wrote a newer one.
            LogFailed(log, what, topic, e.GetType().Name);
            return false;
        }
        finally
        {
            inFlight.Release();
        }
    }

    private static GrainId Id(TopicId topic) => GrainId.Create("snapshot", topic.ToString());

    private static byte[] Encode(Snapshot snapshot)
    {
        var bytes = new byte[HeaderLength + snapshot.State.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Folding.Version);
        Encoding.ASCII.GetBytes(snapshot.Epoch, bytes.AsSpan(sizeof(int), EpochLength));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(int) + EpochLength), snapshot.Number);
        snapshot.Hash.CopyTo(bytes.AsSpan(HeaderLength - HashLength));
        snapshot.State.CopyTo(bytes.AsMemory(HeaderLength));
        return bytes;
    }

    private static Snapshot? Decode(ReadOnlyMemory<byte> kept, string epoch)
    {
        var bytes = kept.Span;
        return bytes.Length < HeaderLength
            || BinaryPrimitives.ReadInt32LittleEndian(bytes) != Folding.Version
            || Encoding.ASCII.GetString(bytes.Slice(sizeof(int), EpochLength)) != epoch
            ? null
            : new(
                epoch,
                BinaryPrimitives.ReadInt64LittleEndian(bytes[(sizeof(int) + EpochLength)..]),
                bytes[(HeaderLength - HashLength)..HeaderLength].ToArray(),
                kept[HeaderLength..]);
    }

    [LoggerMessage(LogLevel.Warning, "Could not {What} the snapshot of {Topic} ({Fault}); it will be folded from the journal.")]
    private static partial void LogFailed(ILogger log, string what, TopicId topic, string fault);
}
