using Npgsql;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Panels;
using SocialQI.Storage.Audit;
using SocialQI.Storage.Search;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>
/// The second wall: whoever asks with all keys there are, as if the rule had said yes to everything, is shown by PostgreSQL what their own person opens,
/// and nothing else.
/// </summary>
public sealed class ReadingForAPerson(PrivatePostgres postgres) : StoreContract(new PostgresTestDatabase(postgres))
{
    private const string Canary = "canaryword";

    private static readonly InstitutionId thornmere = InstitutionId.Parse("thornmere");
    private static readonly ClinicianId wren = new(Guid.NewGuid()), nobody = new(Guid.NewGuid());
    private static readonly CommunityId sepsis = new(Guid.NewGuid());

    // Everything that opens anything here.
    private static readonly string[] all =
        ["n", Audience.Person(Ada), Audience.Person(Ben), Audience.Person(wren), Audience.Institution(Harbour), Audience.Institution(thornmere), Audience.Community(sepsis)];

    private readonly Chain ofAda = OfCase(), ofHarbour = OfCase(), ofSepsis = OfCase(), ofAll = OfCase(), ofWren = new(wren.Topic), circle = new(sepsis.Topic);

    [Fact]
    public async Task Shows_nothing_that_no_key_of_their_own_opens_whatever_the_rule_says()
    {
        await Fill();

        Assert.Equal(Topics(ofAda, ofHarbour, ofSepsis, ofAll), await Seen(Ada));
        Assert.Equal(Topics(ofHarbour, ofAll), await Seen(Ben));
        // Of an institution that has no member in the audience of three of them.
        Assert.Equal(Topics(ofAll), await Seen(wren));
        Assert.Equal([], await Seen(nobody));
    }

    [Fact]
    public async Task Shows_it_to_who_comes_to_belong_and_no_more_once_they_left()
    {
        await Fill();
        await circle.Commit(Journal, new MemberJoined(wren, CommunityRole.Member));
        await ofWren.Commit(Journal, new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, null));
        Assert.Equal(Topics(ofHarbour, ofSepsis, ofAll), await Seen(wren));

