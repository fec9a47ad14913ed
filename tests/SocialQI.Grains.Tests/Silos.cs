using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Storage.Sqlite;
using Xunit;

[assembly: AssemblyFixture(typeof(SocialQI.Grains.Tests.SharedSilos))]

namespace SocialQI.Grains.Tests;

/// <summary>Silos in this process, over one store: grains, pipes, snapshots and timers as the service has them.</summary>
internal sealed class Silos : IAsyncDisposable
{
    private readonly Lock gate = new();
    private SnapshotStorage? snapshots;

    private Silos(TestStore store, ShiftedClock clock) => (Store, Clock) = (store, clock);

    public TestStore Store { get; }

    /// <summary>By which leases end; it can be set forward.</summary>
    public ShiftedClock Clock { get; }

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IClusterClient Grains => Cluster.Client;

    /// <summary>How many commands have come to each topic.</summary>
    public AskedCount Asked { get; } = new();

    /// <summary>After how long each timer of a grain was asked to come, in order.</summary>
    public ConcurrentQueue<TimeSpan> Timers { get; } = new();

    /// <summary>Where snapshots are kept; one for all silos.</summary>
    public SnapshotStorage Snapshots => snapshots!;

    /// <summary>The first silo's own way to them.</summary>
    public Snapshots Keeper => Cluster.Silos[0].ServiceProvider.GetRequiredService<Snapshots>();

    /// <param name="store">Outlives the silos.</param>
    /// <param name="count">How many silos.</param>
    /// <param name="haste">How many times sooner grain timers come.</param>
    /// <param name="patience">How long a call waits for its answer; as Orleans has it when null.</param>
    public static async Task<Silos> Start(TestStore store, short count = 1, int haste = 1, TimeSpan? patience = null)
    {
        var silos = new Silos(store, new ShiftedClock());
        var builder = new InProcessTestClusterBuilder(count);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            silo.AddAdoNetGrainStorage(Topics.Snapshots.StorageName, o =>
                (o.Invariant, o.DataSource, o.GrainStorageSerializer) =
                    ("System.Data.SQLite", SqliteStore.OrleansSource(store.Folder), new SnapshotsAsTheyAre()));
            silo.Services.AddSingleton(store.Stores).AddSingleton<Pipes>();
            silo.Services.AddSingleton(s => new Snapshots(
                silos.Watched(s.GetRequiredKeyedService<IGrainStorage>(Topics.Snapshots.StorageName)), s.GetRequiredService<ILogger<Snapshots>>()));
            silo.Services.AddSingleton(s => new TopicServices(
                store.Stores, s.GetRequiredService<Snapshots>(), s.GetRequiredService<Pipes>(), silos.Clock, s.GetRequiredService<ILoggerFactory>()));
            silo.AddIncomingGrainCallFilter(silos.Asked);
            HastyTimers.Use(silo.Services, haste, silos.Timers);
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = patience ?? o.ResponseTimeout));
        silos.Cluster = builder.Build();
        await silos.Cluster.DeployAsync();
        return silos;
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    private SnapshotStorage Watched(IGrainStorage real)
    {
        lock (gate)
        {
            return snapshots ??= new SnapshotStorage(real);
        }
    }

    private sealed class SnapshotsAsTheyAre : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(((SnapshotBytes)(object)input!).Bytes);

        public T Deserialize<T>(BinaryData input) => (T)(object)new SnapshotBytes { Bytes = input.ToArray() };
    }
}

/// <summary>The system's clock, set forward.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan span) => Interlocked.Add(ref ahead, span.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public override long GetTimestamp() => System.GetTimestamp() + (Interlocked.Read(ref ahead) * TimestampFrequency / TimeSpan.TicksPerSecond);
}

/// <summary>One silo for all tests that keep to topics of their own.</summary>
public sealed class SharedSilos : IAsyncLifetime
{
    private TestStore store = null!;

    internal Silos Silos { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        Silos = await Silos.Start(store);
    }

    public async ValueTask DisposeAsync()
    {
        await Silos.DisposeAsync();
        await store.DisposeAsync();
    }
}
