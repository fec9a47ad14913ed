using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Storage.Search;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>What the making again of lists asks of a store.</summary>
public abstract class PuttingLinesAnew(ITestDatabase database) : StoreContract(database)
{
    protected override ClinicianId[] Employed => [Ada, Ben];

    private readonly Chain chain = OfCase();

    [Fact]
    public async Task Takes_the_place_of_all_that_a_topic_had()
    {
        var sepsis = new CommunityId(Guid.NewGuid());
        await chain.Commit(Journal, Started(), OpenedTo("n"));
        await new Chain(sepsis.Topic).Commit(Journal, new CommunityFounded("Sepsis", "Less", []));
        var session = new Chain(TopicId.Rounds(Harbour, Guid.NewGuid()));
        await session.Commit(Journal, new RoundsPlanned(PlanCalled("Right"), Noon, Ada, ["n"]));
        await Tables.KeepLists(
            "lists", 3,
            new(
                [Row("Wrong") with { Last = new(9, ContributionKind.Comment, Ben, new(9)) }], [new(chain.Topic, new(9), Ada)], [new(sepsis, "Wrong", "")], [new(Harbour, "Wrong")], [new(Ada, "Wrong", "", Grade.Other, 9)],
                [new(Ada, chain.Topic, true)], [Planned(session.Topic, "Wrong") with { Number = 9 }], []),
            Stop);

        var replaced = await Tables.ReplaceLists(
            new("lists", 3, [chain.Topic, session.Topic, sepsis.Topic, Harbour.Topic, Ada.Topic]),
            new([Row("Right")], [new(chain.Topic, new(5), Ben)], [new(sepsis, "Sepsis", "Less")], [new(Harbour, "North Harbour")], [new(Ada, "Ada", "Cardiology", Grade.Nurse, 1)], [], [Planned(session.Topic, "Right")], []), Stop);

        var reader = new Reader(Ada, ["n"]);
        var line = Assert.Single((await Tables.Cases(reader, new(), new(), Stop)).Lines);
        Assert.Equal((true, "Right", null), (!replaced.IsLate, line.Title, line.Last));
        Assert.Equal((chain.Topic, "Right", new Moment(5), Ben), Assert.Single((await Tables.Outcomes(reader with { Person = Ben }, new(), Stop)).Lines) is var due ? (due.Case, due.Title, due.Due, due.Who) : default);
        Assert.Equal("Sepsis", Assert.Single(await Tables.Communities(Ada, 0, 10, Stop)).Name);
        Assert.Equal("North Harbour", Assert.Single(await Tables.Institutions(0, 10, Stop)).Name);
        Assert.Equal("Ada", Assert.Single(await Tables.Directory(Ada, [Ada], Stop)).Name);
        Assert.Empty((await Tables.Cases(reader, new(Followed: true), new(), Stop)).Lines);
        Assert.Equal("Right", Assert.Single((await Tables.Rounds(reader, RoundsWhen.Coming, new(), Stop)).Lines).Title);
    }

    [Fact]
    public async Task Of_a_span_leaves_the_topic_s_other_texts()
    {
        await Write();

        Assert.Equal(Replaced.Done, await Tables.ReplaceSearch(new("search", 1, [chain.Topic]), new(2, 4), [Text(3, "lactate anew")], Stop));
        Assert.Equal([1L, 3, 4], await Numbers());
        Assert.Equal(Replaced.Done, await Tables.ReplaceSearch(new("search", 1, [chain.Topic]), SearchSpan.Own, [Text(0, "lactate") with { Part = SearchRow.Case, Number = null }], Stop));
        Assert.Equal(Replaced.Done, await Tables.ReplaceSearch(new("search", 1, [chain.Topic]), new(0, long.MaxValue), [], Stop));
        Assert.Equal([null], await Numbers());
    }

    [Fact]
    public async Task Is_not_done_once_the_reader_of_the_tail_has_gone_on()
    {
        await Write();
        await Tables.KeepSearch("search", 2, [], Stop);

        Assert.Equal(Replaced.Late, await Tables.ReplaceSearch(new("search", 1, [chain.Topic]), new(0, long.MaxValue), [], Stop));
        Assert.Equal(Replaced.Late, await Tables.ReplaceLists(new("search", 1, [chain.Topic]), ListRows.None, Stop));
        Assert.Equal([1L, 2, 3, 4], await Numbers());
        Assert.Equal(Replaced.Done, await Tables.ReplaceLists(new("never read", 0, [chain.Topic]), ListRows.None, Stop));
    }

    [Fact]
    public async Task Only_compared_tells_whose_lines_would_be_others_and_leaves_them()
    {
        await Write();
        var (search, lists) = (new Replacing("search", 1, [chain.Topic], Keep: false), new Replacing("lists", 1, [chain.Topic, Ada.Topic], Keep: false));
        await Tables.KeepSearch("search", 2, [], Stop);
        await Tables.KeepLists("lists", 2, ListRows.None, Stop);
        (search, lists) = (search with { Position = 2 }, lists with { Position = 2 });

        Assert.Equal([chain.Topic], (await Tables.ReplaceSearch(search, new(0, long.MaxValue), [Text(1, "lactate")], Stop)).Others);
        Assert.Empty((await Tables.ReplaceSearch(search, new(0, long.MaxValue), [.. Enumerable.Range(1, 4).Select(i => Text(i, "lactate"))], Stop)).Others);
        Assert.Equal([chain.Topic], (await Tables.ReplaceLists(lists, ListRows.None with { Cases = [Row("Chills")] }, Stop)).Others);
        Assert.Empty((await Tables.ReplaceLists(lists, ListRows.None with { Cases = [Row("Fever")] }, Stop)).Others);
        Assert.Equal([1L, 2, 3, 4], await Numbers());
        Assert.Equal("Fever", Assert.Single((await Tables.Cases(new(Ada, ["n"]), new(), new(), Stop)).Lines).Title);

        await chain.Commit(Journal, OpenedTo("n"));
        Assert.True((await Tables.ReplaceSearch(search, new(0, long.MaxValue), [], Stop)).IsLate);
    }