        await ofWren.Commit(Journal, new AffiliationEnded(Harbour));
        await circle.Commit(Journal, new MemberRemoved(wren));
        Assert.Equal(Topics(ofAll), await Seen(wren));
    }

    [Fact]
    public async Task Shows_no_directory_and_no_community_to_who_belongs_nowhere()
    {
        await Fill();

        Assert.NotEmpty((await Tables.People(Ben, new(), new(), Stop)).Lines);
        Assert.NotEmpty(await Tables.Communities(Ben, 0, 10, Stop));
        Assert.NotEmpty((await Tables.Members(Ben, sepsis, new(), new(), Stop)).Lines);
        Assert.Empty((await Tables.People(nobody, new(), new(), Stop)).Lines);
        Assert.Empty(await Tables.Communities(nobody, 0, 10, Stop));
        Assert.Empty((await Tables.Members(nobody, sepsis, new(), new(), Stop)).Lines);
        Assert.Empty(await Tables.Directory(nobody, [Ada, Ben], Stop));
        Assert.Empty(await Tables.CommunitiesCalled(nobody, "sepsis", 10, Stop));
    }

    [Fact]
    public async Task Shows_the_record_of_access_to_who_keeps_it_there_only()
    {
        await Fill();
        await Store.Audit.Record(new(Harbour, Ada.ToString(), "open", AuditEntry.Done) { For = Harbour, Topic = ofAda.Topic });
        await Employ(wren, InstitutionRole.PrivacyOfficer, InstitutionId.Parse("skerry-point"));
        await Employ(nobody, InstitutionRole.PrivacyOfficer, Harbour);

        Assert.Contains((await Store.Acts.Read(nobody, Harbour, new(), new(), Stop)).Lines, l => !l.IsWriting);
        Assert.Contains((await Store.Acts.Read(nobody, Harbour, new(), new(), Stop)).Lines, l => l.IsWriting);
        Assert.Empty((await Store.Acts.Read(wren, Harbour, new(), new(), Stop)).Lines);
        Assert.Empty((await Store.Acts.Read(Ada, Harbour, new(), new(), Stop)).Lines);
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("head")]
    [InlineData("case_list")]
    [InlineData("rounds_list")]
    [InlineData("panel_list")]
    [InlineData("search_text")]
    [InlineData("seen_text")]
    [InlineData("seen_case")]
    [InlineData("seen_person_list")]
    [InlineData("seen_passport")]
    [InlineData("seen_topic")]
    [InlineData("community_list")]
    [InlineData("institution_list")]
    [InlineData("person_list")]
    [InlineData("passport")]
    [InlineData("followed")]
    [InlineData("read_position")]
    [InlineData("session")]
    [InlineData("account")]
    [InlineData("audit")]
    [InlineData("written_act")]
    public async Task Begins_with_who_asks_for_without_that_there_is_no_row(string table)
    {
        await Fill();
        var behind = table switch { "seen_topic" => "audience", "seen_text" => "search_text", "seen_case" => "case_list", "written_act" => "event", _ => table.Replace("seen_", "", StringComparison.Ordinal) };
        Assert.True(await Count($"select count(*) from {behind}") > 0);

        Assert.Equal(0, await AsReader($"select count(*) from {table}"));
    }

    [Theory]
    [InlineData("event")]
    [InlineData("command")]
    [InlineData("image")]
    [InlineData("protection_key")]
    [InlineData("one_time_link")]
    [InlineData("passkey")]
    [InlineData("calendar_feed")]
    [InlineData("store")]
    public async Task Never_reaches_the_journal_or_a_key(string table) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => AsReader($"select count(*) from {table}"))).SqlState);

    [Fact]
    public async Task Writes_nothing()
    {
        await Fill();
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => AsReader("delete from search_text"))).SqlState);
    }

    [Fact]
    public async Task Leaves_nothing_of_them_on_the_connection()
    {
        await Fill();
        for (var i = 0; i < 30; i++)
        {
            await Tables.Cases(new(wren, all), new(), new(), Stop);
            // The service itself sees everything again, and may write.
            Assert.NotEmpty(await Tables.AudienceOf(ofAda.Topic, Stop));
            await Tables.KeepReadPosition(wren, ofAll.Topic, i, Stop);
        }
    }

    private async Task<IEnumerable<string>> Seen(ClinicianId person)
    {
        var reader = new Reader(person, all);
        var found = (await Tables.Search(reader, new([Canary], []), new(), Stop)).Lines;
        Assert.All(found, f => Assert.Contains(Canary, f.Snippet, StringComparison.Ordinal));
        var lists = new[]
        {
            found.Select(l => l.Topic),
            (await Tables.Search(reader, new([], [], From: [Ada]), new(), Stop)).Lines.Select(l => l.Topic),
            (await Tables.Cases(reader, new(), new(), Stop)).Lines.Select(l => l.Topic),
            (await Tables.Jump(reader, Canary, Stop)).Cases.Select(l => l.Topic),
            (await Tables.Rounds(reader, RoundsWhen.Coming, new(), Stop)).Lines.Select(l => l.Rounds),
            (await Tables.Panels(reader, new(), Stop)).Lines.Select(l => l.Panel),
            (await Tables.Heads(reader, [ofAda.Topic, ofHarbour.Topic, ofSepsis.Topic, ofAll.Topic], Stop)).Select(h => h.Topic),
        };
        var seen = lists.Select(l => l.Select(t => t.ToString()).Order(StringComparer.Ordinal).ToList()).ToList();
        Assert.All(seen, s => Assert.Equal(seen[0], s));
        return seen[0];
    }

    private static IEnumerable<string> Topics(params Chain[] chains) => chains.Select(c => c.Topic.ToString()).Order(StringComparer.Ordinal);

    private async Task<long> AsReader(string sql)
    {
        await using var connection = await Database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "begin; select set_config('role', 'socialqi_reader_' || current_database(), true)";
        await command.ExecuteNonQueryAsync(Stop);
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Stop), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task Fill()
    {
        foreach (var (person, institution) in new[] { (new Chain(Ada.Topic), Harbour), (new Chain(Ben.Topic), Harbour), (ofWren, thornmere) })
        {
            await person.Commit(Journal, new AffiliationGranted(institution, InstitutionRole.Clinician, Noon, null));
        }
        await circle.Commit(Journal, new CommunityFounded("Sepsis", "Less", []), new MemberJoined(Ada, CommunityRole.Moderator));
        (Chain, string[])[] cases =
        [
            (ofAda, [Audience.Person(Ada)]), (ofHarbour, [Audience.Institution(Harbour), Audience.Person(Ada)]), (ofSepsis, [Audience.Community(sepsis)]), (ofAll, ["n"]),
        ];
        foreach (var (chain, keys) in cases)
        {
            await chain.Commit(Journal, Started(), OpenedTo(keys), Said(Canary));
            await Tables.KeepLists(
                "lists", 1,
                ListRows.None with
                {
                    Cases = [new(chain.Topic, Noon, Ada, new(Canary, "", null), CaseStage.Open, false)],
                    Follows = [new(Ada, chain.Topic, true)],
                    Rounds = [new(chain.Topic, 1, Noon, null, new(new(Canary, "", "2026-12-01T07:00", "Europe/London", 45, new Visibility(VisibilityKind.Named)), Noon, Ada))],
                    Panels = [new(chain.Topic, 1, Noon, PanelStage.Between, Planned: new(new(Canary, "", [], [], new(), new Visibility(VisibilityKind.Named)), Ada))],
                },
                Stop);
            await Tables.KeepSearch("search", 1, [new(chain.Topic, SearchRow.Case, null, FoundKind.Case, Ada, Noon, Canary)], Stop);
        }
        await Tables.KeepLists(
            "lists", 1,
            ListRows.None with
            {
                Communities = [new(sepsis, "Sepsis", "Less")],
                Institutions = [new(Harbour, "North Harbour")],
                People = [new(Ada, "Ada", "Cardiology", Grade.Nurse, 1), new(Ben, "Ben", "Cardiology", Grade.Nurse, 1)],
            },
            Stop);
        await Tables.KeepReadPosition(Ada, ofAda.Topic, 1, Stop);
        await Store.Sessions.Begin(new(Guid.NewGuid(), Ada, Harbour, "password", Noon, Noon, "", "", null, null), Stop);
        await Store.Accounts.Keep(new("ada", Ada, Harbour), Stop);
        await Store.Audit.Record(new(Harbour, Ada.ToString(), "open", AuditEntry.Done) { For = Harbour, Topic = ofAda.Topic });
    }
}
