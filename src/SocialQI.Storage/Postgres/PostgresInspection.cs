using Npgsql;
using SocialQI.Storage.Inspecting;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>Looks at a PostgreSQL database without changing it, also while a cluster serves from it.</summary>
public static class PostgresInspection
{
    /// <summary>The name of not reaching it at all.</summary>
    public const string Unreachable = "database-unreachable";

    private const int VersionMin = 15;
    private const int ConnectionsOfNode = 20;
    private const int NodesMin = 3;
    private static readonly TimeSpan ClocksApartMax = TimeSpan.FromSeconds(1);

    public static async Task<Inspection> Of(NpgsqlDataSource source, TimeProvider clock, CancellationToken stop)
    {
        var known = Schema.Newest("Postgres");
        try
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            await connection.Run("set default_transaction_read_only = on", stop);
            var schema = await Exists(connection, "schema_version", stop) ? await Number(connection, "select coalesce(max(version), 0)::bigint from schema_version", stop) : 0;
            var position = schema == 0 ? 0 : await Number(connection, "select position from store", stop);
            var ailments = await Ailments(connection, clock, stop);
            if (schema > known)
            {
                ailments.Add(new("schema-too-new", true, new SchemaTooNewException((int)schema, known).Message));
            }
            return new((int)schema, known, position, ailments, await Silos(connection, stop));
        }
        catch (NpgsqlException e)
        {
            return new(0, known, 0, [new(Unreachable, true, $"PostgreSQL cannot be reached, or does not let this service in: {e.Message}")], []);
        }
    }

    private static async Task<List<Ailment>> Ailments(NpgsqlConnection connection, TimeProvider clock, CancellationToken stop)
    {
        var settings = (await connection.All("select name, setting from pg_settings", row => (row.GetString(0), row.GetString(1)), stop)).ToDictionary(s => s.Item1, s => s.Item2);
        var ailments = new List<Ailment>();
        foreach (var lie in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            Mind($"{lie.Replace('_', '-')}-off", settings[lie] == "off", true, new SettingsMakeAcksALieException(lie, "off", "on").Message);
        }
        Mind("version-old", connection.PostgreSqlVersion.Major < VersionMin, true, $"PostgreSQL {connection.PostgreSqlVersion} is older than {VersionMin}, the oldest this program was tried with.");
        Mind("checksums-off", settings["data_checksums"] == "off", false, "The database has no checksums of its pages: what a disk changes is found only by audit verify. pg_checksums --enable, while it is stopped.");
        Mind("archive-off", settings["archive_mode"] == "off", false, "archive_mode is off: what came after the last base backup is lost with the disk. See backups in deploy/README.md.");
        Mind("encoding", settings["server_encoding"] != "UTF8", true, $"The database's encoding is {settings["server_encoding"]}: not every text that people write can be kept. Make it anew with UTF8.");
        Mind(
            "connections-few", int.Parse(settings["max_connections"], System.Globalization.CultureInfo.InvariantCulture) < ConnectionsOfNode * NodesMin, false,
            $"max_connections is {settings["max_connections"]}: three nodes take up to {ConnectionsOfNode * NodesMin}. Raise it, or give Maximum Pool Size in SocialQI:Postgres.");
        Mind("standby", await Flag(connection, "select pg_is_in_recovery()", stop), true, "This server is a standby and takes no writes. Name the primary in SocialQI:Postgres.");
        Mind(
            "login-superuser", await Flag(connection, "select rolsuper from pg_roles where rolname = current_user", stop), false,
            "The service's login is a superuser, whom no policy of the database holds back. Give it a login that owns its tables and no more: see deploy/README.md.");
        Mind(
            "database-in-the-clear", !await Flag(connection, "select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) or inet_server_addr() is null or inet_server_addr() << '127.0.0.0/8' or inet_server_addr() = '::1'", stop), true,
            "What goes to the database goes over the network in the clear. Add SSL Mode=VerifyFull to SocialQI:Postgres.");
        var now = await connection.First("select clock_timestamp()", row => row.GetFieldValue<DateTimeOffset>(0), stop);
        var apart = (clock.GetUtcNow() - now).Duration();
        Mind("clocks-apart", apart > ClocksApartMax, false, $"This machine's clock and the database's are {apart.TotalSeconds:0.0} s apart. Let both follow a time server.");
        return ailments;

        void Mind(string name, bool isSo, bool isGrave, string words)
        {
            if (isSo)
            {
                ailments.Add(new(name, isGrave, words));
            }
        }
    }

    private static async Task<IReadOnlyList<MemberSilo>> Silos(NpgsqlConnection connection, CancellationToken stop)
    {
        const int active = 3;
        return await Exists(connection, "orleansmembershiptable", stop)
            ? await connection.All(
                $"select address, port, hostname, iamalivetime from orleansmembershiptable where status = {active} order by address, port",
                row => new MemberSilo(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)), stop)
            : [];
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string table, CancellationToken stop) => await Flag(connection, $"select to_regclass('{table}') is not null", stop);

    private static async Task<bool> Flag(NpgsqlConnection connection, string sql, CancellationToken stop) => await connection.First(sql, row => row.GetBoolean(0), stop);

    private static async Task<long> Number(NpgsqlConnection connection, string sql, CancellationToken stop) => await connection.First(sql, row => row.GetInt64(0), stop);
}
