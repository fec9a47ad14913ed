using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Storage.Tests;

public abstract class Opening(ITestDatabase database) : StoreContract(database)
{
    [Fact]
    public async Task What_a_newer_program_has_been_at_is_refused_and_left_as_it_is()
    {
        await Store.DisposeAsync();
        await Run("insert into schema_version (version) values (999)");
        var tables = await Count(CountOfTables);

        var refused = await Assert.ThrowsAsync<SchemaTooNewException>(() => Database.Open());

        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
        Assert.Equal(tables, await Count(CountOfTables));
        await Run("delete from schema_version where version = 999");
        await OpenAnother();
    }

    [Fact]
    public async Task Again_applies_no_step_twice()
    {
        await Store.DisposeAsync();

        await OpenAnother();

        Assert.Equal(await Count("select max(version) from schema_version"), await Count("select count(*) from schema_version"));
        Assert.Equal(1, await Count("select count(*) from store"));
    }

    [Fact]
    public async Task Makes_what_Orleans_needs_as_often_as_it_is_asked_to()
    {
        await Store.ApplyOrleansScript();
        await Store.ApplyOrleansScript();
    }

    [Fact]
    public async Task After_the_end_nothing_is_written_any_more()
    {
        var chain = Chain.OfCase();
        await Store.DisposeAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => chain.Commit(Journal, Chain.Started()));
    }

    [Fact]
    public void Privileged_spaces_are_not_served_yet()
    {
        var stores = new Stores(Store);

        Assert.Same(Store, stores.Of(Chain.Harbour, Space.Open));
        Assert.Same(Store, stores.Of(Chain.OfCase().Topic));
        Assert.Throws<NotSupportedException>(() => stores.Of(Chain.Harbour, Space.Privileged));
    }

    protected abstract string CountOfTables { get; }
}

public sealed class OpeningSqlite() : Opening(new SqliteTestDatabase())
{
    protected override string CountOfTables => "select count(*) from sqlite_schema";

    private string Folder => ((SqliteTestDatabase)Database).Folder;

    [Fact]
    public async Task A_folder_that_is_open_already_is_refused_by_name()
    {
        var refused = await Assert.ThrowsAsync<DataFolderInUseException>(() => SqliteStore.Open(Folder));

        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await LockFromAnotherProcess());
        await Store.DisposeAsync();
        Assert.Equal(0, await LockFromAnotherProcess());
        await OpenAnother();
    }

    [Fact]
    public async Task A_folder_that_failed_to_open_is_free_again()
    {
        await Store.DisposeAsync();
        await Run("insert into schema_version (version) values (999)");

        await Assert.ThrowsAsync<SchemaTooNewException>(() => SqliteStore.Open(Folder));

        Assert.Equal(0, await LockFromAnotherProcess());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_makes_it_for_its_owner_only()
    {
        var folder = Path.Combine(Folder, "new");

        await using var store = await SqliteStore.Open(folder);

        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("pragma synchronous = normal", "synchronous")]
    [InlineData("pragma synchronous = off", "synchronous")]
    [InlineData("pragma journal_mode = off", "journal_mode")]
    [InlineData("pragma journal_mode = memory", "journal_mode")]
    public async Task With_commits_that_are_lost_with_the_power_is_refused(string pragma, string named)
    {
        await Store.DisposeAsync();
        using var connection = SqliteWriter.Open(Path.Combine(Folder, "journal.db"));
        using var command = new SqliteCommand(pragma, connection);
        command.ExecuteNonQuery();

        Assert.Contains(named, Assert.Throws<SettingsMakeAcksALieException>(() => SqliteWriter.RefuseUnsafe(connection)).Message, StringComparison.Ordinal);
    }

    // 0 when it gets the lock, 1 when somebody has it.
    private async Task<int> LockFromAnotherProcess()
    {
        using var other = Process.Start("flock", ["--nonblock", Path.Combine(Folder, "lock"), "true"]);
        await other.WaitForExitAsync(Stop);
        return other.ExitCode;
    }
}

public sealed class OpeningPostgres(PrivatePostgres postgres) : Opening(new PostgresTestDatabase(postgres))
{
    protected override string CountOfTables => "select count(*) from information_schema.tables where table_schema = 'public'";

    [Fact]
    public async Task By_many_processes_at_once_makes_the_tables_once()
    {
        await using var database = new PostgresTestDatabase(postgres);
        await (await database.Connect()).DisposeAsync();

        var stores = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => database.Open(), Stop)));

        Assert.Single(stores.Select(s => s.Journal.Epoch).Distinct());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task That_acknowledges_before_it_has_written_is_refused_at_the_start_and_whenever_the_writer_connects()
    {
        await ForThisDatabase("synchronous_commit", "off");

        var refused = await Assert.ThrowsAsync<SettingsMakeAcksALieException>(() => Database.Open());

        Assert.Contains("synchronous_commit", refused.Message, StringComparison.Ordinal);
        await Forget();
        await Assert.ThrowsAsync<SettingsMakeAcksALieException>(async () => await Journal.Append(Chain.OfCase().Next(Chain.Started())));
        await ForThisDatabase("synchronous_commit", "local");
        await Forget();
        await Chain.OfCase().Commit(Journal, Chain.Started());
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task That_does_not_survive_a_loss_of_power_is_refused(string setting)
    {
        // For the whole server, so it needs one of its own.
        await using var unsafeServer = new PrivatePostgres();
        await unsafeServer.InitializeAsync();
        await using (var source = PostgresStore.Source(unsafeServer.ConnectionString))
        await using (var change = source.CreateCommand($"alter system set {setting} = off"))
        {
            await change.ExecuteNonQueryAsync(Stop);
        }
        await unsafeServer.Stop(Ending.Fast);
        await unsafeServer.Start();
        await using var restarted = PostgresStore.Source(unsafeServer.ConnectionString);

        var refused = await Assert.ThrowsAsync<SettingsMakeAcksALieException>(() => PostgresStore.Open(restarted));

        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    // Connections keep the settings that they began with.
    private async Task Forget()
    {
        await Count("select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await Journal.Position(Stop);
    }

    private async Task ForThisDatabase(string setting, string value) =>
        await Run($"do $$ begin execute format('alter database %I set {setting} = {value}', current_database()); end $$");
}
