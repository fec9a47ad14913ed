using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Audit;

/// <summary>The chains of one writer: how far each is, by home. The first row of each names nothing before it.</summary>
internal sealed class AuditChains
{
    private readonly string writer = Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, (long Number, byte[] Hash)> heads = [];

    /// <summary>What the next rows would be. The chains stay where they are until <see cref="Keep"/>.</summary>
    public List<SealedRow> Next(IReadOnlyList<WaitingAct> acts)
    {
        var moved = new Dictionary<string, (long Number, byte[] Hash)>();
        var rows = new List<SealedRow>(acts.Count);
        foreach (var act in acts)
        {
            var home = act.Entry.Home.ToString();
            var (number, before) = moved.TryGetValue(home, out var head) || heads.TryGetValue(home, out head) ? head : (0, Sealing.Start);
            var row = AuditRow.Of(act.Entry, writer, number + 1, act.At);
            rows.Add(new(row, row.Hash(before)));
            moved[home] = (row.Number, rows[^1].Hash);
        }
        return rows;
    }

    /// <summary>They were written.</summary>
    public void Keep(IEnumerable<SealedRow> rows)
    {
        foreach (var (row, hash) in rows)
        {
            heads[row.Home] = (row.Number, hash);
        }
    }
}

/// <summary>A row with its link in the chain.</summary>
internal sealed record SealedRow(AuditRow Row, byte[] Hash);

/// <summary>Adds rows.</summary>
internal static class AuditInsert
{
    // SQLite looks a parameter up by its name among all others: many rows in a statement cost more than many statements.
    private const int RowsAtOnce = 10;

    private static readonly int Width = AuditRow.Columns.Count(c => c == ',') + 2;
    private static readonly string[] Statements = [.. Enumerable.Range(1, RowsAtOnce).Select(Sql)];

    public static async Task Add(DbConnection connection, IEnumerable<SealedRow> rows, CancellationToken stop)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await connection.Run(Statements[some.Length - 1], stop, Values(some));
        }
    }

    private static string Sql(int rows) =>
        $"insert into audit ({AuditRow.Columns}, hash) values " + string.Join(", ", Enumerable.Range(0, rows).Select(Places));

    private static (string Name, object? Value)[] Values(SealedRow[] rows) =>
        [.. rows.SelectMany((row, i) => row.Row.Values().Append(row.Hash).Select((value, column) => (Name(i, column), value)))];

    private static string Places(int row) => "(" + string.Join(", ", Enumerable.Range(0, Width).Select(column => "@" + Name(row, column))) + ")";

    private static string Name(int row, int column) => $"p{row}_{column}";
}
