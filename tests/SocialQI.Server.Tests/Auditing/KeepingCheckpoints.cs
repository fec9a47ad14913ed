using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Server.Operate;
using SocialQI.Storage;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Sqlite;
using Xunit;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>A witness outside of the database, which whoever rewrites the database would have to forge.</summary>
public sealed class KeepingCheckpoints(TheService service) : IAsyncLifetime
{
    private static readonly InstitutionId Harbour = TheService.NorthHarbour;

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-checkpoints-").FullName;
    private Store store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ServiceOptions Options => new() { Data = folder, Audit = new() { Every = TimeSpan.FromMilliseconds(20) } };

    private string Lines => Options.Audit.CheckpointsIn(folder);

    private string PublicKey => File.ReadAllText(Options.Audit.KeyIn(folder) + ".pub").Trim();

    public async ValueTask InitializeAsync() => store = await SqliteStore.Open(folder);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Begins_with_the_service_and_goes_on_where_the_one_before_ended()
    {
        await Write();
        await Keep();
        await Write();
        await Keep();

        var seen = CheckpointReading.Read(Lines, PublicKey);
        Assert.Null(seen.Bad);
        Assert.Equal(2, seen.Witnesses.Sum(w => w.Topics.Count));
        Assert.Equal(await store.Journal.Position(Stop), seen.Witnesses[^1].Position);
        Assert.Null((await SqliteStore.Verifier(folder).Verify(seen.Witnesses, Stop)).Bad);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Options.Audit.KeyIn(folder)));
        }
    }

    [Theory]
    [InlineData("a number is another", "it is not signed with this key")]
    [InlineData("a line is gone", "does not go on from checkpoint 1")]
    [InlineData("another key signs", "it is not signed with this key")]
    [InlineData("a line is rubbish", "a line cannot be read")]
    public async Task That_were_changed_are_told_from_what_was_signed(string how, string wrong)
    {
        for (var i = 0; i < 4; i++)
        {
            await Write();
            await Keep();
        }
        var lines = await File.ReadAllLinesAsync(Lines, Stop);
        using var other = new MemoryKey();
        string[] forged = how switch
        {
            "a number is another" => [lines[0], lines[1].Replace("\"position\":", "\"position\":1", StringComparison.Ordinal), .. lines[2..]],
            "a line is gone" => [lines[0], .. lines[2..]],
            "a line is rubbish" => [lines[0], "{", .. lines[2..]],
            _ => [lines[0], Checkpoint.Read(lines[1], null)!.Line(other.Key), .. lines[2..]],
        };
        await File.WriteAllLinesAsync(Lines, forged, Stop);

        var seen = CheckpointReading.Read(Lines, PublicKey);
        Assert.Single(seen.Witnesses);
        Assert.Equal(2, seen.Bad!.Number);
        Assert.Contains(wrong, seen.Bad.Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_a_line_behind_that_a_crash_broke_off()
    {
        await Write();
        await Keep();
        await File.AppendAllTextAsync(Lines, (await File.ReadAllTextAsync(Lines, Stop))[..100], Stop);
        await Write();
        await Keep();

        var seen = CheckpointReading.Read(Lines, PublicKey);
        Assert.Null(seen.Bad);
        Assert.Equal(await store.Journal.Position(Stop), seen.Witnesses[^1].Position);
    }

    [Fact]
    public async Task Needs_no_more_than_to_add_to_a_file_that_nobody_can_change()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Lines)!);
        await File.WriteAllTextAsync(Lines, "", Stop);
        Assert.SkipUnless(OperatingSystem.IsLinux() && await Does("chattr", "+a", Lines), "This needs root on a Linux file system that knows append-only files.");
        try
        {
            Assert.ThrowsAny<UnauthorizedAccessException>(() => File.WriteAllText(Lines, ""));
            await Write();
            await Keep();
            Assert.NotEmpty(CheckpointReading.Read(Lines, PublicKey).Witnesses);
        }
        finally
        {
            await Does("chattr", "-a", Lines);
        }
    }

    [Fact]
    public async Task Is_verified_by_the_operator_while_the_service_runs()
    {
        var begun = Path.Combine(service.Folder, "audit", "checkpoints.jsonl");
        await Waiting.Until("the service has kept its first checkpoint", () => Task.FromResult(File.Exists(begun) && File.ReadAllText(begun).Length > 0));
        Assert.Equal(0, await AuditVerb.Make().Parse(["verify", "--data", service.Folder]).InvokeAsync(cancellationToken: Stop));
        Assert.Equal(0, await AuditVerb.Make().Parse(["verify", "--data", service.Folder, "--json"]).InvokeAsync(cancellationToken: Stop));
        Assert.Equal(0, await AuditVerb.Make().Parse(["key", "--data", service.Folder]).InvokeAsync(cancellationToken: Stop));

        await Write();
        await Keep();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=false"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "update event set at = at + 1 where position = 1";
            await command.ExecuteNonQueryAsync(Stop);
        }
        Assert.Equal(1, await AuditVerb.Make().Parse(["verify", "--data", folder]).InvokeAsync(cancellationToken: Stop));
    }

    // Until it has seen all there is.
    private async Task Keep()
    {
        using var checkpoints = new Checkpoints(new Stores(store), Options, TimeProvider.System, NullLogger<Checkpoints>.Instance);
        var position = await store.Journal.Position(Stop);
        await checkpoints.StartAsync(Stop);
        await Waiting.Until("a checkpoint was kept", () => Task.FromResult(
            File.Exists(Lines) && File.ReadAllLines(Lines).Select(l => Checkpoint.Read(l, null)).LastOrDefault(c => c is not null)?.Position == position));
        await checkpoints.StopAsync(Stop);
    }

    private async Task Write()
    {
        var topic = TopicId.Case(Harbour, Guid.NewGuid());
        var (payload, at, by) = (EventCodec.EncodePayload(new CaseStarted("Fever", "Why?", null, [])), Moment.Of(DateTimeOffset.UtcNow), new ClinicianId(Guid.NewGuid()));
        var seal = Sealing.Make(Sealing.Start, topic, 1, "case-started", EventCodec.Version, at, by, Harbour, null, payload);
        var id = Guid.CreateVersion7();
        await store.Journal.Append(new(topic, 0, [new(id, 1, 1, new byte[32])], [new(1, "case-started", EventCodec.Version, at, by, Harbour, id, null, payload, seal, new([], default, [], 0, null))]));
        await store.Audit.Record(new(Harbour, by.ToString(), "open", AuditEntry.Done) { Topic = topic });
    }

    private static async Task<bool> Does(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Stop);
        return process.ExitCode == 0;
    }

    private sealed class MemoryKey : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("socialqi-key-").FullName;

        public MemoryKey() => Key = CheckpointKey.Open(Path.Combine(folder, "key"));

        public CheckpointKey Key { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