    [Fact]
    public async Task Remembers_how_far_it_has_come_and_ends_without_lines_of_what_is_not()
    {
        await Write();
        foreach (var (topic, happened) in new (TopicId, TopicEvent)[]
        {
            (Ada.Topic, new ClinicianRegistered("Ada", "", Grade.Nurse)), (Harbour.Topic, new InstitutionFounded("North Harbour")),
        })
        {
            await new Chain(topic).Commit(Journal, happened);
        }
        var stray = OfCase().Topic;
        await Tables.KeepLists(
            "lists", 5,
            new(
                [Row("Right"), Row("Stray") with { Topic = stray }], [new(stray, new(9), Ada)], [new(new(Guid.NewGuid()), "Stray", "")], [new(Harbour, "North Harbour"), new(InstitutionId.Parse("stray"), "Stray")],
                [new(Ada, "Ada", "", Grade.Nurse, 1), new(Ben, "Stray", "", Grade.Nurse, 1)], [new(Ben, stray, true)], [Planned(TopicId.Rounds(Harbour, Guid.NewGuid()), "Stray")], []),
            Stop);
        await Tables.KeepSearch("search", 5, [Text(1, "lactate") with { Topic = stray }], Stop);

        Assert.Null(await Tables.Remaking("lists", Stop));
        var begun = await Tables.BeginRemaking("lists", Stop);
        Assert.Equal(new("", 0, 3, await Journal.Position(Stop)), begun);
        Assert.Equal(begun, await Tables.Remaking("lists", Stop));
        await Tables.KeepRemaking("lists", begun with { After = "b", Done = 1 }, Stop);
        Assert.Equal(begun with { After = "b", Done = 1 }, await Tables.Remaking("lists", Stop));
        Assert.Null(await Tables.Remaking("search", Stop));
        Assert.Equal(begun, await Tables.BeginRemaking("search", Stop));
        Assert.Equal((7, 1), (await Tables.Strays("lists", Stop), await Tables.Strays("search", Stop)));
        foreach (var list in ListNames.All)
        {
            await Tables.EndRemaking(list, Stop);
            Assert.Equal(0, await Tables.Strays(list, Stop));
        }

        Assert.Null(await Tables.Remaking("lists", Stop));
        Assert.Equal(
            (1L, 0L, 0L, 0L, 1L, 1L, 0L, 4L),
            (await Lines("case_list"), await Lines("rounds_list"), await Lines("panel_list"), await Lines("community_list"), await Lines("institution_list"), await Lines("person_list"), await Lines("followed"), await Lines("search_text")));
        await new Chain(Ben.Topic).Commit(Journal, new ClinicianRegistered("Ben", "", Grade.Nurse));
        Assert.Equal([chain.Topic, Ada.Topic], await Tables.TopicsAfter("", begun.Through, 2, Stop));
        Assert.Equal([Harbour.Topic], await Tables.TopicsAfter(Ada.Topic.ToString(), begun.Through, 2, Stop));
        Assert.DoesNotContain(Ben.Topic, await Tables.TopicsAfter("", begun.Through, 10, Stop));
        Assert.Contains(Ben.Topic, await Tables.TopicsAfter("", await Journal.Position(Stop), 10, Stop));
    }

    private Task<long> Lines(string table) => Count("select count(*) from " + table);

    private async Task Write()
    {
        await chain.Commit(Journal, Started(), OpenedTo("n"));
        await Tables.KeepLists("lists", 1, ListRows.None with { Cases = [Row("Fever")] }, Stop);
        await Tables.KeepSearch("search", 1, [.. Enumerable.Range(1, 4).Select(i => Text(i, "lactate"))], Stop);
    }

    private CaseRow Row(string title) => new(chain.Topic, Noon, Ada, new(title, "What next?", null), CaseStage.Open, false);

    private static RoundsPlan PlanCalled(string title) => new(title, "", "2026-11-23T12:00", "Europe/London", 45, new Visibility(VisibilityKind.Network));

    private static RoundsRow Planned(TopicId topic, string title) => new(topic, 1, Noon, null, new(PlanCalled(title), Noon, Ada));

    private SearchRow Text(long number, string text) =>
        new(chain.Topic, number.ToString(System.Globalization.CultureInfo.InvariantCulture), number, FoundKind.Comment, Ada, new(number), text);

    private async Task<IEnumerable<long?>> Numbers() => (await Tables.Search(new(Ada, ["n"]), new(["lactate"], []), new(), Stop)).Lines.Select(f => f.Number).Order();
}

public sealed class PuttingLinesAnewInSqlite() : PuttingLinesAnew(new SqliteTestDatabase());

public sealed class PuttingLinesAnewInPostgres(PrivatePostgres postgres) : PuttingLinesAnew(new PostgresTestDatabase(postgres));
