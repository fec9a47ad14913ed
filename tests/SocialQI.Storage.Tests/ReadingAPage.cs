using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class ReadingAPage(ITestDatabase database) : StoreContract(database)
{
    [Fact]
    public async Task Of_what_one_person_did_has_that_kind_alone_the_newest_first()
    {
        var ada = OfCase();
        await ada.Commit(Journal, Started(), Said("One"), Said("Two"));
        var ben = new Chain(ada.Topic, Ben);
        ben.MoveTo((await Journal.Head(ada.Topic, Stop))!);
        await ben.Commit(Journal, Said("Three"));

        Assert.Equal([3L, 2L], (await Journal.ReadBy(ada.Topic, Ada, "contribution-posted", 10, Stop)).Select(e => e.Number));
        Assert.Equal([3L], (await Journal.ReadBy(ada.Topic, Ada, "contribution-posted", 1, Stop)).Select(e => e.Number));
        Assert.Equal([4L], (await Journal.ReadBy(ada.Topic, Ben, "contribution-posted", 10, Stop)).Select(e => e.Number));
    }

    [Fact]
    public async Task Gives_the_last_contributions_before_a_number_and_all_that_became_of_them()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("2"), new ReactionAdded(2, Reaction.Agree), Said("4"), new FactAdded(1, "5"), Said("6"));
        await chain.Commit(
            Journal, new ContributionEdited(2, "not of this page"), new ContributionEdited(4, "8"), new ReactionAdded(5, Reaction.Agree), Said("10"),
            new ReactionTakenBack(5, Reaction.Agree), new ContributionWithdrawn(4), new ReactionAdded(10, Reaction.Agree), new ContributionEdited(4, "14"));

        var page = await Journal.ReadPage(chain.Topic, 6, 2, Stop);

        Assert.Equal([4L, 5, 8, 9, 11, 12, 14], page.Events.Select(e => e.Number));
        Assert.Equal((4, true, 14), (page.First, page.HasOlder, page.Through));
    }

    [Fact]
    public async Task Has_nothing_older_when_it_begins_with_the_first()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("2"), Said("3"), Said("4"));

        var whole = await Journal.ReadPage(chain.Topic, 4, 2, Stop);
        var rest = await Journal.ReadPage(chain.Topic, 2, 2, Stop);

        Assert.Equal([2L, 3], whole.Events.Select(e => e.Number));
        Assert.Equal((2, false), (whole.First, whole.HasOlder));
        Assert.Equal((0, 0, false, 4), (rest.Events.Count, rest.First, rest.HasOlder, rest.Through));
    }

    [Fact]
    public async Task Takes_a_section_for_a_section_and_not_for_a_contribution_of_that_number()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("2"), new SectionRevised(new Section(SectionKind.History, "Smoker")));

        Assert.Equal([2L], (await Journal.ReadPage(chain.Topic, 10, 5, Stop)).Events.Select(e => e.Number));
    }

    [Fact]
    public async Task Tells_of_redactions_and_folds_what_is_left_to_what_everybody_sees()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Replied("John Doe, 47"), Replied("3"), new ContributionEdited(3, "John Doe again"));
        await chain.Commit(Journal, new TextRedacted(2, "contribution-posted", RedactionGround.Identifiers));
        await chain.Commit(Journal, new TextRedacted(4, "contribution-edited", RedactionGround.Identifiers));

        var page = await Journal.ReadPage(chain.Topic, 4, 10, Stop);
        var whole = await Journal.Read(chain.Topic, 1, 100, Stop);

        Assert.Equal([2L, 3, 4, 5], page.Events.Select(e => e.Number));
        var (ofPage, ofAll) = (Fold(page.Events), Fold(whole));
        Assert.Equal(ofAll.Recent.Select(c => (c.Number, c.Text, c.Revisions)), ofPage.Recent.Select(c => (c.Number, c.Text, c.Revisions)));
        Assert.Equal(2, ofPage.Recent.Length);
        Assert.All(ofPage.Recent, said => Assert.Empty(said.Text.Words));
    }

    private static ContributionPosted Replied(string text) =>
        new(ContributionKind.Comment, text, 1, 1, [], new Evidence(EvidenceKind.Pmid, "1", "All of it"), Ada);

    private static CaseState Fold(IEnumerable<StoredEvent> events) =>
        events.Aggregate(CaseState.None, (state, stored) => state.After(EventCodec.Decode(stored.Encode())));
}

public sealed class ReadingAPageFromSqlite() : ReadingAPage(new SqliteTestDatabase());

public sealed class ReadingAPageFromPostgres(PrivatePostgres postgres) : ReadingAPage(new PostgresTestDatabase(postgres));
