using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class AppendingFromManySides(ITestDatabase database) : StoreContract(database)
{
    private const int Writers = 8;
    private const int Topics = 50;
    private const int AppendsOfEach = 100;

    [Fact]
    public async Task Gives_positions_without_gaps_in_the_order_of_commits()
    {
        var topics = Enumerable.Range(0, Topics).Select(_ => OfCase().Topic).ToArray();
        var following = Follow(Writers * AppendsOfEach * 2);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Write(Journal, topics, new Random(writer)), Stop)));

        var tail = await following;
        Assert.Equal(Enumerable.Range(1, tail.Count).Select(p => (long)p), tail.Select(e => e.Position));
        Assert.Equal(tail.Count, await Journal.Position(Stop));
        foreach (var topic in tail.GroupBy(e => e.Topic))
        {
            Assert.Equal(Enumerable.Range(1, topic.Count()).Select(n => (long)n), topic.Select(e => e.Event.Number));
            var head = await Journal.Head(topic.Key, Stop);
            Assert.Equal((topic.Count(), topic.Count()), (head!.Number, head.Contributions));
            Assert.Equal(topic.Last().Event.Hash, head.Hash);
        }
    }

    // Reads the tail while it grows: what is behind the last position read must never appear later.
    protected async Task<List<TailEvent>> Follow(int until)
    {
        var read = new List<TailEvent>();
        while (read.Count < until)
        {
            read.AddRange(await Journal.Tail(read.Count == 0 ? 0 : read[^1].Position, 100, Stop));
        }
        return read;
    }

    // Writers do not know of each other: who loses reads the head and tries again.
    protected static async Task Write(IJournal journal, TopicId[] topics, Random random)
    {
        for (var i = 0; i < AppendsOfEach; i++)
        {
            var chain = new Chain(topics[random.Next(topics.Length)]);
            AppendOutcome outcome;
            do
            {
                if (await journal.Head(chain.Topic, Stop) is { } head)
                {
                    chain.MoveTo(head);
                }
                outcome = await journal.Append(chain.Next(Said("One"), Said("Two")));
                Assert.True(outcome is AppendOutcome.Committed or AppendOutcome.Lost);
            }
            while (outcome == AppendOutcome.Lost);
        }
    }
}

public sealed class AppendingFromManySidesToSqlite() : AppendingFromManySides(new SqliteTestDatabase());

public sealed class AppendingFromManySidesToPostgres(PrivatePostgres postgres) : AppendingFromManySides(new PostgresTestDatabase(postgres))
{
    [Fact]
    public async Task From_two_processes_gives_one_order_to_both()
    {
        var other = await OpenAnother();
        var topics = Enumerable.Range(0, 10).Select(_ => OfCase().Topic).ToArray();
        var following = Follow(4 * 100 * 2);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () => Write(writer % 2 == 0 ? Journal : other.Journal, topics, new Random(writer)), Stop)));

        var tail = await following;
        Assert.Equal(Enumerable.Range(1, tail.Count).Select(p => (long)p), tail.Select(e => e.Position));
        Assert.All(
            tail.GroupBy(e => e.Topic),
            topic => Assert.Equal(Enumerable.Range(1, topic.Count()).Select(n => (long)n), topic.Select(e => e.Event.Number)));
    }

    [Fact]
    public async Task From_two_processes_at_the_same_number_is_won_by_exactly_one()
    {
        var other = await OpenAnother();
        var chains = Enumerable.Range(0, 20).Select(_ => OfCase()).ToArray();
        for (var round = 0; round < 20; round++)
        {
            var here = chains.Select(c => c.Next(Said("Here"))).ToArray();
            var there = chains.Select(c => c.Next(Said("There"))).ToArray();

            var racing = here.Select(a => Journal.Append(a).AsTask()).Concat(there.Select(a => other.Journal.Append(a).AsTask())).ToArray();
            var outcomes = await Task.WhenAll(racing);

            for (var i = 0; i < chains.Length; i++)
            {
                Assert.Equal(
                    [AppendOutcome.Committed, AppendOutcome.Lost],
                    new[] { outcomes[i], outcomes[chains.Length + i] }.Order());
                chains[i].Advance(outcomes[i] == AppendOutcome.Committed ? here[i] : there[i]);
            }
        }
        Assert.Equal(20 * 20, await Count("select count(*) from event"));
        Assert.Equal(20 * 20, await Count("select count(*) from command"));
    }

    [Fact]
    public async Task With_the_same_command_from_two_processes_does_it_once()
    {
        var other = await OpenAnother();
        for (var round = 0; round < 50; round++)
        {
            var chain = OfCase();
            var command = Guid.CreateVersion7();

            var outcomes = await Task.WhenAll(
                Journal.Append(chain.Next(command, Started())).AsTask(), other.Journal.Append(chain.Next(command, Started())).AsTask());

            Assert.Equal([AppendOutcome.Committed, AppendOutcome.Lost], outcomes.Order());
        }
    }
}
