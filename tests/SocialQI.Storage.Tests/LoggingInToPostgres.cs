using Npgsql;
using SocialQI.Cases;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Search;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>As which logins the service may come: as one that owns its tables, and one that reads for people; and what it says where that is not so.</summary>
public sealed class LoggingInToPostgres(PrivatePostgres postgres)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_one_that_may_make_no_role_is_refused_until_somebody_makes_it()
    {
        var (database, name) = await Owned("createrole_not");
        await using var source = PostgresStore.Source(As(database, name));

        var refused = await Assert.ThrowsAsync<NoReaderRoleException>(() => PostgresStore.Open(source));
        Assert.Contains($"create role \"{ReaderOf(database)}\" nologin; grant \"{ReaderOf(database)}\" to", refused.Message, StringComparison.Ordinal);

        await Run(database, $"create role \"{ReaderOf(database)}\" nologin; grant \"{ReaderOf(database)}\" to {name}");
        await using var store = await PostgresStore.Open(source);
        await ShowsItsOwnToAda(store);
    }

    [Fact]
    public async Task As_two_reads_for_people_with_the_one_that_may_do_nothing_else()
    {
        var (database, name) = await Owned("owner");
        await Run(database, $"create role \"{ReaderOf(database)}\" nologin; grant \"{ReaderOf(database)}\" to {name}; create role {name}_people login in role \"{ReaderOf(database)}\"");
        await using var source = PostgresStore.Source(As(database, name));
        await using var people = PostgresStore.Source(As(database, name + "_people"));
        await using var store = await PostgresStore.Open(source, readers: people);

        await ShowsItsOwnToAda(store);
        await using var journal = people.CreateCommand("select count(*) from event");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => journal.ExecuteScalarAsync(Stop))).SqlState);
        await using var texts = people.CreateCommand("select count(*) from search_text");
        Assert.Equal(0L, await texts.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task With_a_second_one_that_may_do_more_or_less_is_refused()
    {
        var (database, name) = await Owned("ordinary");
        await Run(database, $"create role \"{ReaderOf(database)}\" nologin; grant \"{ReaderOf(database)}\" to {name}; create role {name}_stranger login");
        await using var source = PostgresStore.Source(As(database, name));
        await using var stranger = PostgresStore.Source(As(database, name + "_stranger"));

        Assert.Contains("may read the journal too", (await Assert.ThrowsAsync<NoReaderRoleException>(() => PostgresStore.Open(source, readers: source))).Message, StringComparison.Ordinal);
        Assert.Contains("may not step down", (await Assert.ThrowsAsync<NoReaderRoleException>(() => PostgresStore.Open(source, readers: stranger))).Message, StringComparison.Ordinal);
    }

    // A database whose owner is an ordinary login.
    private async Task<(string Database, string Name)> Owned(string name)
    {
        var database = await postgres.CreateDatabase();
        await Run(database, $"create role {name} login; grant all on schema public to {name}");
        return (database, name);
    }

    private static string As(string database, string name) => new NpgsqlConnectionStringBuilder(database) { Username = name }.ToString();

    private static string ReaderOf(string database) => "socialqi_reader_" + new NpgsqlConnectionStringBuilder(database).Database;

    private static async Task Run(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task ShowsItsOwnToAda(Store store)
    {
        var chain = OfCase();
        await chain.Commit(store.Journal, Started());
        await store.Tables.KeepLists("lists", 1, ListRows.None with { Cases = [new(chain.Topic, Noon, Ada, new("Lactate", "", null), CaseStage.Draft, false)] }, Stop);
        await store.Tables.KeepSearch("search", 1, [new(chain.Topic, SearchRow.Case, null, FoundKind.Case, Ada, Noon, "Lactate")], Stop);
        foreach (var (person, count) in new[] { (Ada, 1), (Ben, 0) })
        {
            Reader reader = new(person, [Audience.Person(Ada)]);
            Assert.Equal(count, (await store.Tables.Cases(reader, new(), new(), Stop)).Lines.Length);
            Assert.Equal(count, (await store.Tables.Search(reader, new(["lactate"], []), new(), Stop)).Lines.Length);
        }
    }
}
