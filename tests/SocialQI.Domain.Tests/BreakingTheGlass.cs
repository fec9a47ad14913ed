using SocialQI.Cases;
using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>Seeing a case in an emergency that one could not see otherwise.</summary>
public sealed class BreakingTheGlass
{
    private static readonly BreakGlass ask = new("Their intern cannot be reached and the patient bleeds.", 30);
    private static readonly Passport officer = CaseHistory.PassportOf(5, CaseHistory.NorthHarbour, InstitutionRole.PrivacyOfficer);
    private static readonly Passport attending = CaseHistory.PassportOf(6, CaseHistory.NorthHarbour, InstitutionRole.Clinician);

    private readonly CaseHistory history = new();

    public BreakingTheGlass()
    {
        history.Ask(CaseHistory.Ada, new StartCase("Noon", "Is it sepsis?"));
        Assert.Equal(Refusal.NotThere, history.Ask(officer, ask));
        history.Ask(CaseHistory.Ada, new OpenCase(new(VisibilityKind.Named, Clinicians: [CaseHistory.Ben.Person]), new(0)));
    }

    public static TheoryData<Grade, bool, InstitutionRole> WhoMayNot => new()
    {
        { Grade.Attending, false, InstitutionRole.Clinician },
        { Grade.Attending, false, InstitutionRole.Administrator },
        { Grade.Resident, true, InstitutionRole.Clinician },
        { Grade.Other, true, InstitutionRole.Service },
    };

    [Fact]
    public void Is_for_the_homes_privacy_officers_and_for_attendings_who_were_designated()
    {
        Assert.Null(history.Ask(officer, ask));
        Assert.Null(history.Ask(attending with { Designated = [CaseHistory.NorthHarbour] }, ask));
        Assert.Equal([officer.Person, attending.Person], history.State.Shown.Glass.Select(g => g.Who));
        var first = history.State.Shown.Glass[0];
        Assert.Equal((CaseHistory.NorthHarbour, TimeSpan.FromMinutes(30), ask.Reason), (first.For, first.Until - first.At, first.Reason.Words));
    }

    [Theory]
    [MemberData(nameof(WhoMayNot))]
    public void Is_for_nobody_else_to_whom_nothing_is_there(Grade grade, bool designated, InstitutionRole role)
    {
        var somebody = CaseHistory.PassportOf(7, CaseHistory.NorthHarbour, role, grade) with { Designated = designated ? [CaseHistory.NorthHarbour] : [] };
        Assert.Equal(Refusal.NotThere, history.Ask(somebody, ask));
    }

    [Fact]
    public void Is_for_nobody_of_elsewhere()
    {
        Assert.Equal(Refusal.NotThere, history.Ask(CaseHistory.PassportOf(7, CaseHistory.Thornmere, InstitutionRole.PrivacyOfficer), ask));
        Assert.Equal(Refusal.NotThere, history.Ask(CaseHistory.PassportOf(7, CaseHistory.Thornmere, InstitutionRole.Clinician) with { Designated = [CaseHistory.NorthHarbour] }, ask));
        Assert.Equal(Refusal.NotThere, new CaseHistory().Ask(officer, ask));
    }

    [Fact]
    public void Needs_a_reason_a_time_and_that_one_does_not_see_it_already()
    {
        Assert.Equal("empty", history.Ask(officer, ask with { Reason = " " })?.Code);
        Assert.Equal("out-of-range", history.Ask(officer, ask with { Minutes = 0 })?.Code);
        Assert.Equal("out-of-range", history.Ask(officer, ask with { Minutes = 61 })?.Code);
        Assert.Equal(CaseRefusals.SeenAlready, history.Ask(CaseHistory.Ben, ask));
        var elsewhere = officer with { Affiliations = [.. officer.Affiliations, new(CaseHistory.Thornmere, InstitutionRole.Clinician, default, null)], ChosenActing = CaseHistory.Thornmere };
        Assert.Equal(Refusal.WrongHome, history.Ask(elsewhere, ask));
    }

