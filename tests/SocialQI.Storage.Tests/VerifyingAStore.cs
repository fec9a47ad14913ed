using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>What was written is told from what somebody made of it who can run any statement.</summary>
public abstract class VerifyingAStore(ITestDatabase database) : StoreContract(database)
{
    private const int Rounds = 20;
    private const int ManyEvents = 180_000;
    private const int ManyRows = 20_000;

    private readonly List<Witness> witnesses = [];
    private readonly List<string> untold = [];

    [Fact]
    public async Task Finds_every_way_to_change_it_and_names_the_first_bad_row()
    {
        await Fill();
        await using var connection = await Database.Connect();
        Assert.Null((await Verify(connection)).Bad);
        var random = new Random(20261124);
        var (tried, found) = (0, 0);
        foreach (var (kind, change) in Tampering.Kinds)
        {
            for (var round = 0; round < Rounds; round++)
            {
                var table = round % 2 == 0 ? TamperedTable.Event : TamperedTable.Audit;
                var isFound = await IsFound(connection, table, kind, change, random);
                tried++;
                found += isFound ? 1 : 0;
            }
        }
        Assert.Null((await Verify(connection)).Bad);
        Assert.True(untold.Count == 0, string.Join("\n", untold));
        Figure("audit.tamper.tried", tried, "changes");
        Figure("audit.tamper.found", found, "changes");
        Assert.Equal(tried, found);
    }

    [Fact]
    public async Task Without_a_witness_takes_for_whole_what_was_sealed_anew()
    {
        await Fill();
        witnesses.Clear();
        await using var connection = await Database.Connect();
        Assert.False(await IsFound(connection, TamperedTable.Event, "", Tampering.Kinds["seal everything anew"], new Random(1)));
    }

    [Fact]
    public async Task Knows_a_destroyed_text_from_one_that_a_redaction_destroyed()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("Ann Example fell"), Said("Since when?"));
        await chain.Commit(Journal, new TextRedacted(2, "contribution-posted", RedactionGround.Identifiers));
        await using var connection = await Database.Connect();
        Assert.Null((await Verify(connection)).Bad);

        await Run("update event set payload = null, salt = null where number = 3");
        Assert.Equal((chain.Topic.ToString(), 3L), Named((await Verify(connection)).Bad));
    }

    [Fact]
    public async Task Reads_one_moment_while_others_write()
    {
        await Fill();
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var chain = OfCase();
            while (!enough.IsCancellationRequested)
            {
                await chain.Commit(Journal, Said("More"));
                await Store.Audit.Record(new(Harbour, Ada.ToString(), "open", AuditEntry.Done));
            }
        }, Stop);
        for (var i = 0; i < 10; i++)
        {
            await See();
            Assert.Null((await Verifier().Verify(witnesses, Stop)).Bad);
        }
        await enough.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Reads_many_rows_a_second()
    {
        var said = Enumerable.Range(0, 500).Select(i => (TopicEvent)Said($"Contribution {i}: {new string('x', 200)}")).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, ManyEvents / 500), Stop, async (_, _) => await OfCase().Commit(Journal, said));
        await Parallel.ForEachAsync(Enumerable.Range(0, ManyRows), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, _) =>
            await Store.Audit.Record(new(Harbour, Ada.ToString(), "open", AuditEntry.Done) { Topic = TopicId.Case(Harbour, Guid.NewGuid()), Last = i, Origin = "10.0.0.9" }));
        var rates = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var since = Stopwatch.GetTimestamp();
            var verdict = await Verifier().Verify([], Stop);
            Assert.Null(verdict.Bad);
            Assert.Equal(ManyEvents + ManyRows, verdict.Events + verdict.Rows);
            rates.Add((verdict.Events + verdict.Rows) / Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
        Figure("audit.verify.rate", rates.Order().ElementAt(1), "rows/s");
        Figure($"audit.verify.rate.{Name}.least", rates.Min(), "rows/s");
        Figure($"audit.verify.rate.{Name}.most", rates.Max(), "rows/s");
    }

    protected abstract string Name { get; }

    protected abstract StoreVerifier Verifier();

    protected abstract Guid IdAt(DbDataReader row, int column);

    private Task<Verdict> Verify(DbConnection connection) => StoreVerifier.Verify(connection, IdAt, witnesses, Stop);

    private async Task<bool> IsFound(DbConnection connection, string name, string kind, Tampering.Kind change, Random random)
    {
        await Execute(connection, "begin");
        var table = await TamperedTable.Read(connection, name);
        var guilty = change(table, random);
        await table.Write(connection);
        var bad = (await Verify(connection)).Bad;
        await Execute(connection, "rollback");
        if (bad is null || (guilty is not null && Named(bad) != guilty))
        {
            untold.Add($"{kind} in {name}: {guilty}, and {bad} was named");
        }
        return bad is not null;
    }

    // Two processes' worth of acts and eight topics, seen twice.
    private async Task Fill()
    {
        for (var half = 0; half < 2; half++)
        {
            for (var i = 0; i < 8; i++)
            {
                var chain = OfCase();
                await chain.Commit(Journal, Started());
                await chain.Commit(Journal, Said("Since when?"), Said("Since noon."), Said("Then it is not that."));
            }
            foreach (var home in (string[])["north-harbour", "thornmere", "network"])
            {
                for (var i = 0; i < 8; i++)
                {
                    await Store.Audit.Record(new(InstitutionId.Parse(home), Ada.ToString(), "open", AuditEntry.Done) { For = Harbour, Topic = TopicId.Case(Harbour, Guid.NewGuid()), Last = i });
                }
            }
            await See();
        }
    }

    private async Task See()
    {
        var (epoch, _) = await Store.Heads.Now(Stop);
        var last = witnesses.LastOrDefault();
        var (topics, position) = await Store.Heads.Topics(last?.Position ?? 0, 100_000, Stop);
        var (chains, rows) = await Store.Heads.Chains(witnesses.Count > 1 ? witnesses[^2].Rows : 0, 100_000, Stop);
        witnesses.Add(new(witnesses.Count + 1, epoch, position, rows, topics, chains));
    }

    private static (string, long)? Named(BadRow? bad) => bad is null ? null : (bad.Chain, bad.Number);

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static void Figure(string name, double value, string unit)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:f0} {unit}\n"));
        }
    }

    public sealed class InSqlite() : VerifyingAStore(new SqliteTestDatabase())
    {
        protected override string Name => "sqlite";

        protected override StoreVerifier Verifier() => SqliteStore.Verifier(((SqliteTestDatabase)Database).Folder);

        protected override Guid IdAt(DbDataReader row, int column) => SqliteDatabase.IdIn(row, column);
    }

    public sealed class InPostgres(PrivatePostgres postgres) : VerifyingAStore(new PostgresTestDatabase(postgres))
    {
        protected override string Name => "postgresql";

        protected override StoreVerifier Verifier() => ((PostgresTestDatabase)Database).Verifier();

        protected override Guid IdAt(DbDataReader row, int column) => row.GetGuid(column);
    }
}
