using Microsoft.Data.Sqlite;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Sqlite;

/// <summary>The statements of an append, prepared once for a connection, to be run inside a transaction.</summary>
internal sealed class SqliteAppends : IDisposable
{
    private readonly List<SqliteStatement> all = [];
    private readonly SqliteStatement position, keepPosition, isDone, keepDone, moveHead, addEvent;
    private readonly SqliteStatement forgetPassport, keepPassport, clearAudience, addKey, forgetDue, keepDue, redact, redactCommand;
    private readonly SqliteStatement useImage, keepImage, hideImages, destroyImages, forgetImages;
    private readonly SqliteStatement hide, showImages;

    public SqliteAppends(SqliteConnection connection)
    {
        Connection = connection;
        position = Prepare("select position from store");
        keepPosition = Prepare("update store set position = ?1");
        isDone = Prepare("select 1 from command where id = ?2 and topic = ?1");
        keepDone = Prepare("insert into command (topic, id, first, last, digest) values (?1, ?2, ?3, ?4, ?5)");
        // Changes one row when the topic is where the append expects it, else none.
        moveHead = Prepare(
            """
            insert into head (topic, number, hash, contributions) select ?1, ?2, ?3, ?4 where ?5 = 0 or exists (select 1 from head where topic = ?1)
            on conflict (topic) do update set number = ?2, hash = ?3, contributions = contributions + ?4 where number = ?5
            """);
        addEvent = Prepare(
            """
            insert into event (position, topic, number, kind, version, actor, acting_for, at, command, re, digest, hash, salt, payload)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """);
        forgetPassport = Prepare("delete from passport where holder = ?1 and holds = ?2");
        keepPassport = Prepare("insert or replace into passport (holder, holds, held_as, since, until) values (?1, ?2, ?3, ?4, ?5)");
        clearAudience = Prepare("delete from audience where topic = ?1");
        addKey = Prepare("insert or ignore into audience (topic, key) values (?1, ?2)");
        forgetDue = Prepare("delete from due where topic = ?1 and key = ?2");
        keepDue = Prepare("insert or replace into due (topic, key, at, shard) values (?1, ?2, ?3, ?4)");
        redact = Prepare("update event set payload = null, salt = null where topic = ?1 and number = ?2");
        redactCommand = Prepare(
            "update command set digest = null where topic = ?1 and id = (select command from event where topic = ?1 and number = ?2)");
        useImage = Prepare("insert into image_use (topic, number, hash, shown) values (?1, ?2, ?3, 1)");
        keepImage = Prepare("update image set waiting_since = null where topic = ?1 and hash = ?2");
        hideImages = Prepare("update image_use set shown = 0 where topic = ?1 and number = ?2");
        destroyImages = Prepare(
            """
            delete from image where topic = ?1 and hash in (select hash from image_use where topic = ?1 and number = ?2)
            and not exists (select 1 from image_use o where o.topic = ?1 and o.hash = image.hash and o.number <> ?2)
            """);
        hide = Prepare("update event set hidden = ?3 where topic = ?1 and (number = ?2 or (re = ?2 and kind = 'contribution-edited'))");
        showImages = Prepare("update image_use set shown = 1 where topic = ?1 and number = ?2");
        forgetImages = Prepare("delete from image_use where topic = ?1 and number = ?2");
    }

    public SqliteConnection Connection { get; }

    public long Position() => position.Ask()!.Value;

    public void Keep(long newPosition) => keepPosition.Run(newPosition);

    /// <summary>
    /// Writes everything of an append, its events at the positions after this one. False, with nothing written, when the topic is not where the
    /// append expects it or one of its commands was done before.
    /// </summary>
    public bool TryWrite(Append append, long after)
    {
        var topic = append.Topic.ToString();
        var last = append.Events[^1];
        if (append.Commands.Any(c => isDone.Ask(topic, Id(c.Id)) is not null)
            || moveHead.Run(topic, last.Number, last.Seal.Hash, append.Events.Sum(e => e.Rows.Contributions), append.Expected) == 0)
        {
            return false;
        }
        foreach (var command in append.Commands)
        {
            keepDone.Run(topic, Id(command.Id), command.First, command.Last, command.Digest);
        }
        foreach (var (e, hash) in append.Events.SelectMany(e => e.Rows.Images.OrEmpty(), (e, hash) => (e, hash.ToString())))
        {
            // Before any redaction of the same append: what shows an image, shows it.
            useImage.Run(topic, e.Number, hash);
            keepImage.Run(topic, hash);
        }
        foreach (var e in append.Events)
        {
            addEvent.Run(
                ++after, topic, e.Number, e.Kind, e.Version, Id(e.By.Value), e.For?.ToString(), e.At.Micros, Id(e.Command), e.Re,
                e.Seal.Digest, e.Seal.Hash, e.Seal.Salt, e.Payload);
            Write(append.Topic, topic, e.Rows);
        }
        return true;
    }

    public void Dispose() => all.ForEach(s => s.Dispose());

    private void Write(TopicId id, string topic, StoreRows rows)
    {
        foreach (var row in rows.Passports.OrEmpty())
        {
            if (row.As is null)
            {
                forgetPassport.Run(row.Holder, row.Holds);
            }
            else
            {
                keepPassport.Run(row.Holder, row.Holds, row.As, row.From.Micros, row.Until?.Micros);
            }
        }
        if (!rows.Audience.IsDefault)
        {
            clearAudience.Run(topic);
        }
        foreach (var key in rows.Audience.OrEmpty())
        {
            addKey.Run(topic, key);
        }
        foreach (var row in rows.Due.OrEmpty())
        {
            if (row.At is { } at)
            {
                keepDue.Run(topic, row.Key, at.Micros, DueShard.Of(id));
            }
            else
            {
                forgetDue.Run(topic, row.Key);
            }
        }
        if (rows.Redacts is { } number)
        {
            Redact(topic, number);
        }
        if (rows.Withdraws is { } withdrawn)
        {
            hideImages.Run(topic, withdrawn);
        }
        Hide(topic, rows);
    }

    private void Hide(string topic, StoreRows rows)
    {
        if (rows.Hides is { } hidden)
        {
            hide.Run(topic, hidden, 1L);
            hideImages.Run(topic, hidden);
        }
        if (rows.Restores is { } restored)
        {
            hide.Run(topic, restored, 0L);
            showImages.Run(topic, restored);
        }
    }

    private void Redact(string topic, long number)
    {
        redact.Run(topic, number);
        redactCommand.Run(topic, number);
        destroyImages.Run(topic, number);
        forgetImages.Run(topic, number);
    }

    private SqliteStatement Prepare(string sql)
    {
        all.Add(new SqliteStatement(Connection, sql));
        return all[^1];
    }

    private static byte[] Id(Guid id) => SqliteDatabase.Bytes(id);
}
