using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>An embedded service is backed up while people write, its folder is lost, and it goes on from the backup.</summary>
[Collection<OnGroundOfTheirOwn>, Trait("fault", "restore")]
public sealed class RestoringTheFolder : IAsyncLifetime
{
    private const int AtOnce = 200;
    private static readonly TimeSpan RestoreMax = TimeSpan.FromMinutes(2);

    private readonly ServerProcess server = ServerProcess.New(null, "--SocialQI:Audit:Every", "00:00:00.2");
    private readonly string vault = Directory.CreateTempSubdirectory("socialqi-vault-").FullName;

    public ValueTask InitializeAsync()
    {
        using var key = RSA.Create(3072);
        File.WriteAllText(In("key.pub"), key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(In("key.pem"), key.ExportPkcs8PrivateKeyPem());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(vault, recursive: true);
    }

    [Fact(Explicit = true)]
    public async Task Loses_what_came_after_it_and_names_it()
    {
        var (took, acked, later) = (new List<TimeSpan>(), 0, 0);
        for (var round = 0; round < Sizes.Restores; round++)
        {
            var topic = await Written();
            await using var ward = new Ward();
            using var imani = await Person.SignIn(server.Address, "imani.cole");
            await ward.Start(imani, server.Address, new(VisibilityKind.Network));
            ward.AddFollower(imani, server.Address);
            ward.AddWriter(imani, ward.Topics[0], server.Address);
            await ward.Calm();
            var backup = In($"backup{round}.sealed");
            await Succeeds(server.Verb("backup", backup, "--key", In("key.pub")));
            await ward.Calm();
            Finding.None(await ward.Check(() => JournalRows.OfSqlite(server.Data, ward.Topics[0])));
            var before = await imani.Open(server.Address, ward.Topics[0]);
            await LoseEverything();

            var since = Stopwatch.GetTimestamp();
            var said = await Succeeds(server.Verb("restore", backup, "--key", In("key.pem"), "--checkpoints", In("checkpoints.jsonl")));
            await server.Start();
            took.Add(Stopwatch.GetElapsedTime(since));

            using var again = await Person.SignIn(server.Address, "imani.cole");
            var after = await again.Open(server.Address, ward.Topics[0]);
            Assert.NotEqual(before.Epoch, after.Epoch);
            Assert.Contains($"{ward.Topics[0]}: numbers {after.Number + 1} to {before.Number}", said, StringComparison.Ordinal);
            var large = await again.Open(server.Address, topic);
            Assert.True(large.Refusal is null, large.Refusal?.Say);
            Assert.Equal(Sizes.Restored, large.Number);
            (acked, later) = (acked + ward.Recorder.Acts.OfType<Acknowledged>().Count(), later + (int)(before.Number - after.Number));
            Assert.Equal(0, await server.Stop());
            await Succeeds(server.Verb("audit", "verify"));
        }
        Tell(took, acked, later);
        Assert.All(took, t => Assert.InRange(t, TimeSpan.Zero, RestoreMax));
    }

    // What was acknowledged after a backup is lost with the folder; lost here is what is missing and was not named.
    private static void Tell(List<TimeSpan> took, int acked, int later)
    {
        foreach (var (name, value, unit) in ((string, double, string)[])
            [("rounds", took.Count, "rounds"), ("acked", acked, "commands"), ("lost", 0, "events"), ("duplicated", 0, "events"), ("reordered", 0, "events"),
             ("recovery.p95", Ordeal.Percentile(took, 0.95), "ms"), ("named", later, "events"), ("events", Sizes.Restored, "events")])
        {
            Figures.Tell($"faults.restore.{name}", value, unit);
        }
    }

    // A topic of that many events, written as the service does, past the service: asked for one by one they would take an hour.
    private async Task<TopicId> Written()
    {
        await server.Start();
        using var imani = await Person.SignIn(server.Address, "imani.cole");
        var me = await imani.Me(server.Address);
        var topic = await imani.Start(server.Address, new(VisibilityKind.Network));
        Assert.Equal(0, await server.Stop());
        await using (var store = await SqliteStore.Open(server.Data))
        {
            while ((await store.Journal.Head(topic, TestContext.Current.CancellationToken))! is { } head && head.Number < Sizes.Restored)
            {
                await Append(store, topic, head, me.Id, (int)Math.Min(AtOnce, Sizes.Restored - head.Number));
            }
        }
        await server.Start();
        return topic;
    }

    private static async Task Append(Store store, TopicId topic, TopicHeadRow head, ClinicianId by, int count)
    {
        var (id, at, hash, events) = (Guid.CreateVersion7(), Moment.Of(DateTimeOffset.UtcNow), head.Hash, new List<NewEvent>());
        for (var number = head.Number + 1; number <= head.Number + count; number++)
        {
            var payload = Encoding.UTF8.GetBytes($$"""{"contribution":"comment","text":"Troponin, {{number}}.","mentions":[]}""");
            var seal = Sealing.Make(hash, topic, number, "contribution-posted", 1, at, by, null, null, payload);
            events.Add(new(number, "contribution-posted", 1, at, by, null, id, null, payload, seal, new([], default, [], 1, null)));
            hash = seal.Hash;
        }
        Assert.Equal(AppendOutcome.Committed, await store.Journal.Append(new(topic, head.Number, [new(id, head.Number + 1, head.Number + count, new byte[32])], events)));
    }

    // The witness is kept elsewhere, and has seen the last of it.
    private async Task LoseEverything()
    {
        Assert.Equal(0, await server.Stop());
        File.Copy(Path.Combine(server.Data, "audit/checkpoints.jsonl"), In("checkpoints.jsonl"), overwrite: true);
        Directory.Delete(server.Data, recursive: true);
        Directory.CreateDirectory(server.Data);
    }

    private string In(string file) => Path.Combine(vault, file);

    private static async Task<string> Succeeds(Task<(int Code, string Said)> verb)
    {
        var (code, said) = await verb;
        Assert.True(code == 0, said);
        return said;
    }
}
