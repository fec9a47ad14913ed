using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Institutions;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>What events change beside the journal.</summary>
public abstract class KeepingTables(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId hill = InstitutionId.Parse("hill-clinic");
    private static readonly CommunityId sepsis = new(Guid.Parse("0192b5c7-0000-7000-8000-0000000005e9"));
    private static readonly TimeSpan day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_passport_says_what_the_events_said_last()
    {
        var (ada, community) = (new Chain(Ada.Topic), new Chain(sepsis.Topic));
        await ada.Commit(
            Journal, new ClinicianRegistered("Ada", "Cardiology", Grade.Fellow), new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, null),
            new AffiliationGranted(hill, InstitutionRole.Moderator, Noon + day, Noon + day + day));
        await ada.Commit(
            Journal, new ProfileRevised("Ada", "Cardiology", Grade.Attending), new ActingChosen(hill), new ActingChosen(Harbour),
            new AffiliationGranted(Harbour, InstitutionRole.Administrator, Noon, null));
        await community.Commit(Journal, new CommunityFounded("Sepsis", "Less of it", []), new MemberJoined(Ada, CommunityRole.Member));
        await community.Commit(Journal, new MemberRoleChanged(Ada, CommunityRole.Moderator), new MemberJoined(Ben, CommunityRole.Member));

        var passport = await Tables.Passport(Ada, Stop);

        Assert.Equal((Ada, Grade.Attending, Harbour), (passport.Person, passport.Grade, passport.ChosenActing));
        Assert.Equal(
            [new Affiliation(Harbour, InstitutionRole.Administrator, Noon, null), new Affiliation(hill, InstitutionRole.Moderator, Noon + day, Noon + day + day)],
            passport.Affiliations);
        Assert.Equal([new Membership(sepsis, CommunityRole.Moderator)], passport.Communities);
        Assert.Equal(await Journal.Position(Stop), passport.Position);
    }

    [Fact]
    public async Task A_passport_loses_what_was_taken_away()
    {
        var (ada, community) = (new Chain(Ada.Topic), new Chain(sepsis.Topic));
        await ada.Commit(Journal, new ClinicianRegistered("Ada", "Cardiology", Grade.Fellow), new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, null));
        await community.Commit(Journal, new CommunityFounded("Sepsis", "Less of it", []), new MemberJoined(Ada, CommunityRole.Member));

        await ada.Commit(Journal, new AffiliationEnded(Harbour));
        await community.Commit(Journal, new MemberLeft(Ada), new MemberJoined(Ada, CommunityRole.Member), new MemberRemoved(Ada));

        var passport = await Tables.Passport(Ada, Stop);
        Assert.Empty(passport.Affiliations);
        Assert.Empty(passport.Communities);
        Assert.Equal(Grade.Fellow, passport.Grade);
    }

    [Fact]
    public async Task A_stranger_s_passport_is_empty_and_still_says_as_of_when()
    {
        await OfCase().Commit(Journal, Started());

        var passport = await Tables.Passport(Ben, Stop);

        Assert.Equal((null, null, 1L), (passport.Grade, passport.ChosenActing, passport.Position));
        Assert.True(passport.Affiliations.IsEmpty && passport.Communities.IsEmpty && passport.SwitchedOff.IsEmpty);
    }

    [Fact]
    public async Task A_passport_shows_the_policies_that_the_institution_acted_for_has_switched_off()
    {
        var (harbour, other, ada) = (new Chain(Harbour.Topic), new Chain(hill.Topic), new Chain(Ada.Topic));
        await harbour.Commit(Journal, new InstitutionFounded("North Harbour"), new PolicySet(Policy.CasesToNetwork, false), new PolicySet(Policy.StudentsWrite, false));
        await harbour.Commit(Journal, new PolicySet(Policy.CasesToNetwork, true));
        await other.Commit(Journal, new InstitutionFounded("Hill"), new PolicySet(Policy.CasesToNetwork, false));
        await ada.Commit(
            Journal, new ClinicianRegistered("Ada", "Cardiology", Grade.Fellow), new AffiliationGranted(Harbour, InstitutionRole.Clinician, Noon, null),
            new AffiliationGranted(hill, InstitutionRole.Clinician, Noon, Noon + day), new ActingChosen(hill));

        Assert.Equal([Policy.CasesToNetwork], (await Tables.Passport(Ada, Stop)).SwitchedOff);

        // The one chosen no longer holds: now it is the first that does.
        Clock.Now = Noon + day;
        Assert.Equal([Policy.StudentsWrite], (await Tables.Passport(Ada, Stop)).SwitchedOff);
    }

    [Fact]
    public async Task What_an_append_that_lost_would_have_changed_stays_as_it_was()
    {
        var (community, chain) = (new Chain(sepsis.Topic), OfCase());
        await community.Commit(
            Journal, new CommunityFounded("Sepsis", "Less of it", []), new MemberJoined(Ada, CommunityRole.Member), new ClinicianInvited(Ben, Noon));
        await chain.Commit(Journal, Started());

        var outcomes = await Task.WhenAll(
            Journal.Append(new Chain(community.Topic).Next(new MemberRemoved(Ada), new MemberJoined(Ben, CommunityRole.Member))).AsTask(),
            Journal.Append(new Chain(chain.Topic).Next(OpenedTo("n"))).AsTask(),
            Journal.Append(new Chain(Harbour.Topic).Next(new InstitutionFounded("North Harbour"))).AsTask());
        Assert.Equal(AppendOutcome.Lost, await Journal.Append(new Chain(community.Topic).Next(new ClinicianInvited(Chain.Ada, Noon))));

        Assert.Equal([AppendOutcome.Lost, AppendOutcome.Lost, AppendOutcome.Committed], outcomes);
        await Employ(Ada, InstitutionRole.Clinician, Harbour);
        Assert.Equal([new MemberLine(Ada, CommunityRole.Member)], (await Tables.Members(Ada, sepsis, new(), new(), Stop)).Lines);
        Assert.Equal(["invitation:" + Ben], (await Tables.Due(Noon + day, 0, 1, 10, Stop)).Select(d => d.Key));
        Assert.Equal([Audience.Person(Ada)], await Tables.AudienceOf(chain.Topic, Stop));
    }

    [Fact]
    public async Task An_audience_is_the_last_that_was_named()
    {
        var chain = OfCase();
        Assert.Empty(await Tables.AudienceOf(chain.Topic, Stop));
        await chain.Commit(Journal, Started());
        Assert.Equal([Audience.Person(Ada)], await Tables.AudienceOf(chain.Topic, Stop));

        await chain.Commit(Journal, OpenedTo("n", "n", Audience.Person(Ada)), Said("Hello"), OpenedTo(Audience.Institution(Harbour), Audience.Person(Ada)), Said("Again"));

        Assert.Equal([Audience.Glass(chain.Topic), Audience.Institution(Harbour), Audience.Person(Ada)], await Tables.AudienceOf(chain.Topic, Stop));

        await chain.Commit(Journal, OpenedTo());
        Assert.Equal([Audience.Glass(chain.Topic)], await Tables.AudienceOf(chain.Topic, Stop));
    }

    [Fact]
    public async Task Heads_are_given_of_topics_that_a_key_opens_only()
    {
        var (mine, open, closed) = (OfCase(), OfCase(), OfCase());
        await mine.Commit(Journal, Started(), Said("Hello"));
        await open.Commit(Journal, Started(), OpenedTo("n", "c:1"), Said("Hello"), Said("You"));
        await closed.Commit(Journal, Started(), OpenedTo("i:elsewhere"));

        await Employ(Ada, InstitutionRole.Clinician, Harbour);
        var heads = await Tables.Heads(new(Ada, ["n", "c:1", Audience.Person(Ada)]), [mine.Topic, open.Topic, closed.Topic, OfCase().Topic], Stop);

        Assert.Equal(
            new[] { new TopicHead(mine.Topic, 2, 1), new TopicHead(open.Topic, 4, 2) }.OrderBy(h => h.Topic.ToString(), StringComparer.Ordinal),
            heads);
        Assert.Empty(await Tables.Heads(new(Ada, []), [open.Topic], Stop));
        Assert.Empty(await Tables.Heads(new(Ada, ["n"]), [], Stop));
    }

    [Fact]
    public async Task What_is_due_comes_when_its_time_has_come_and_once_in_all_shards_together()
    {
        var communities = Enumerable.Range(0, 40).Select(_ => new Chain(new CommunityId(Guid.NewGuid()).Topic)).ToArray();
        foreach (var (community, i) in communities.Select((c, i) => (c, i)))
        {
            await community.Commit(Journal, new CommunityFounded("Sepsis", "Less of it", []), new ClinicianInvited(Ada, Noon + (i * day)));
        }

        var due = new List<PlannedCommand>();
        foreach (var shards in new[] { 1, 3, 16, 20 })
        {
            due.Clear();
            for (var shard = 0; shard < shards; shard++)
            {
                due.AddRange(await Tables.Due(Noon + (19 * day), shard, shards, 100, Stop));
            }
            Assert.Equal(communities.Take(20).Select(c => c.Topic), due.OrderBy(d => d.At).Select(d => d.Topic));
        }

        Assert.Equal(new ExpireInvitation(Ada), StoreRows.CommandOf(due[0].Key));
        Assert.Equal([Noon, Noon + day], (await Tables.Due(Noon + (19 * day), 0, 1, 2, Stop)).Select(d => d.At));
        Assert.True(await Count("select count(distinct shard) from due") > 8);
    }

    [Fact]
    public async Task What_is_settled_is_due_no_more_and_what_is_planned_anew_is_due_then()
    {
        var community = new Chain(sepsis.Topic);
        await community.Commit(Journal, new CommunityFounded("Sepsis", "Less of it", []), new ClinicianInvited(Ada, Noon), new ClinicianInvited(Ben, Noon));
        await community.Commit(Journal, new MemberJoined(Ada, CommunityRole.Member), new InvitationDeclined(Ben), new ClinicianInvited(Ben, Noon + day));

        Assert.Empty(await Tables.Due(Noon, 0, 1, 10, Stop));
        var due = Assert.Single(await Tables.Due(Noon + day, 0, 1, 10, Stop));
        Assert.Equal((community.Topic, Noon + day), (due.Topic, due.At));
    }
}

public sealed class KeepingTablesInSqlite() : KeepingTables(new SqliteTestDatabase());

public sealed class KeepingTablesInPostgres(PrivatePostgres postgres) : KeepingTables(new PostgresTestDatabase(postgres));
