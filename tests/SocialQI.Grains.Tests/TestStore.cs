using SocialQI.Grains.Keeping;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Grains.Tests;

/// <summary>A SQLite store in a folder of its own, with an unreliable journal in front of it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly Store real;
    private readonly Lock gate = new();
    private TaskCompletionSource scrubbed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestStore(string folder, Store real)
    {
        Folder = folder;
        this.real = real;
        Journal = new UnreliableJournal(real.Journal);
        Stores = new Stores(new Store(real, Journal, Scrub));
    }

    public string Folder { get; }

    public UnreliableJournal Journal { get; }

    public ITables Tables => real.Tables;

    public Stores Stores { get; }

    /// <summary>Ends when Orleans' tables were scrubbed the next time.</summary>
    public Task Scrubbed()
    {
        lock (gate)
        {
            return scrubbed.Task;
        }
    }

    /// <summary>Ends when whatever happened so far was read by all who read the tail, and they have done what follows from it.</summary>
    public async Task IsRead()
    {
        // What follows from an event is an event too.
        for (long read = -1, position; (position = await Journal.Real.Position(LiveTopic.Stop)) > read; read = position)
        {
            foreach (var reader in TailReaders.All)
            {
                // Which reader asked for more the journal does not know; how far each has come is kept.
                while (await Tables.TailPosition(reader, LiveTopic.Stop) < position)
                {
                    await Journal.TailReadThrough(position).Within("the reading of the tail for " + reader);
                }
            }
        }
    }

    public static async Task<TestStore> Open()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("socialqi-grains-").FullName;
        var real = await SqliteStore.Open(folder);
        await real.ApplyOrleansScript();
        return new(folder, real);
    }

    public async ValueTask DisposeAsync()
    {
        await real.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    private async Task Scrub()
    {
        await real.ScrubOrleans();
        lock (gate)
        {
            scrubbed.SetResult();
            scrubbed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
