using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SocialQI.Storage.Sqlite;

/// <summary>What SQLite's errors mean to who asked.</summary>
internal static class SqliteTroubles
{
    /// <summary>With less free than this, an error of input or output is a full disk: SQLite then fails to make room for its index of the log.</summary>
    private const long FreeBytesMin = 1024 * 1024;

    /// <summary>Null when the error says all there is to say.</summary>
    public static Exception? Of(SqliteException e, bool isCommitting, string file) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StorageFullException(e),
        raw.SQLITE_IOERR when e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => new StorageFullException(e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreUnavailableException(e),
        // The last page may have reached the disk although the flush failed.
        raw.SQLITE_IOERR when isCommitting => new OutcomeUnknownException("The disk failed while it was committing.", e),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN when IsFull(file) => new StorageFullException(e),
        _ => null,
    };

    private static bool IsFull(string file) => new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace < FreeBytesMin;
}