    [Fact]
    public void Opens_the_case_until_it_is_over_and_no_other()
    {
        var until = new Moment(10_000_000);
        var sees = officer with { Glass = [new(history.Topic, until)] };
        var other = TopicId.Case(CaseHistory.NorthHarbour, Guid.NewGuid());
        Assert.False(Access.MaySee(officer, history.State.Audience, new(1)));
        Assert.True(Access.MaySee(sees, history.State.Audience, new(1)));
        Assert.False(Access.MaySee(sees, history.State.Audience, until));
        Assert.False(Access.MaySee(sees, Audience.OfOpen(other, [Audience.Person(CaseHistory.Ben.Person)]), new(1)));
        Assert.False(Access.MaySee(sees with { Affiliations = [] }, history.State.Audience, new(1)));
        // Whoever may no more sees no more, though the hour goes on.
        Assert.False(Access.MaySee(attending with { Glass = sees.Glass }, history.State.Audience, new(1)));
        Assert.True(Access.MaySee(attending with { Glass = sees.Glass, Designated = [CaseHistory.NorthHarbour] }, history.State.Audience, new(1)));
        Assert.Equal((true, false), (sees.HasBrokenAt(history.Topic, new(1)), sees.HasBrokenAt(history.Topic, until)));
    }

    [Fact]
    public void Lets_nobody_write_change_or_break_it_again()
    {
        var sees = officer with { Glass = [new(history.Topic, new(10_000_000))] };
        foreach (var command in (Command[])
        [
            new PostContribution(ContributionKind.Comment, "Seen."), new ReportIdentifiers(3), new HideContribution(3, HidingReason.Other), new RedactText(1, RedactionGround.Identifiers),
            new ChangeVisibility(new(VisibilityKind.Institution), new(0)), new CloseCase("It was."), new AddFact(1, "Afebrile."),
        ])
        {
            Assert.Equal(CaseRefusals.SeenInAnEmergency, history.Ask(sees, command));
        }
        Assert.Equal(CaseRefusals.SeenAlready, history.Ask(sees, ask));
        Assert.Equal(CaseRefusals.SeenInAnEmergency, CaseWriting.Refuse(CaseStage.Open, history.State.Audience, sees, new(1)));
    }

    [Fact]
    public void Is_remembered_the_last_times_and_without_its_reason_once_that_is_redacted()
    {
        for (var i = 0; i <= CaseState.GlassMax; i++)
        {
            Assert.Null(history.Ask(officer, ask with { Reason = $"Reason {i}" }));
        }
        Assert.Equal(["Reason 1", "Reason 10"], [history.State.Shown.Glass[0].Reason.Words, history.State.Shown.Glass[^1].Reason.Words]);
        var chief = CaseHistory.Chief with { Communities = [], Person = CaseHistory.Ben.Person };
        Assert.Null(history.Ask(chief, new RedactText(history.State.Shown.Number, RedactionGround.Identifiers)));
        Assert.True(history.State.Shown.Glass[^1].Reason.IsGone);
        Assert.Equal(Json.Encode(history.ReadAfresh().Shown), Json.Encode(history.State.Shown));
    }

    [Fact]
    public void Is_allowed_to_an_attending_by_an_administrator_who_is_somebody_else()
    {
        var person = new History<ClinicianTopic>(new ClinicianRules(), attending.Person.Topic);
        person.Ask(Passport.OfOperator, new RegisterClinician("Ada", "Surgery", Grade.Attending, CaseHistory.NorthHarbour, InstitutionRole.Clinician));
        Assert.Equal(Refusal.NotAllowed, person.Ask(attending, new DesignateForEmergencies(CaseHistory.NorthHarbour, true)));
        Assert.Equal(Refusal.NotAllowed, person.Ask(CaseHistory.Chief, new DesignateForEmergencies(CaseHistory.Thornmere, true)));
        Assert.Null(person.Ask(CaseHistory.Chief, new DesignateForEmergencies(CaseHistory.NorthHarbour, true)));
        Assert.Equal([CaseHistory.NorthHarbour], person.State.Shown.Designated);
        Assert.Null(person.Ask(CaseHistory.Chief, new DesignateForEmergencies(CaseHistory.NorthHarbour, false)));
        Assert.True(person.State.Shown.Designated.IsDefault);
    }
}
