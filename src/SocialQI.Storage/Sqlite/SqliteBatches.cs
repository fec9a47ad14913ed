using Microsoft.Data.Sqlite;

namespace SocialQI.Storage.Sqlite;

/// <summary>Commits batches with statements that stay prepared on the writer's connection.</summary>
internal sealed class SqliteBatches(SqliteWriter writer) : ICommitBatches
{
    private SqliteAppends? statements;
    private bool mustTruncate;

    public AppendOutcome[] Commit(IReadOnlyList<Append> batch)
    {
        var outcomes = writer.InTransaction(connection => Write(On(connection), batch));
        mustTruncate |= batch.Where((_, i) => outcomes[i] == AppendOutcome.Committed).Any(a => a.Events.Any(e => e.Rows.Redacts is not null));
        return outcomes;
    }

    public bool Tidy()
    {
        mustTruncate = mustTruncate && !writer.Truncate();
        return !mustTruncate;
    }

    public void Dispose()
    {
        statements?.Dispose();
        writer.Dispose();
    }

    private static AppendOutcome[] Write(SqliteAppends statements, IReadOnlyList<Append> batch)
    {
        var before = statements.Position();
        var position = before;
        var outcomes = new AppendOutcome[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var isWritten = statements.TryWrite(batch[i], position);
            outcomes[i] = isWritten ? AppendOutcome.Committed : AppendOutcome.Lost;
            position += isWritten ? batch[i].Events.Count : 0;
        }
        if (position > before)
        {
            statements.Keep(position);
        }
        return outcomes;
    }

    private SqliteAppends On(SqliteConnection connection)
    {
        if (statements?.Connection != connection)
        {
            statements?.Dispose();
            statements = new SqliteAppends(connection);
        }
        return statements;
    }
}
