using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SocialQI.Storage.Sqlite;

/// <summary>Connections of the Orleans providers. Snapshots hold case histories: what is deleted is overwritten.</summary>
internal sealed class OrleansTables(string folder) : DbDataSource
{
    private const int ScrubbingsMax = 50;
    private static readonly TimeSpan untilScrubbedAgain = TimeSpan.FromMilliseconds(100);

    public override string ConnectionString { get; } = In(folder);

    public static string In(string folder) => new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "orleans.db") }.ToString();

    /// <summary>Empties the write-ahead log, which holds pages as they once were. Whoever reads just then puts it off, to the next time if need be.</summary>
    public static async Task Scrub(string folder)
    {
        for (var i = 0; i < ScrubbingsMax && !TryScrub(folder); i++)
        {
            await Task.Delay(untilScrubbedAgain);
        }
    }

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Open)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "pragma secure_delete = on";
                command.ExecuteNonQuery();
            }
        };
        return connection;
    }

    private static bool TryScrub(string folder)
    {
        try
        {
            using var connection = new SqliteConnection(In(folder));
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            return (long)command.ExecuteScalar()! == 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
