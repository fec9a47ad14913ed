using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class Hiding(ITestDatabase database) : StoreContract(database)
{
    [Fact]
    public async Task Keeps_the_text_from_every_way_out_of_the_journal_but_one()
    {
        var chain = await Told();
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Identifiers));

        Assert.Equal([2L, 3L], WithoutText(await Journal.Read(chain.Topic, 1, 10, Stop)));
        Assert.Equal([2L, 3L], WithoutText((await Journal.ReadPage(chain.Topic, 10, 10, Stop)).Events));
        Assert.Equal([2L, 3L], WithoutText((await Journal.Tail(0, 100, Stop)).Where(t => t.Topic == chain.Topic).Select(t => t.Event)));
        var hidden = await Journal.ReadHidden(chain.Topic, 2, Stop);
        Assert.Equal([2L, 3L], hidden.Select(e => e.Number));
        Assert.All(hidden, e => Assert.NotNull(e.Payload));
    }

    [Fact]
    public async Task Gives_it_back_when_it_is_restored()
    {
        var chain = await Told();
        var before = await Journal.Read(chain.Topic, 1, 4, Stop);
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Identifiers), new ContributionRestored(2));

        Assert.Equal(before.Select(e => e.Payload), (await Journal.Read(chain.Topic, 1, 4, Stop)).Select(e => e.Payload));
        Assert.Empty(await Journal.ReadHidden(chain.Topic, 2, Stop));
    }

    [Fact]
    public async Task Does_in_order_what_one_batch_does()
    {
        var chain = await Told();
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Conduct), new ContributionRestored(2), new ContributionHidden(2, HidingReason.Other));

        Assert.Equal([2L, 3L], WithoutText(await Journal.Read(chain.Topic, 1, 10, Stop)));
    }

    [Fact]
    public async Task In_one_topic_leaves_the_same_number_of_another()
    {
        var (chain, other) = (await Told(), await Told());
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Identifiers));

        Assert.Empty(WithoutText(await Journal.Read(other.Topic, 1, 10, Stop)));
        Assert.Empty(await Journal.ReadHidden(other.Topic, 2, Stop));
    }

    [Fact]
    public async Task That_loses_hides_nothing()
    {
        var chain = await Told();
        var late = new Chain(chain.Topic);
        late.MoveTo(new TopicHeadRow(1, Sealing.Start, 0));

        Assert.Equal(AppendOutcome.Lost, await Journal.Append(late.Next(new ContributionHidden(2, HidingReason.Identifiers))));

        Assert.Empty(WithoutText(await Journal.Read(chain.Topic, 1, 10, Stop)));
    }

    [Fact]
    public async Task Is_outlived_by_no_text_that_was_redacted_meanwhile()
    {
        var chain = await Told();
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Identifiers), new TextRedacted(2, "contribution-posted", RedactionGround.Identifiers), new ContributionRestored(2));

        Assert.Equal([2L], WithoutText(await Journal.Read(chain.Topic, 1, 10, Stop)));
    }

    [Fact]
    public async Task Leaves_the_chain_as_it_was()
    {
        var chain = await Told();
        var before = await Journal.Read(chain.Topic, 1, 10, Stop);
        await chain.Commit(Journal, new ContributionHidden(2, HidingReason.Identifiers));

        Assert.Equal(before.Select(e => e.Hash), (await Journal.Read(chain.Topic, 1, 4, Stop)).Select(e => e.Hash));
    }

    private static IEnumerable<long> WithoutText(IEnumerable<StoredEvent> events) => events.Where(e => e.Payload is null).Select(e => e.Number);

    private async Task<Chain> Told()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("Quetzal, 47"), new ContributionEdited(2, "Quetzal again"), Said("Stays"));
        return chain;
    }
}

public sealed class HidingInPostgres(PrivatePostgres postgres) : Hiding(new PostgresTestDatabase(postgres));

public sealed class HidingInSqlite() : Hiding(new SqliteTestDatabase());
