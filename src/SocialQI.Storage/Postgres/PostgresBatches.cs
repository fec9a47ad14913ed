using Npgsql;

namespace SocialQI.Storage.Postgres;

/// <summary>Commits batches on one connection that is kept, and made again when it broke: one statement and one round trip each.</summary>
internal sealed class PostgresBatches(NpgsqlDataSource source) : ICommitBatches
{
    private const int TimeoutSeconds = 5;

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;

    public AppendOutcome[] Commit(IReadOnlyList<Append> batch)
    {
        Connect();
        try
        {
            var columns = BatchColumns.Of(batch);
            for (var i = 0; i < columns.Length; i++)
            {
                append!.Parameters[i].Value = columns[i];
            }
            // Returns when the server is ready again, which it says after the commit.
            var lost = (string[])append!.ExecuteScalar()!;
            return [.. batch.Select(a => lost.Contains(a.Topic.ToString()) ? AppendOutcome.Lost : AppendOutcome.Committed)];
        }
        catch (Exception e) when (PostgresTroubles.Of(e) is { } trouble)
        {
            if (trouble is OutcomeUnknownException)
            {
                Lose();
            }
            throw trouble;
        }
    }

    // What is left of redacted text goes with PostgreSQL's own vacuum.
    public bool Tidy() => true;

    public void Dispose() => Disconnect();

    private void Connect()
    {
        if (connection is { State: System.Data.ConnectionState.Open })
        {
            return;
        }
        Lose();
        try
        {
            // The data source may be more patient than those who wait for this thread. It has no synchronous way to say how long.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds));
            connection = source.OpenConnectionAsync(patience.Token).AsTask().GetAwaiter().GetResult();
            Prepare(connection);
        }
        catch (SettingsMakeAcksALieException)
        {
            Lose();
            throw;
        }
        catch (Exception e)
        {
            Lose();
            throw new StoreUnavailableException(e);
        }
    }

    private void Prepare(NpgsqlConnection connection)
    {
        // The server gives up before the client does, so that an outcome is seldom unknown. The plan is made while the tables may still be
        // empty, and must be the one for large ones.
        using (var settings = new NpgsqlCommand(
            """
            set statement_timeout = '4s'; set idle_in_transaction_session_timeout = '5s'; set default_transaction_isolation = 'read committed';
            set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off; set plan_cache_mode = force_generic_plan
            """,
            connection))
        {
            settings.ExecuteNonQuery();
        }
        PostgresSettings.RefuseUnsafe(connection);
        var places = string.Join(", ", BatchColumns.Types.Select((_, i) => $"${i + 1}"));
        append = new NpgsqlCommand($"select append_events({places})", connection) { CommandTimeout = TimeoutSeconds };
        append.Parameters.AddRange(BatchColumns.Types.Select(type => new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | type }).ToArray());
        append.Prepare();
    }

    // What broke this connection broke the others of the pool too, most likely: without this each would fail somebody once.
    private void Lose()
    {
        Disconnect();
        source.Clear();
    }

    private void Disconnect()
    {
        append?.Dispose();
        connection?.Dispose();
        (append, connection) = (null, null);
    }
}
