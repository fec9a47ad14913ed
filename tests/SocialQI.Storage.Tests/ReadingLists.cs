using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class ReadingLists(ITestDatabase database) : StoreContract(database)
{
    private static readonly Condition infarct = new("I21.4", "NSTEMI");
    private static readonly ListRows none = ListRows.None;

    [Fact]
    public async Task Of_cases_shows_those_that_a_key_opens_last_moved_first()
    {
        var community = new CommunityId(Guid.NewGuid());
        var chains = Enumerable.Range(0, 5).Select(_ => OfCase()).ToArray();
        foreach (var chain in chains)
        {
            await chain.Commit(Journal, Started(), OpenedTo("n", Audience.Community(community), Audience.Person(Ada)), Said("Hello"));
        }
        await chains[3].Commit(Journal, OpenedTo("i:elsewhere"));
        await Tables.KeepLists("lists", 1, none with { Cases = [.. chains.Select((c, i) => Row(c.Topic, i))] }, Stop);

        var cases = await Cases("n", Audience.Person(Ada), Audience.Community(community));

        Assert.Equal([chains[4].Topic, chains[2].Topic, chains[1].Topic, chains[0].Topic], cases.Select(c => c.Topic));
        Assert.Equal(
            new CaseLine(chains[4].Topic, "Case 4", "What next?", infarct, CaseStage.Open, false, Ada, 3, 1, new Moment(4), [community]) with { Communities = default },
            cases[0] with { Communities = default });
        Assert.Equal([community], cases[0].Communities);
        Assert.Empty(await Cases("p:nobody"));
    }

    [Fact]
    public async Task Of_cases_keeps_what_a_new_line_leaves_out()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        await Tables.KeepLists("lists", 1, none with { Cases = [Row(chain.Topic, 1) with { IsHallway = true }] }, Stop);

        await Tables.KeepLists("lists", 2, none with { Cases = [new(chain.Topic, new Moment(2), null, null, CaseStage.Closed, null)] }, Stop);

        var line = Assert.Single(await Cases(Audience.Person(Ada)));
        Assert.Equal(
            (new Moment(2), "Case 1", "What next?", infarct, CaseStage.Closed, true),
            (line.Moved, line.Title, line.Question, line.Condition, line.Stage, line.IsHallway));
    }

    [Fact]
    public async Task Of_cases_loses_the_condition_that_new_words_leave_out()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        await Tables.KeepLists("lists", 1, none with { Cases = [Row(chain.Topic, 1)] }, Stop);

        await Tables.KeepLists("lists", 2, none with { Cases = [new(chain.Topic, new Moment(2), null, new("Revised", "Why?", null), null, null)] }, Stop);

        var line = Assert.Single(await Cases(Audience.Person(Ada)));
        Assert.Equal(("Revised", "Why?", null, CaseStage.Open), (line.Title, line.Question, line.Condition, line.Stage));
    }

    [Fact]
    public async Task Keeps_how_far_the_reader_is_with_the_lines_and_lets_nobody_put_back_older_ones()
    {
        Assert.Equal(0, await Tables.TailPosition("lists", Stop));
        await Tables.KeepLists("lists", 7, none with { Institutions = [new(Harbour, "North Harbour")] }, Stop);

        await Tables.KeepLists("lists", 5, none with { Institutions = [new(Harbour, "As it was called before")] }, Stop);

        Assert.Equal(7, await Tables.TailPosition("lists", Stop));
        Assert.Equal([new InstitutionLine(Harbour, "North Harbour")], await Tables.Institutions(0, 10, Stop));
        await Tables.KeepTailPosition("lists", 0, Stop);
        await Tables.KeepTailPosition("reactions", 3, Stop);
        Assert.Equal((0, 3), (await Tables.TailPosition("lists", Stop), await Tables.TailPosition("reactions", Stop)));
    }

    [Fact]
    public async Task Of_communities_says_which_are_the_reader_s()
    {
        var (sepsis, aneurysm) = (new CommunityId(Guid.NewGuid()), new CommunityId(Guid.NewGuid()));
        await new Chain(sepsis.Topic).Commit(Journal, new CommunityFounded("sepsis", "Less", []), new MemberJoined(Ada, CommunityRole.Member));
        await new Chain(aneurysm.Topic).Commit(Journal, new CommunityFounded("Aneurysm", "None", []));
        await Tables.KeepLists("lists", 3, none with { Communities = [new(sepsis, "sepsis", "Less"), new(aneurysm, "Aneurysm", "None")] }, Stop);

        await Employ(Ada, InstitutionRole.Clinician, Harbour);
        await Employ(Ben, InstitutionRole.Clinician, Harbour);
        Assert.Equal(
            [new CommunityLine(aneurysm, "Aneurysm", "None", 1, false), new CommunityLine(sepsis, "sepsis", "Less", 2, true)],
            await Tables.Communities(Ada, 0, 10, Stop));
        Assert.Equal([false], (await Tables.Communities(Ben, 1, 10, Stop)).Select(c => c.IsMember));
    }

    [Fact]
    public async Task Of_members_begins_with_the_moderators()
    {
        var community = new CommunityId(Guid.NewGuid());
        await new Chain(community.Topic).Commit(
            Journal, new CommunityFounded("Sepsis", "Less", []), new MemberJoined(Ada, CommunityRole.Member), new MemberJoined(Ben, CommunityRole.Moderator));

        await Employ(Ada, InstitutionRole.Clinician, Harbour);
        var members = await Tables.Members(Ada, community, new(), new(), Stop);

        Assert.Equal([new MemberLine(Ben, CommunityRole.Moderator), new MemberLine(Ada, CommunityRole.Member)], members.Lines);
    }

    [Theory]
    [InlineData("müller", new[] { "Anna Müller", "MULLER, Jo" })]
    [InlineData("ULL", new[] { "Anna Müller", "MULLER, Jo" })]
    [InlineData("100%", new[] { "Max 100% Mustermann" })]
    [InlineData("%", new[] { "Max 100% Mustermann" })]
    [InlineData("_", new[] { "under_score" })]
    [InlineData(@"\", new[] { @"back\slash" })]
    [InlineData("", new[] { "Anna Müller", @"back\slash", "Max 100% Mustermann", "MULLER, Jo", "under_score" })]
    [InlineData("nobody", new string[0])]
    [InlineData("jo muller", new[] { "MULLER, Jo" })]
    [InlineData("MÜLLER\0anna", new[] { "Anna Müller" })]
    [InlineData("\uD800", new string[0])]
    public async Task Of_people_finds_a_text_anywhere_in_a_name(string text, string[] found)
    {
        string[] names = ["Anna Müller", "MULLER, Jo", "Max 100% Mustermann", "under_score", @"back\slash"];
        var people = names.Select((name, i) => new PersonRow(new ClinicianId(Guid.NewGuid()), name, "Cardiology", Grade.Nurse, i));
        await Tables.KeepLists("lists", 1, none with { People = [.. people] }, Stop);

        await Employ(Ada, InstitutionRole.Clinician, Harbour);
        Assert.Equal(found, (await Tables.People(Ada, new(text), new(), Stop)).Lines.Select(p => p.Name));
        Assert.Equal(found.Take(1), (await Tables.People(Ada, new(text), new(Take: 1), Stop)).Lines.Select(p => p.Name));
    }

    [Fact]
    public async Task Of_people_says_where_they_are_now()
    {
        var hill = InstitutionId.Parse("hill-clinic");
        var day = TimeSpan.FromDays(1);
        await new Chain(Ada.Topic).Commit(
            Journal, new ClinicianRegistered("Ada", "Cardiology", Grade.Fellow), new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, Noon + day),
            new AffiliationGranted(hill, InstitutionRole.Clinician, Noon + day, null), new ActingChosen(Harbour));
        await Tables.KeepLists("lists", 1, none with { People = [new(Ada, "Ada", "Cardiology", Grade.Fellow, 4), new(Ben, "Ben", "", Grade.Other, 1)] }, Stop);

        var today = await Tables.Directory(Ada, [Ada, Ben, ClinicianId.Operator], Stop);
        Clock.Now = Noon + day;
        var tomorrow = await Tables.Directory(Ada, [Ada], Stop);

        Assert.Equal([(Ada, "Ada", Grade.Fellow, 4L), (Ben, "Ben", Grade.Other, 1L)], today.Select(p => (p.Id, p.Name, p.Grade, p.Version)));
        Assert.Equal([Harbour], today[0].Institutions);
        Assert.Empty(today[1].Institutions);
        Assert.Equal([hill], tomorrow[0].Institutions);
    }

    [Fact]
    public async Task Remembers_how_far_a_person_has_read_and_never_less()
    {
        var (one, other) = (OfCase().Topic, OfCase().Topic);
        await Tables.KeepReadPosition(Ada, one, 5, Stop);
        await Tables.KeepReadPosition(Ada, one, 3, Stop);
        await Tables.KeepReadPosition(Ben, one, 9, Stop);
        await Tables.KeepReadPosition(Ada, other, 1, Stop);
        await Tables.KeepReadPosition(Ada, other, 2, Stop);

        var read = await Tables.ReadPositions(Ada, [one, other, OfCase().Topic], Stop);

        Assert.Equal(new Dictionary<TopicId, long> { [one] = 5, [other] = 2 }, read);
    }

    [Fact]
    public void Keeps_the_keys_that_protect_cookies()
    {
        Tables.KeepProtectionKey("one", "<key id='1'/>");
        Tables.KeepProtectionKey("two", "<key id='2'/>");

        Assert.Equal(["<key id='1'/>", "<key id='2'/>"], Tables.ProtectionKeys());
    }

    private async Task<IReadOnlyList<CaseLine>> Cases(params string[] keys) => (await Tables.Cases(new(Ada, keys), new(), new(), Stop)).Lines;

    private static CaseRow Row(TopicId topic, int i) => new(topic, new Moment(i), Ada, new($"Case {i}", "What next?", infarct), CaseStage.Open, false);
}

public sealed class ReadingListsFromSqlite() : ReadingLists(new SqliteTestDatabase());

public sealed class ReadingListsFromPostgres(PrivatePostgres postgres) : ReadingLists(new PostgresTestDatabase(postgres));
