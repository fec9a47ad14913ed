using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class HoldingAnAffiliation
{
    private static readonly Passport Ben = CaseHistory.Ben;
    private static readonly Passport Chief = CaseHistory.Chief;

    private readonly History<ClinicianTopic> ben = new(new ClinicianRules(), Ben.Person.Topic);

    public HoldingAnAffiliation() => Assert.Null(ben.Ask(
        Passport.OfOperator, new RegisterClinician("Ben Arroyo", "Cardiology", Grade.Fellow, CaseHistory.Thornmere, InstitutionRole.Clinician)));

    [Fact]
    public void Is_given_by_an_administrator_of_that_institution()
    {
        Assert.Null(ben.Ask(Chief, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Moderator)));
        Assert.Equal([CaseHistory.Thornmere, CaseHistory.NorthHarbour], ben.State.Shown.Affiliations.Select(a => a.Institution));
    }

    [Fact]
    public void Is_not_given_by_an_administrator_of_another_nor_by_oneself()
    {
        Assert.Equal(Refusal.NotAllowed, ben.Ask(Chief, new GrantAffiliation(CaseHistory.Thornmere, InstitutionRole.Administrator)));
        Assert.Equal(Refusal.NotAllowed, ben.Ask(Ben, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Clinician)));
    }

    [Fact]
    public void Cannot_end_before_it_begins() => Assert.Equal(
        ClinicianRefusals.EndsBeforeItBegins,
        ben.Ask(Chief, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Clinician, new Moment(9_000), new Moment(9_000))));

    [Fact]
    public void Holds_from_its_first_moment_until_before_its_last()
    {
        var affiliation = new Affiliation(CaseHistory.Thornmere, InstitutionRole.Clinician, new Moment(10), new Moment(20));
        Assert.Equal([false, true, true, false], new long[] { 9, 10, 19, 20 }.Select(at => affiliation.HoldsAt(new Moment(at))));
    }

    [Fact]
    public void Ends_when_its_administrator_or_its_holder_says_so()
    {
        ben.Ask(Chief, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Clinician));
        Assert.Null(ben.Ask(Chief, new EndAffiliation(CaseHistory.NorthHarbour)));
        Assert.Null(ben.Ask(Ben, new EndAffiliation(CaseHistory.Thornmere)));
        Assert.All(ben.State.Shown.Affiliations, a => Assert.False(a.HoldsAt(ben.Now)));
        Assert.Equal(ClinicianRefusals.NotAffiliated, ben.Ask(Ben, new EndAffiliation(CaseHistory.Thornmere)));
    }

    [Fact]
    public void As_administrator_is_not_ended_by_its_holder()
    {
        ben.Ask(Passport.OfOperator, new GrantAffiliation(CaseHistory.Thornmere, InstitutionRole.Administrator));
        Assert.Equal(ClinicianRefusals.LastAdministrator, ben.Ask(Ben, new EndAffiliation(CaseHistory.Thornmere)));
    }

    [Fact]
    public void As_administrator_is_not_made_less_by_its_holder()
    {
        var chief = new History<ClinicianTopic>(new ClinicianRules(), Chief.Person.Topic);
        chief.Ask(Passport.OfOperator, new RegisterClinician("Chief", "Administration", Grade.Other, CaseHistory.NorthHarbour, InstitutionRole.Administrator));
        Assert.Equal(ClinicianRefusals.LastAdministrator, chief.Ask(Chief, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Clinician)));
        Assert.Null(chief.Ask(Passport.OfOperator, new GrantAffiliation(CaseHistory.NorthHarbour, InstitutionRole.Clinician)));
    }

    [Fact]
    public void Is_needed_to_act_for_an_institution()
    {
        Assert.Equal(ClinicianRefusals.NotAffiliated, ben.Ask(Ben, new ChooseActing(CaseHistory.NorthHarbour)));
        var both = Ben with { Affiliations = [.. Ben.Affiliations, new(CaseHistory.NorthHarbour, InstitutionRole.Clinician, default, null)] };
        Assert.Null(ben.Ask(both, new ChooseActing(CaseHistory.NorthHarbour)));
        Assert.Equal(CaseHistory.NorthHarbour, ben.State.Shown.Acting);
    }

    [Fact]
    public void Decides_the_keys_a_person_holds()
    {
        var fever = new CommunityId(new Guid(5, 0, 0, new byte[8]));
        var passport = Ben with { Affiliations = [new(CaseHistory.Thornmere, InstitutionRole.Clinician, new Moment(10), new Moment(20))], Communities = [new(fever, CommunityRole.Member)] };
        Assert.Equal(
            [Audience.Person(Ben.Person), Audience.Network, Audience.Institution(CaseHistory.Thornmere), Audience.Community(fever)], passport.KeysAt(new Moment(15)));
        Assert.Equal([Audience.Person(Ben.Person)], passport.KeysAt(new Moment(20)));
    }

    [Fact]
    public void Makes_no_topic_of_another_person_visible()
    {
        foreach (var command in (Command[])[new ReviseProfile("Mine", "Now", Grade.Other), new FollowTopic(Chief.Person.Topic), new ReadInbox(1), new ChooseActing(CaseHistory.Thornmere)])
        {
            Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Ada, command));
        }
    }
}
