using System.Diagnostics;
using Npgsql;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>On a small disk of memory, which only root can mount.</summary>
public sealed class FillingTheDisk(PrivatePostgres postgres) : IAsyncLifetime
{
    private readonly string disk = System.IO.Directory.CreateTempSubdirectory("socialqi-disk-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static AuditEntry Opened => new(Harbour, Ada.ToString(), "open", AuditEntry.Done);

    private string Ballast => Path.Combine(disk, "ballast");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a small disk needs root on Linux.");
        await Do("mount", "-t", "tmpfs", "-o", "size=8m,mode=0777", "tmpfs", disk);
        await File.WriteAllBytesAsync(Ballast, new byte[3 * 1024 * 1024], Stop);
    }

    [Fact]
    public async Task In_SQLite_is_answered_and_over_as_soon_as_there_is_space()
    {
        await using var store = await SqliteStore.Open(Path.Combine(disk, "data"));
        await Fill(store.Journal);
        var full = await Assert.ThrowsAnyAsync<Exception>(async () => await FillTables(store.Accounts));

        Assert.IsType<StorageFullException>(full);
        await Assert.ThrowsAsync<NotAuditedException>(async () => await FillAudit(store.Audit));
        File.Delete(Ballast);

        await store.Audit.Record(Opened);
        await GoesOn(store.Journal);
        await store.Tables.KeepTailPosition("lists", 1, Stop);
    }

    [Fact]
    public async Task In_SQLite_leaves_what_was_acknowledged_to_the_next_start()
    {
        long acknowledged;
        await using (var store = await SqliteStore.Open(Path.Combine(disk, "data")))
        {
            acknowledged = await Fill(store.Journal);
        }
        File.Delete(Ballast);

        await using var again = await SqliteStore.Open(Path.Combine(disk, "data"));

        Assert.Equal(acknowledged, await again.Journal.Position(Stop));
        await GoesOn(again.Journal);
    }

    [Fact]
    public async Task In_PostgreSQL_is_answered_and_over_as_soon_as_there_is_space()
    {
        await using var source = PostgresStore.Source(await postgres.CreateDatabase());
        await using var store = await PostgresStore.Open(source);
        await Do("install", "-d", "-o", "postgres", Path.Combine(disk, "space"));
        await Run(source, $"create tablespace small location '{disk}/space'");
        await Run(source, "alter table event set tablespace small");
        try
        {
            await Fill(store.Journal);
            File.Delete(Ballast);
            await GoesOn(store.Journal);
        }
        finally
        {
            await Run(source, "alter table event set tablespace pg_default");
            await Run(source, "drop tablespace small");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Do("umount", disk);
        System.IO.Directory.Delete(disk);
    }

    // Twenty topics at once, until every one of them has been told that the disk is full. Returns how many events were acknowledged.
    private static async Task<long> Fill(IJournal journal)
    {
        var text = new string('x', 3_000);
        var chains = Enumerable.Range(0, 20).Select(_ => OfCase()).ToArray();
        await Task.WhenAll(chains.Select(chain => Task.Run(
            async () =>
            {
                while (true)
                {
                    var append = chain.Next(Said(text));
                    var outcome = await journal.Append(append);
                    if (outcome == AppendOutcome.StorageFull)
                    {
                        return;
                    }
                    Assert.Equal(AppendOutcome.Committed, outcome);
                    chain.Advance(append);
                }
            },
            Stop)));
        Assert.Equal(chains.Sum(c => c.Number), await journal.Position(Stop));
        foreach (var chain in chains)
        {
            Assert.Equal(chain.Number, (await journal.Head(chain.Topic, Stop))?.Number ?? 0);
            Assert.Equal(chain.Number, (await journal.Read(chain.Topic, 1, 10_000, Stop)).Count);
        }
        return chains.Sum(c => c.Number);
    }

    private static async Task FillTables(KeptAccounts accounts)
    {
        for (var i = 0; i < 10_000; i++)
        {
            await accounts.Keep(new Account($"user{i}", Ada, null) { PasswordHash = new string('x', 3_000) }, Stop);
        }
    }

    private static async Task FillAudit(AuditLog audit)
    {
        for (var i = 0; i < 10_000; i++)
        {
            await audit.Record(Opened);
        }
    }

    private static async Task GoesOn(IJournal journal)
    {
        var before = await journal.Position(Stop);
        var chains = Enumerable.Range(0, 20).Select(_ => OfCase()).ToArray();
        await Task.WhenAll(chains.Select(chain => chain.Commit(journal, Started(), Said("Space again"))));
        Assert.Equal(Enumerable.Range(1, 40).Select(i => before + i), (await journal.Tail(before, 100, Stop)).Select(e => e.Position));
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        // A tablespace goes with a checkpoint, which the other tests have given much to do.
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task Do(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }
}
