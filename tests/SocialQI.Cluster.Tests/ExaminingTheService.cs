using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Npgsql;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The verb doctor names what somebody has set wrong, each by its name, and finds nothing where nothing is.</summary>
public sealed class ExaminingTheService(PrivatePostgres shared) : IAsyncLifetime
{
    private readonly ServerProcess server = ServerProcess.New();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Finds_nothing_where_all_is_well_whether_it_runs_or_not()
    {
        string[] settings = ["--SocialQI:Audit:CheckpointUrl", "http://127.0.0.1:9/", "--urls", server.Address.ToString()];
        await server.Start();
        Assert.Empty(await Found(0, server.Data, settings));
        Assert.Equal(0, await server.Stop());
        Assert.Empty(await Found(0, server.Data, settings));
    }

    [Theory]
    [InlineData("settings", "--roles", "nonsense")]
    [InlineData("settings", "--roles", "gateway")]
    [InlineData("settings", "--SocialQI:TrustedProxies", "everybody")]
    [InlineData("settings", "--SocialQI:SiloAddress", "0.0.0.0")]
    [InlineData("address-open", "--urls", "http://0.0.0.0:80")]
    public async Task Says_with_which_setting_it_does_not_start(string name, string setting, string value) =>
        Assert.Contains(name, await Found(1, server.Data, setting, value));

    [Fact]
    public async Task Names_settings_that_do_something_else_than_they_seem_to()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var found = await Found(
            1, server.Data + "-nowhere", "--SocialQI:Postgress", "Host=db", "--SocialQI:Tls:Certificat", "node.pem", "--SocialQI:TrustedProxies", "0.0.0.0/0", "--SocialQI:ResponseTimeout", "00:00:00.5",
            "--OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}", "--SocialQI:KeyCertificate", server.Data + "/nowhere.pfx");

        Assert.Equal(2, found.Count(f => f == "setting-unknown"));
        Assert.Superset(Set("proxies-too-wide", "response-timeout", "telemetry-address", "port-taken", "keys-missing", "data-missing", "checkpoints-here-only"), found.ToHashSet());
    }

    [Fact]
    public async Task Names_what_is_wrong_with_a_folder_a_disk_and_the_files_on_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Where else is a folder that nobody can write to.");
        Assert.Superset(Set("data-open", "data-read-only", "disk-full-soon"), (await Found(1, "/proc")).ToHashSet());

        Directory.CreateDirectory(Path.Combine(server.Data, "audit"));
        await File.WriteAllTextAsync(Path.Combine(server.Data, "audit/checkpoints.jsonl"), "{\"checkpoint\":", Stop);
        await File.WriteAllTextAsync(Path.Combine(server.Data, "keys.pfx"), "rubbish", Stop);
        await File.WriteAllTextAsync(Path.Combine(server.Data, "node.pem"), "rubbish", Stop);
        var found = await Found(1, server.Data, "--SocialQI:Tls:Certificate", server.Data + "/node.pem", "--SocialQI:Tls:Authority", server.Data + "/node.pem");
        Assert.Superset(Set("keys-open", "keys-unreadable", "certificate", "checkpoint-broken-off"), found.ToHashSet());
    }

    [Fact]
    public async Task Names_a_certificate_that_is_no_longer_good_or_not_for_long()
    {
        using var authority = new Authority();
        Assert.Contains("certificate-expires", await Found(0, server.Data, authority.Words("node", Authority.Silo)));
        using var expired = authority.Sign(Authority.Silo, isExpired: true);
        var words = authority.Words("node", Authority.Silo);
        authority.Put("node", expired);
        Assert.Contains("certificate", await Found(1, server.Data, words));
    }

    [Theory]
    [InlineData("not-restored", "update store set epoch = 'copy of ' || epoch")]
    [InlineData("schema-too-new", "insert into schema_version (version) values (999)")]
    [InlineData("schema-old", "delete from schema_version where version > 3")]
    [InlineData("database-corrupt", "pragma writable_schema = on; update sqlite_schema set rootpage = (select rootpage from sqlite_schema where name = 'head') where name = 'event_about'")]
    public async Task Names_what_is_wrong_with_an_embedded_database(string name, string how)
    {
        await server.Start();
        Assert.Equal(0, await server.Stop());
        JournalRows.ChangeSqlite(server.Data, how);

        Assert.Contains(name, await Found(name == "schema-old" ? 0 : 1, server.Data));
    }

    [Fact]
    public async Task Names_a_file_that_is_no_database()
    {
        await File.WriteAllBytesAsync(Path.Combine(server.Data, "journal.db"), new byte[10_000], Stop);
        Assert.Contains("database-unreadable", await Found(1, server.Data));
    }

    [Fact]
    public async Task Names_what_is_wrong_with_a_cluster_and_its_database()
    {
        // One of its own: its settings are changed.
        await using var postgres = new PrivatePostgres();
        await postgres.InitializeAsync();
        await using (var node = await ServerProcess.StartNew(null, "--postgres", postgres.ConnectionString))
        {
            Assert.Equal(0, await node.Stop());
        }
        await Run(postgres, "update orleansmembershiptable set status = 3, iamalivetime = now() - interval '1 hour'");
        await Run(postgres, "alter system set fsync = off");
        await Run(postgres, "alter system set full_page_writes = off");
        await Run(postgres, "alter database socialqi set synchronous_commit = off");
        await Run(postgres, "insert into schema_version (version) values (999)");
        await Run(postgres, "select pg_reload_conf()");

        var found = await Found(1, server.Data, "--postgres", postgres.ConnectionString, "--SocialQI:SiloPort", "41111");

        Assert.Superset(
            Set("peer-gone", "silos-few", "fsync-off", "full-page-writes-off", "synchronous-commit-off", "schema-too-new", "archive-off", "login-superuser", "demo-in-a-cluster", "keys-of-this-node", "port-ephemeral"),
            found.ToHashSet());
    }

    [Fact]
    public async Task Names_a_database_that_is_not_there()
    {
        Assert.Contains("database-unreachable", await Found(1, server.Data, "--postgres", $"Host=127.0.0.1;Port={FreePort.Next()};Username=postgres"));
        Assert.Contains("database-unreachable", await Found(1, server.Data, "--postgres", shared.ConnectionString.Replace("socialqi", "nowhere", StringComparison.Ordinal)));
    }

    private static HashSet<string> Set(params string[] names) => [.. names];

    private static async Task<IReadOnlyList<string>> Found(int code, string data, params string[] settings)
    {
        var (ended, said) = await ServerProcess.Run(ServerProcess.Built, ["doctor", "--json", "--data", data, .. settings], input: null);
        Assert.True(ended == code, said);
        return [.. JsonNode.Parse(said)!.AsArray().Where(f => f!["gravity"]!.GetValue<string>() != "well").Select(f => f!["name"]!.GetValue<string>())];
    }

    private static async Task Run(PrivatePostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
