using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class PagingLists(ITestDatabase database) : StoreContract(database)
{
    protected override ClinicianId[] Employed => [Ada, Ben];

    private static readonly CommunityId sepsis = new(Guid.Parse("0192b5c7-0000-7000-8000-0000000005e9"));
    private static readonly Condition infarct = new("I21.4", "Acute Myocardial Infarction");

    [Fact]
    public async Task Of_cases_shows_each_once_and_in_order_also_when_some_move_meanwhile()
    {
        var chains = await Open(12);
        await Keep(chains.Select((c, i) => Row(c, i / 2)));
        var first = await Cases(new(), null, 5);

        await Keep([Row(chains[3], 100)]);
        var second = await Cases(new(), first.Next, 5);
        var third = await Cases(new(), second.Next, 5);

        var inOrder = chains.Select((c, i) => (c.Topic, Moved: i / 2)).OrderByDescending(c => c.Moved).ThenBy(c => c.Topic.ToString(), StringComparer.Ordinal).Select(c => c.Topic);
        Assert.Equal(inOrder.Where(t => t != chains[3].Topic || first.Lines.Any(l => l.Topic == t)), [.. first.Lines.Concat(second.Lines).Concat(third.Lines).Select(l => l.Topic)]);
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Of_cases_has_no_next_page_when_the_last_line_is_shown()
    {
        var chains = await Open(5);
        await Keep(chains.Select(Row));

        Assert.Null((await Cases(new(), null, 5)).Next);
        Assert.NotNull((await Cases(new(), null, 4)).Next);
        Assert.Single((await Tables.Cases(new(Ada, ["n"]), new(), new(Skip: 4), Stop)).Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("nonsense")]
    [InlineData("-5~case")]
    [InlineData("99999999999999999999~case")]
    [InlineData("5~\0")]
    [InlineData("1~nobody~Ada")]
    public async Task From_no_such_place_is_refused_by_name(string after)
    {
        Assert.Equal("not-a-place-in-the-list", (await Cases(new(), after, 5)).Refusal?.Code);
        Assert.Equal("not-a-place-in-the-list", (await Tables.Members(Ada, sepsis, new(), new(after), Stop)).Refusal?.Code);
        Assert.Equal("not-a-place-in-the-list", (await Tables.People(Ada, new(), new(after), Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task Of_cases_shows_those_that_a_filter_asks_for()
    {
        var chains = await Open(7);
        await chains[1].Commit(Journal, OpenedTo("n", Audience.Community(sepsis)));
        await Tables.KeepLists(
            "lists", 1,
            ListRows.None with
            {
                Cases =
                [
                    Row(chains[0], 0) with { Stage = CaseStage.Closed },
                    Row(chains[1], 1),
                    Row(chains[2], 2) with { Author = Ben },
                    Row(chains[3], 3) with { IsHallway = true, Words = new("A line", "", null) },
                    Row(chains[4], 4) with { Moved = Noon },
                    Row(chains[5], 5) with { Words = new("Other", "What?", new(null, "Sepsis, unspecified")) },
                    Row(chains[6], 6) with { Last = new(3, ContributionKind.Evidence, Ben, new(77)) },
                ],
                Follows = [new(Ada, chains[2].Topic, true), new(Ada, chains[3].Topic, true), new(Ada, chains[3].Topic, false), new(Ben, chains[4].Topic, true)],
            },
            Stop);

        Assert.Equal([0], await Filtered(new(Stage: CaseStage.Closed)));
        Assert.Equal([1], await Filtered(new(Community: sepsis)));
        Assert.Equal([0, 1, 3, 4, 5, 6], await Filtered(new(Mine: true)));
        Assert.Equal([2], await Filtered(new(Followed: true)));
        Assert.Equal([3], await Filtered(new(Hallway: true)));
        Assert.Equal([0, 1, 2, 4, 5, 6], await Filtered(new(Hallway: false)));
        Assert.Equal([0, 1, 2, 4, 6], await Filtered(new(Condition: "i21.4")));
        Assert.Equal([0, 1, 2, 4, 6], await Filtered(new(Condition: "I2")));
        Assert.Equal([0, 1, 2, 4, 6], await Filtered(new(Condition: "infarct ACUTE")));
        Assert.Equal([5], await Filtered(new(Condition: "sepsis")));
        Assert.Equal([4], await Filtered(new(Live: true)));
        Assert.Equal([1], await Filtered(new(Community: sepsis, Mine: true, Condition: "I21", Hallway: false, Stage: CaseStage.Open)));
        Assert.Equal(new LastSaid(3, ContributionKind.Evidence, Ben, new(77)), (await Cases(new(), null, 50)).Lines.Single(l => l.Topic == chains[6].Topic).Last);

        async Task<IEnumerable<int>> Filtered(CaseFilter filter) => (await Cases(filter, null, 50)).Lines.Select(l => chains.FindIndex(c => c.Topic == l.Topic)).Order();
    }

    [Fact]
    public async Task Of_live_cases_ends_with_their_time()
    {
        var chains = await Open(1);
        await Keep([Row(chains[0], 0) with { Moved = Noon }]);

        Clock.Now = Noon + TimeSpan.FromMinutes(CaseFilter.LiveMinutes) + -TimeSpan.FromSeconds(1);
        Assert.Single((await Cases(new(Live: true), null, 5)).Lines);
        Clock.Now = Noon + TimeSpan.FromMinutes(CaseFilter.LiveMinutes);
        Assert.Empty((await Cases(new(Live: true), null, 5)).Lines);
    }

    [Fact]
    public async Task Of_members_is_by_role_then_name_and_goes_on_from_a_place()
    {
        string[] names = ["Zoë", "anna", "Émile", "Bert", "Emil"];
        var people = names.Select((name, i) => new PersonRow(new ClinicianId(Guid.NewGuid()), name, i == 3 ? "Nephrology" : "Cardiology", Grade.Nurse, 1)).ToList();
        var community = new Chain(sepsis.Topic);
        await community.Commit(
            Journal, [new CommunityFounded("Sepsis", "Less", []), .. people.Select((p, i) => new MemberJoined(p.Person, i == 0 ? CommunityRole.Moderator : CommunityRole.Member))]);
        await new Chain(people[1].Person.Topic).Commit(Journal, new ClinicianRegistered("anna", "Cardiology", Grade.Nurse), new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, null));
        await Tables.KeepLists("lists", 1, ListRows.None with { People = people }, Stop);

        var first = await Tables.Members(Ada, sepsis, new(), new(null, 2), Stop);
        var second = await Tables.Members(Ada, sepsis, new(), new(first.Next, 2), Stop);
        var third = await Tables.Members(Ada, sepsis, new(), new(second.Next, 2), Stop);

        Assert.Equal(["Zoë", "anna", "Bert", "Emil", "Émile"], first.Lines.Concat(second.Lines).Concat(third.Lines).Select(m => m.Person!.Name));
        Assert.Equal((CommunityRole.Moderator, CommunityRole.Member, null), (first.Lines[0].Role, first.Lines[1].Role, third.Next));
        Assert.Equal([Harbour], first.Lines[1].Person!.Institutions);
        Assert.Equal(["Emil", "Émile"], (await Tables.Members(Ada, sepsis, new("emil"), new(), Stop)).Lines.Select(m => m.Person!.Name));
        Assert.Equal(["anna"], (await Tables.Members(Ada, sepsis, new(Institution: Harbour), new(), Stop)).Lines.Select(m => m.Person!.Name));
        Assert.Equal(["Bert"], (await Tables.Members(Ada, sepsis, new(Specialty: "nephro", Grade: Grade.Nurse), new(), Stop)).Lines.Select(m => m.Person!.Name));
    }

    [Fact]
    public async Task Of_people_is_by_name_and_goes_on_from_a_place()
    {
        string[] names = ["Zoë~Noon", "anna", "Émile", "Emile"];
        await Tables.KeepLists("lists", 1, ListRows.None with { People = [.. names.Select((n, i) => new PersonRow(new ClinicianId(Guid.NewGuid()), n, "Pädiatrie", i == 1 ? Grade.Student : Grade.Nurse, 1))] }, Stop);
        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await Tables.People(Ada, new(), new(after, 1), Stop);
            seen.AddRange(page.Lines.Select(p => p.Name));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["anna", "Zoë~Noon"], [seen[0], seen[3]]);
        Assert.Equal(["Emile", "Émile"], seen[1..3].Order(StringComparer.Ordinal));
        Assert.Equal(["anna"], (await Tables.People(Ada, new(Grade: Grade.Student, Specialty: "padia"), new(), Stop)).Lines.Select(p => p.Name));
        Assert.Empty((await Tables.People(Ada, new(Institution: Harbour), new(), Stop)).Lines);
    }

    private async Task<List<Chain>> Open(int count)
    {
        var chains = Enumerable.Range(0, count).Select(_ => OfCase()).ToList();
        foreach (var chain in chains)
        {
            await chain.Commit(Journal, Started(), OpenedTo("n"));
        }
        return chains;
    }

    private ValueTask<Listed<CaseLine>> Cases(CaseFilter filter, string? after, int take) => Tables.Cases(new(Ada, ["n"]), filter, new(after, take), Stop);

    private ValueTask Keep(IEnumerable<CaseRow> rows) => Tables.KeepLists("lists", 1, ListRows.None with { Cases = [.. rows] }, Stop);

    private static CaseRow Row(Chain chain, int i) => new(chain.Topic, new Moment(i), Ada, new($"Case {i}", "What next?", infarct), CaseStage.Open, false);
}

public sealed class PagingListsOfSqlite() : PagingLists(new SqliteTestDatabase());

public sealed class PagingListsOfPostgres(PrivatePostgres postgres) : PagingLists(new PostgresTestDatabase(postgres));
