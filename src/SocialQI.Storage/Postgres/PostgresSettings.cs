using Npgsql;

namespace SocialQI.Storage.Postgres;

/// <summary>The settings without which a commit is no promise.</summary>
internal static class PostgresSettings
{
    /// <summary>Asked on each of the writer's connections: a role or a database may have its own.</summary>
    /// <exception cref="SettingsMakeAcksALieException">A commit would not survive a loss of power.</exception>
    public static void RefuseUnsafe(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'", connection);
        using var unsafeOne = command.ExecuteReader();
        if (unsafeOne.Read())
        {
            throw new SettingsMakeAcksALieException(unsafeOne.GetString(0), unsafeOne.GetString(1), "on");
        }
    }
}
