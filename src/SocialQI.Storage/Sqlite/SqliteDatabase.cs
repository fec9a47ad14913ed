using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Sqlite;

/// <summary>A file, read on pooled connections and written on one.</summary>
internal sealed class SqliteDatabase(string file, SqliteWriter writer, FileStream folderLock) : IDatabase
{
    private readonly string reading =
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 5 }.ToString();

    // SQLite blocks its caller, and a pool of threads all of which it blocks serves nobody else.
    private readonly SemaphoreSlim readers = new(2 * Environment.ProcessorCount);
    private readonly SemaphoreSlim writers = new(1);

    public async ValueTask<T> Read<T>(Func<DbConnection, Task<T>> read, CancellationToken stop)
    {
        await readers.WaitAsync(stop);
        try
        {
            return await Task.Run(
                async () =>
                {
                    await using var connection = new SqliteConnection(reading);
                    connection.Open();
                    return await read(connection);
                },
                stop);
        }
        finally
        {
            readers.Release();
        }
    }

    // One file, one process, one login: there is no second wall to put up.
    public ValueTask<T> ReadFor<T>(ClinicianId reader, Func<DbConnection, Task<T>> read, CancellationToken stop) => Read(read, stop);

    public async ValueTask Write(Func<DbConnection, Task> write, CancellationToken stop)
    {
        await writers.WaitAsync(stop);
        try
        {
            // Everything on this connection ends before it returns: there is nothing to wait for.
            await Task.Run(() => writer.InTransaction(connection => Finished(write(connection))), stop);
        }
        finally
        {
            writers.Release();
        }
    }

    public string In(string parameter) => $"in (select value from json_each({parameter}))";

    public object List(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);

    public IWordIndex Words { get; } = new Fts5();

    public string Cases => "(select l.*, h.number, h.contributions from case_list l join head h on h.topic = l.topic) l";

    public string Seen(string table) => table;

    public string WrittenActs => "event";

    public string ClosedBallots =>
        "(select h.topic from head h join event e on e.topic = h.topic and e.number = h.number where h.topic like 'ballot.%' and e.kind in ('ballot-closed', 'ballot-admitted'))";

    public object Id(Guid id) => Bytes(id);

    public Guid IdAt(DbDataReader row, int column) => IdIn(row, column);

    public static Guid IdIn(DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>As the id is written, so that it can be found by who looks into the file.</summary>
    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>After the writer has ended: it is the last to let the file go.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new SqliteConnection(reading))
        {
            SqliteConnection.ClearPool(connection);
        }
        await folderLock.DisposeAsync();
        readers.Dispose();
        writers.Dispose();
    }

    private static bool Finished(Task task)
    {
        task.GetAwaiter().GetResult();
        return true;
    }
}
