using System.Data.Common;

namespace SocialQI.Storage.Sql;

/// <summary>What SQLite and PostgreSQL do not do alike. All else is said once, in SQL that both understand.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Reads on a connection of its own, never blocking the caller's thread.</summary>
    ValueTask<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken stop);

    /// <summary>The same for one person: where the database can tell whose a row is, none but theirs are there.</summary>
    ValueTask<T> ReadFor<T>(ClinicianId reader, Func<DbConnection, Task<T>> read, CancellationToken stop);

    /// <summary>Writes in one transaction.</summary>
    /// <exception cref="StorageFullException">Nothing was written.</exception>
    ValueTask Write(Func<DbConnection, Task> write, CancellationToken stop);

    /// <summary>What, after a column, asks whether it is in a list given as this parameter.</summary>
    string In(string parameter);

    /// <summary>A list as the value of such a parameter.</summary>
    object List(IEnumerable<string> texts);

    /// <summary>The words of texts.</summary>
    IWordIndex Words { get; }

    /// <summary>Where the lines of cases (<c>l</c>) stand together with the numbers of their heads.</summary>
    string Cases { get; }

    /// <summary>The people of the directory, or what they hold, for who reads for a person and looks for them by more than a key.</summary>
    string Seen(string table);

    /// <summary>Where the headers of events stand for who reads them as acts.</summary>
    string WrittenActs { get; }

    /// <summary>The ballots that are closed, by topic: while one is open the record of acts is silent about it.</summary>
    string ClosedBallots { get; }

    /// <summary>An id as the value of a parameter.</summary>
    object Id(Guid id);

    /// <summary>An id in a row.</summary>
    Guid IdAt(DbDataReader row, int column);
}
