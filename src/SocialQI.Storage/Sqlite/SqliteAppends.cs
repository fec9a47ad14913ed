using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Sqlite;

/// <summary>The statements of an append, prepared once for a connection, to be run inside a transaction.</summary>
internal sealed partial class SqliteAppends : IDisposable
{
    private readonly List<SqliteCommand> all = [];
    private readonly SqliteCommand position, keepPosition, head, keepHead, done, keepDone, addEvent;
    private readonly SqliteCommand forgetPassport, keepPassport, clearAudience, addKey, forgetDue, keepDue, redact, redactCommand;

    public SqliteAppends(SqliteConnection connection)
    {
        Connection = connection;
        position = Prepare("select position from store");
        keepPosition = Prepare("update store set position = @position");
        head = Prepare("select number from head where topic = @topic");
        keepHead = Prepare(
            """
            insert into head (topic, number, hash, contributions) values (@topic, @number, @hash, @contributions) on conflict (topic) do update
            set number = excluded.number, hash = excluded.hash, contributions = contributions + excluded.contributions
            """);
        done = Prepare("select 1 from command where topic = @topic and id = @id");
        keepDone = Prepare("insert into command (topic, id, first, last, digest) values (@topic, @id, @first, @last, @digest)");
        addEvent = Prepare(
            """
            insert into event (position, topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload)
            values (@position, @topic, @number, @kind, @version, @actor, @for, @at, @command, @re, @digest, @hash, @salt, @payload)
            """);
        forgetPassport = Prepare("delete from passport where holder = @holder and holds = @holds");
        keepPassport = Prepare("insert or replace into passport (holder, holds, held_as, since, until) values (@holder, @holds, @as, @since, @until)");
        clearAudience = Prepare("delete from audience where topic = @topic");
        addKey = Prepare("insert or ignore into audience (topic, key) values (@topic, @key)");
        forgetDue = Prepare("delete from due where topic = @topic and key = @key");
        keepDue = Prepare("insert or replace into due (topic, key, at, shard) values (@topic, @key, @at, @shard)");
        redact = Prepare("update event set payload = null, salt = null where topic = @topic and number = @number");
        redactCommand = Prepare(
            "update command set digest = null where topic = @topic and id = (select command from event where topic = @topic and number = @number)");
    }

    public SqliteConnection Connection { get; }

    public long Position() => (long)position.ExecuteScalar()!;

    public void Keep(long newPosition) => Run(keepPosition, newPosition);

    /// <summary>Whether the topic is where the append expects it, and none of its commands was done before.</summary>
    public bool Wins(Append append)
    {
        var topic = append.Topic.ToString();
        return ((long?)Ask(head, topic) ?? 0) == append.Expected && !append.Commands.Any(c => Ask(done, topic, Id(c.Id)) is not null);
    }

    /// <summary>Writes everything of an append, its events at the positions after this one.</summary>
    public void Write(Append append, long after)
    {
        var topic = append.Topic.ToString();
        foreach (var command in append.Commands)
        {
            Run(keepDone, topic, Id(command.Id), command.First, command.Last, command.Digest);
        }
        foreach (var e in append.Events)
        {
            Run(
                addEvent, ++after, topic, e.Number, e.Kind, e.Version, Id(e.By.Value), e.For?.ToString(), e.At.Micros, Id(e.Command), e.Re,
                e.Seal.Digest, e.Seal.Hash, e.Seal.Salt, e.Payload);
            Write(append.Topic, topic, e.Rows);
        }
        var last = append.Events[^1];
        Run(keepHead, topic, last.Number, last.Seal.Hash, append.Events.Sum(e => e.Rows.Contributions));
    }

    public void Dispose() => all.ForEach(c => c.Dispose());

    private void Write(TopicId id, string topic, StoreRows rows)
    {
        foreach (var row in rows.Passports.OrEmpty())
        {
            if (row.As is null)
            {
                Run(forgetPassport, row.Holder, row.Holds);
            }
            else
            {
                Run(keepPassport, row.Holder, row.Holds, row.As, row.From.Micros, row.Until?.Micros);
            }
        }
        if (!rows.Audience.IsDefault)
        {
            Run(clearAudience, topic);
        }
        foreach (var key in rows.Audience.OrEmpty())
        {
            Run(addKey, topic, key);
        }
        foreach (var row in rows.Due.OrEmpty())
        {
            if (row.At is { } at)
            {
                Run(keepDue, topic, row.Key, at.Micros, DueShard.Of(id));
            }
            else
            {
                Run(forgetDue, topic, row.Key);
            }
        }
        if (rows.Redacts is { } number)
        {
            Run(redact, topic, number);
            Run(redactCommand, topic, number);
        }
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct())
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
        command.Prepare();
        all.Add(command);
        return command;
    }

    // Values in the order in which their names first stand in the statement.
    private static object? Ask(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command.ExecuteScalar();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values) => Ask(command, values);

    private static byte[] Id(Guid id) => SqliteDatabase.Bytes(id);

    [GeneratedRegex("@[a-z]+")]
    private static partial Regex Parameter();
}
