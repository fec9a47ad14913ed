using Npgsql;

namespace SocialQI.Storage.Postgres;

/// <summary>What PostgreSQL's errors, and the lack of any answer, mean to who asked.</summary>
internal static class PostgresTroubles
{
    /// <summary>What an exception means that came after a statement was sent; null when it says all there is to say, and nothing was written.</summary>
    public static Exception? Of(Exception e) => e switch
    {
        // An error of the statement undid it; anything worse may have come after its commit.
        PostgresException { InvariantSeverity: "ERROR" } answer => Of(answer),
        NpgsqlException or TimeoutException => new OutcomeUnknownException("The connection was lost, or nothing came back in time.", e),
        _ => null,
    };

    private static Exception? Of(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new StorageFullException(answer),
        // Out of memory or connections, told to stop, waited too long for another writer, or a standby: the next one would fare alike.
        ['5', '3' or '7', ..] or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction => new StoreUnavailableException(answer),
        _ => null,
    };
}
