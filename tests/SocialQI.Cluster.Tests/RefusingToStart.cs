using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What cannot work is said in a sentence, and the process ends.</summary>
public sealed class RefusingToStart(PrivatePostgres postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-data-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_gateway_alone_without_the_clusters_database() =>
        Assert.Contains("needs the cluster's PostgreSQL", await Said(2, "--roles", "gateway"), StringComparison.Ordinal);

    [Fact]
    public async Task A_role_that_does_not_exist() =>
        Assert.Contains("silo, gateway, or both", await Said(2, "--roles", "silo,gatway"), StringComparison.Ordinal);

    [Fact]
    public async Task A_second_process_on_a_data_folder_or_an_address()
    {
        await using var first = await ServerProcess.StartNew(null, "--demo", "false");
        Assert.Contains($"{first.Data} is in use by another process", await Said(1, "--data", first.Data), StringComparison.Ordinal);

        // What had begun to run by then complains of its end; the reason is the last word.
        var (_, said) = await Run("--urls", first.Address.ToString());
        Assert.EndsWith($"{first.Address.Authority}: address already in use.", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_a_newer_program_has_written()
    {
        await using (var journal = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=false"))
        {
            await journal.OpenAsync(Stop);
            await using var newer = journal.CreateCommand();
            newer.CommandText = "create table schema_version (version integer not null primary key) strict; insert into schema_version values (999)";
            await newer.ExecuteNonQueryAsync(Stop);
        }
        Assert.Contains("The database has schema 999", await Said(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_a_newer_program_has_written()
    {
        var database = await postgres.CreateDatabase();
        await using (var source = NpgsqlDataSource.Create(database))
        {
            await using var newer = source.CreateCommand("create table schema_version (version integer not null primary key); insert into schema_version values (999)");
            await newer.ExecuteNonQueryAsync(Stop);
        }
        Assert.Contains("The database has schema 999", await Said(1, "--postgres", database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there() =>
        Assert.Contains("PostgreSQL cannot be reached", await Said(1, "--postgres", "Host=127.0.0.1;Port=1"), StringComparison.Ordinal);

    [Fact]
    public async Task A_gateway_that_cannot_read_the_keys_of_the_others()
    {
        var database = await postgres.CreateDatabase();
        await using var first = await ServerProcess.StartNew(null, "--postgres", database, "--demo", "false");
        var said = await Said(1, "--postgres", database, "--demo", "false", "--SocialQI:KeyCertificate", Path.Combine(folder, "another.pfx"));
        Assert.Contains("Give every gateway the same file (SocialQI:KeyCertificate).", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_open_to_the_network_without_encryption() =>
        Assert.Contains("is open to the network without encryption", await Said(2, "--urls", "http://0.0.0.0:0"), StringComparison.Ordinal);

    [Fact]
    public async Task A_silo_that_is_open_to_the_network_without_certificates() => Assert.Contains(
        "192.0.2.1 (SocialQI:SiloAddress) is open to the network",
        await Said(2, "--postgres", "Host=127.0.0.1;Port=1", "--SocialQI:SiloAddress", "192.0.2.1"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_silo_that_could_be_anywhere() =>
        Assert.Contains("is one address of this machine", await Said(2, "--SocialQI:SiloAddress", "0.0.0.0"), StringComparison.Ordinal);

    [Fact]
    public async Task A_certificate_that_the_others_would_not_believe()
    {
        using var authority = new Authority();
        using var others = new Authority();
        var database = await postgres.CreateDatabase();
        Assert.Contains("is not for silo.socialqi", await Said(1, ["--postgres", database, .. authority.Words("one", Authority.Gateway)]), StringComparison.Ordinal);
        Assert.Contains("vouches for now", await Said(1, ["--postgres", database, .. authority.Words("one", Authority.Silo), .. others.Words("one", Authority.Silo)[2..4]]), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await Said(1, ["--postgres", database, .. authority.WordsOfPkcs12("one", Authority.Silo), "--SocialQI:Tls:Authority", folder]), StringComparison.Ordinal);
        Assert.Contains("are given together", await Said(2, "--SocialQI:Tls:Authority", folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_is_none() =>
        Assert.Contains("SocialQI:Postgres is not a connection string", await Said(2, "--postgres", "my database"), StringComparison.Ordinal);

    private async Task<string> Said(int code, params string[] words)
    {
        var (ended, said) = await Run(words);
        Assert.Equal((code, said), (ended, said));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        return said;
    }

    private Task<(int Code, string Said)> Run(params string[] words)
    {
        string[] own = ["--data", folder, "--urls", "http://127.0.0.1:0", "--SocialQI:SiloPort", Port(), "--SocialQI:GatewayPort", Port()];
        return ServerProcess.Run(ServerProcess.Built, [.. own, .. words], input: null);
    }

    private static string Port() => FreePort.Next().ToString(CultureInfo.InvariantCulture);
}
