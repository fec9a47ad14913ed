using System.Text;
using SocialQI.Cases;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class Redacting(ITestDatabase database) : StoreContract(database)
{
    [Fact]
    public async Task Destroys_the_payload_and_the_salt_and_leaves_the_rest()
    {
        var chain = OfCase();
        var before = (await chain.Commit(Journal, Started(), Said("John Doe, 47"), Said("Stays"))).Events;
        await chain.Commit(Journal, Redacted(2));

        var read = await Journal.Read(chain.Topic, 1, 10, Stop);

        Assert.Null(read[1].Payload);
        Assert.Equal(before[1].Seal.Hash, read[1].Hash);
        Assert.Equal((before[1].Kind, before[1].At), (read[1].Kind, read[1].At));
        Assert.Equal(before[2].Payload, read[2].Payload);
        Assert.Equal(1, await Count("select count(*) from event where salt is null and payload is null"));
    }

    [Fact]
    public async Task Destroys_the_digest_of_the_command_that_brought_the_text_and_of_no_other()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        var said = await chain.Commit(Journal, Said("John Doe, 47"));
        var other = await chain.Commit(Journal, Said("Stays"));
        var redacting = await chain.Commit(Journal, Redacted(2));

        Assert.Null((await Journal.Done(chain.Topic, said.Commands[0].Id, Stop))!.Digest);
        Assert.NotNull((await Journal.Done(chain.Topic, other.Commands[0].Id, Stop))!.Digest);
        Assert.NotNull((await Journal.Done(chain.Topic, redacting.Commands[0].Id, Stop))!.Digest);
        Assert.Equal([false, false, true, false], (await Journal.DoneLately(chain.Topic, 10, Stop)).Select(c => c.Digest is null));
    }

    [Fact]
    public async Task Leaves_a_chain_that_still_verifies()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("John Doe, 47"), new ContributionEdited(2, "John D."), Said("Stays"));
        await chain.Commit(Journal, Redacted(2), Redacted(3));

        var hash = Sealing.Start;
        foreach (var (stored, digest) in (await Journal.Read(chain.Topic, 1, 10, Stop)).Zip(await Digests(chain.Topic)))
        {
            hash = Sealing.Hash(hash, chain.Topic, stored.Number, stored.Kind, stored.Version, stored.At, stored.By, stored.For, stored.Re, digest);
            Assert.Equal(hash, stored.Hash);
        }
        Assert.Equal(hash, (await Journal.Head(chain.Topic, Stop))!.Hash);
    }

    [Fact]
    public async Task That_loses_destroys_nothing()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("Stays"));
        var late = new Chain(chain.Topic);
        late.MoveTo(new TopicHeadRow(1, Sealing.Start, 0));

        Assert.Equal(AppendOutcome.Lost, await Journal.Append(late.Next(Redacted(2))));

        Assert.NotNull((await Journal.Read(chain.Topic, 2, 1, Stop))[0].Payload);
    }

    [Fact]
    public async Task In_one_topic_leaves_the_same_number_of_another()
    {
        var (chain, other) = (OfCase(), OfCase());
        await chain.Commit(Journal, Started(), Said("John Doe, 47"));
        await other.Commit(Journal, Started(), Said("Stays"));

        await chain.Commit(Journal, Redacted(2));

        Assert.NotNull((await Journal.Read(other.Topic, 2, 1, Stop))[0].Payload);
    }

    protected static TextRedacted Redacted(long number) => new(number, "contribution-posted", RedactionGround.Identifiers);

    private async Task<List<byte[]>> Digests(TopicId topic)
    {
        await using var connection = await Database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select digest from event where topic = '{topic}' order by number";
        await using var row = await command.ExecuteReaderAsync(Stop);
        var all = new List<byte[]>();
        while (await row.ReadAsync(Stop))
        {
            all.Add(row.GetFieldValue<byte[]>(0));
        }
        return all;
    }
}

public sealed class RedactingInPostgres(PrivatePostgres postgres) : Redacting(new PostgresTestDatabase(postgres));

public sealed class RedactingInSqlite() : Redacting(new SqliteTestDatabase())
{
    // Short enough for a page, and too long for one.
    private static readonly string[] secrets = ["Jonathan Smith of 12 Elm Street", string.Concat(Enumerable.Range(0, 2_000).Select(i => $"Elm{i:D4} "))];

    [Fact]
    public async Task Leaves_the_text_in_none_of_the_files()
    {
        var chain = await Tell(secrets);
        Assert.All(secrets, secret => Assert.True(IsInFiles(secret[..20])));

        await chain.Commit(Journal, Redacted(3), Redacted(4));

        // The writer clears up before it takes what comes next.
        await chain.Commit(Journal, Said("Next"));
        Assert.All(secrets, secret => Assert.False(IsInFiles(secret[..20])));
        Assert.False(IsInFiles("Elm1999"));
    }

    [Fact]
    public async Task Waits_for_a_reader_before_the_last_copy_goes()
    {
        var chain = await Tell(secrets);
        await using (var reader = await Database.Connect())
        {
            await using var command = reader.CreateCommand();
            command.CommandText = "begin; select count(*) from event";
            await command.ExecuteScalarAsync(Stop);

            await chain.Commit(Journal, Redacted(3), Redacted(4));
            await chain.Commit(Journal, Said("Next"));
            Assert.True(IsInFiles(secrets[0]));
        }

        await chain.Commit(Journal, Said("Next"));
        await chain.Commit(Journal, Said("Next"));
        Assert.All(secrets, secret => Assert.False(IsInFiles(secret[..20])));
    }

    [Fact]
    public async Task Is_finished_at_the_next_start_when_the_process_ended_in_between()
    {
        var chain = await Tell(secrets);
        // As a process leaves it that is killed after the commit: the reader's end must not clear up for it.
        var copy = new SqliteTestDatabase();
        await using (var reader = await Database.Connect())
        {
            await using var command = reader.CreateCommand();
            command.CommandText = "begin; select count(*) from event";
            await command.ExecuteScalarAsync(Stop);
            await chain.Commit(Journal, Redacted(3), Redacted(4));
            foreach (var file in System.IO.Directory.GetFiles(Folder, "journal.db*"))
            {
                File.Copy(file, Path.Combine(copy.Folder, Path.GetFileName(file)));
            }
        }
        Assert.True(IsInFiles(secrets[0], copy.Folder));

        await using (copy)
        await using (var again = await SqliteStore.Open(copy.Folder))
        {
            await chain.Commit(again.Journal, Said("Next"));
            await chain.Commit(again.Journal, Said("Next"));
            Assert.False(IsInFiles(secrets[0], copy.Folder));
        }
    }

    private string Folder => ((SqliteTestDatabase)Database).Folder;

    private async Task<Chain> Tell(string[] texts)
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("Before"));
        foreach (var text in texts)
        {
            await chain.Commit(Journal, Said(text));
        }
        await chain.Commit(Journal, Said("After"));
        return chain;
    }

    private bool IsInFiles(string text, string? folder = null) =>
        System.IO.Directory.GetFiles(folder ?? Folder, "journal.db*").Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });
}
