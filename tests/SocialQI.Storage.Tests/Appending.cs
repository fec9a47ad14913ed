using System.Text;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class Appending(ITestDatabase database) : StoreContract(database)
{
    [Fact]
    public async Task Is_read_back_as_it_was_written_and_in_order()
    {
        var chain = OfCase();
        var begun = await chain.Commit(Journal, Started());
        var more = await chain.Commit(Journal, Said("Troponin 0.4 µg/l"), Said("Which assay?"));

        var read = await Journal.Read(chain.Topic, 1, 100, Stop);

        Assert.Equal(
            begun.Events.Concat(more.Events).Select(e => (e.Number, e.Kind, e.Version, e.At, e.By, e.For, e.Re, Encoding.UTF8.GetString(e.Payload!))),
            read.Select(e => (e.Number, e.Kind, e.Version, e.At, e.By, e.For, e.Re, Encoding.UTF8.GetString(e.Payload!))));
        Assert.Equal(more.Events[^1].Seal.Hash, read[^1].Hash);
        Assert.Equal([2L], (await Journal.Read(chain.Topic, 2, 1, Stop)).Select(e => e.Number));
        var head = await Journal.Head(chain.Topic, Stop);
        Assert.Equal((3, 2), (head!.Number, head.Contributions));
        Assert.Equal(more.Events[^1].Seal.Hash, head.Hash);
    }

    [Fact]
    public async Task Keeps_who_acts_for_nobody_and_what_an_event_is_about()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("First"));
        var edited = chain.Next(new Cases.ContributionEdited(2, "First, corrected"));
        edited = edited with { Events = [edited.Events[0] with { For = null, By = ClinicianId.Operator }] };
        Assert.Equal(AppendOutcome.Committed, await Journal.Append(edited));

        var read = Assert.Single(await Journal.Read(chain.Topic, 3, 10, Stop));

        Assert.Equal((null, ClinicianId.Operator, 2L), (read.For, read.By, read.Re));
        Assert.Equal(new Cases.ContributionEdited(2, "First, corrected"), read.Decode().Event);
    }

    [Fact]
    public async Task Of_what_never_happened_reads_as_nothing()
    {
        var topic = OfCase().Topic;

        Assert.Empty(await Journal.Read(topic, 1, 10, Stop));
        Assert.Null(await Journal.Head(topic, Stop));
        Assert.Null(await Journal.Done(topic, Guid.CreateVersion7(), Stop));
        Assert.Empty(await Journal.DoneLately(topic, 10, Stop));
        Assert.Equal(0, await Journal.Position(Stop));
        Assert.Empty(await Journal.Tail(0, 10, Stop));
        Assert.Equal(new PageEvents([], 0, false, 0), await Journal.ReadPage(topic, 100, 10, Stop) with { Events = [] }, EqualityComparer<PageEvents>.Create(
            (one, other) => (one!.First, one.HasOlder, one.Through) == (other!.First, other.HasOlder, other.Through)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task At_a_number_that_is_not_the_last_loses_and_writes_nothing(int off)
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("First"));
        var other = new Chain(chain.Topic);
        other.MoveTo(new TopicHeadRow(chain.Number + off, Sealing.Start, 0));

        Assert.Equal(AppendOutcome.Lost, await Journal.Append(other.Next(Said("Elsewhere"), Said("And more"))));

        Assert.Equal(2, (await Journal.Read(chain.Topic, 1, 10, Stop)).Count);
        Assert.Equal(2, await Journal.Position(Stop));
        Assert.Single(await Journal.DoneLately(chain.Topic, 10, Stop));
        await chain.Commit(Journal, Said("Second"));
    }

    [Fact]
    public async Task To_a_topic_that_does_not_exist_as_if_it_did_loses()
    {
        var chain = OfCase();
        chain.MoveTo(new TopicHeadRow(4, Sealing.Start, 0));

        Assert.Equal(AppendOutcome.Lost, await Journal.Append(chain.Next(Said("Hello?"))));

        Assert.Null(await Journal.Head(chain.Topic, Stop));
    }

    [Fact]
    public async Task With_one_command_of_several_done_before_loses_whole()
    {
        var chain = OfCase();
        var before = await chain.Commit(Journal, Started());
        var fresh = Guid.CreateVersion7();

        var outcome = await Journal.Append(chain.Next((fresh, [Said("New")]), (before.Commands[0].Id, [Said("Again")])));

        Assert.Equal(AppendOutcome.Lost, outcome);
        Assert.Equal(1, (await Journal.Head(chain.Topic, Stop))!.Number);
        Assert.Null(await Journal.Done(chain.Topic, fresh, Stop));
    }

    [Fact]
    public async Task With_a_command_that_was_done_in_another_topic_is_no_loss()
    {
        var (one, other) = (OfCase(), OfCase());
        var command = (await one.Commit(Journal, Started())).Commands[0].Id;

        await other.Commit(Journal, other.Next(command, Started()));
    }

    [Fact]
    public async Task Among_others_that_win_loses_alone()
    {
        var chains = Enumerable.Range(0, 200).Select(_ => OfCase()).ToArray();
        foreach (var late in chains.Where((_, i) => i % 3 == 0))
        {
            await late.Commit(Journal, Started());
            late.MoveTo(new TopicHeadRow(0, Sealing.Start, 0));
        }

        var outcomes = await Task.WhenAll(chains.Select(c => Journal.Append(c.Next(Started(), Said("First"))).AsTask()));

        Assert.Equal(chains.Select((_, i) => i % 3 == 0 ? AppendOutcome.Lost : AppendOutcome.Committed), outcomes);
        Assert.Equal(67 + (133 * 2), await Journal.Position(Stop));
        Assert.Equal(await Journal.Position(Stop), await Count("select count(*) from event"));
        Assert.Equal(200, await Count("select count(*) from command"));
    }

    [Fact]
    public async Task Remembers_each_command_with_its_numbers()
    {
        var chain = OfCase();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var append = await chain.Commit(Journal, chain.Next((one, [Started(), Said("First")]), (two, [Said("Second")])));
        var three = (await chain.Commit(Journal, Said("Third"))).Commands[0];

        var done = await Journal.Done(chain.Topic, one, Stop);

        Assert.Equal((one, 1L, 2L), (done!.Id, done.First, done.Last));
        Assert.Equal(append.Commands[0].Digest, done.Digest);
        Assert.Equal([three.Id, two, one], (await Journal.DoneLately(chain.Topic, 10, Stop)).Select(c => c.Id));
        Assert.Equal([three.Id, two], (await Journal.DoneLately(chain.Topic, 2, Stop)).Select(c => c.Id));
    }

    [Fact]
    public async Task Is_still_there_after_the_store_was_closed_and_opened()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("First"));
        var epoch = Journal.Epoch;
        await Store.DisposeAsync();

        var again = await OpenAnother();

        Assert.Equal(epoch, again.Journal.Epoch);
        Assert.Matches("^[0-9a-f]{32}$", epoch);
        await chain.Commit(again.Journal, Said("Second"));
        Assert.Equal([1L, 2, 3], (await again.Journal.Read(chain.Topic, 1, 10, Stop)).Select(e => e.Number));
    }

    [Fact]
    public async Task Of_numbers_with_a_gap_is_the_callers_mistake()
    {
        var append = OfCase().Next(Started(), Said("First"));

        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(append with { Events = [append.Events[1]] }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Journal.Append(append with { Events = [] }));
    }

    [Fact]
    public async Task That_spoils_its_batch_fails_alone()
    {
        var (good, bad) = (Enumerable.Range(0, 20).Select(_ => OfCase()).ToArray(), OfCase());
        var id = Guid.CreateVersion7();
        var all = good.Select(c => c.Next(Started())).ToList();
        // The same command twice in one append: neither database can write that.
        all.Insert(10, bad.Next((id, [Started()]), (id, [Said("First")])));

        var tasks = all.Select(a => Journal.Append(a).AsTask()).ToList();
        var ended = await Task.WhenAll(tasks.Select(t => t.ContinueWith(done => done.IsFaulted, TaskScheduler.Default)));

        Assert.Equal(all.Select((_, i) => i == 10), ended);
        Assert.Equal(20, await Journal.Position(Stop));
        Assert.Null(await Journal.Head(bad.Topic, Stop));
    }
}

public sealed class AppendingToSqlite() : Appending(new SqliteTestDatabase());

public sealed class AppendingToPostgres(PrivatePostgres postgres) : Appending(new PostgresTestDatabase(postgres));
