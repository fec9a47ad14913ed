using System.Data.Common;
using Npgsql;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>The role that reads for one person, behind the policies of the schema.</summary>
internal static class PostgresWall
{
    private const string Name = "left('socialqi_reader_' || current_database(), 63)";

    /// <summary>All that it may read. Not the journal.</summary>
    private const string Readable =
        "audience, head, case_list, outcome_list, rounds_list, panel_list, search_text, seen_text, seen_case, seen_topic, seen_person_list, seen_passport, community_list, institution_list, person_list, passport, followed, read_position, session, account, audit, written_act, closed_ballot";

    /// <summary>Makes the role where there is none, and lets it read what it may. One for each database of a server: no other service's steps down to it.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="NoReaderRoleException">The service's login may not make it, or not step down to it.</exception>
    public static async Task<string> Raise(NpgsqlConnection connection, CancellationToken stop = default)
    {
        var (role, isThere, isOurs) = await connection.First(
            $"""
            select n.name, r.oid is not null, coalesce(pg_has_role(current_user, r.oid, 'member'), false)
            from (select {Name} as name) n left join pg_roles r on r.rolname = n.name
            """,
            row => (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2)), stop);
        var quoted = Quoted(role);
        try
        {
            if (!isThere)
            {
                await connection.Run($"create role {quoted} nologin", stop);
            }
            if (!isOurs)
            {
                await connection.Run($"grant {quoted} to current_user", stop);
            }
            var schema = Quoted((await connection.First("select current_schema()", row => row.GetString(0), stop))!);
            await connection.Run($"grant usage on schema {schema} to {quoted}; grant select on {Readable} to {quoted}; set local role {quoted}; set local role none", stop);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedObject)
        {
            throw new NoReaderRoleException(
                "The service reads for people as a role of its own, which its login may not make or not step down to. "
                + $"Once, as a superuser of PostgreSQL: create role {quoted} nologin; grant {quoted} to the service's login.", e);
        }
        return role;
    }

    /// <summary>Steps down once, on a connection of a login that is there for nothing else.</summary>
    /// <exception cref="NoReaderRoleException">It may not, or it is no less than the service's own.</exception>
    public static async Task Try(NpgsqlDataSource readers, string role)
    {
        await using var connection = await readers.OpenConnectionAsync();
        var mayMore = await connection.First(
            "select r.rolsuper or r.rolbypassrls or coalesce(has_table_privilege(to_regclass('event'), 'select'), false) from pg_roles r where r.rolname = current_user", row => row.GetBoolean(0), default);
        if (mayMore)
        {
            throw new NoReaderRoleException("The login that reads for people may read the journal too. Give it the reader's role, and nothing else.", null);
        }
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            await connection.Run($"set local role {Quoted(role)}", default);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidParameterValue)
        {
            throw new NoReaderRoleException($"The login that reads for people may not step down to the reader's role. Once, as a superuser of PostgreSQL: grant {Quoted(role)} to that login.", e);
        }
    }

    /// <summary>For the rest of the transaction the connection is this person's: it reads what they may see, and writes nothing.</summary>
    public static Task StepDown(DbConnection connection, string role, ClinicianId reader, CancellationToken stop) => connection.First(
        """
        select set_config('socialqi.reader', @reader, true), set_config('socialqi.keys', reader_keys(@reader)::text, true),
            set_config('socialqi.homes', coalesce(reader_homes(@reader)::text, ''), true), set_config('role', @role, true), set_config('transaction_read_only', 'on', true)
        """,
        row => row.GetString(0), stop, ("role", role), ("reader", reader.ToString()));

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>There is no role to read with for one person, or a login that cannot use it.</summary>
public sealed class NoReaderRoleException(string message, Exception? inner) : Exception(message, inner);
