using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class OpeningACase
{
    private static readonly Visibility Everybody = new(VisibilityKind.Network);

    private static readonly Passport AdaElsewhere = CaseHistory.Ada with
    {
        Affiliations = [.. CaseHistory.Ada.Affiliations, new Affiliation(CaseHistory.Thornmere, InstitutionRole.Clinician, default, null)],
        ChosenActing = CaseHistory.Thornmere,
    };

    private readonly CaseHistory history = new();

    public OpeningACase() => history.Ask(CaseHistory.Ada, new StartCase("Noon", "Is it sepsis?"));

    [Fact]
    public void To_the_network_is_refused_where_its_hospital_does_not() =>
        Assert.Equal(CaseRefusals.NotToNetwork, history.Ask(CaseHistory.Ada with { SwitchedOff = [Policy.CasesToNetwork] }, new OpenCase(Everybody, Attestation: new(0))));

    [Fact]
    public void To_the_network_in_the_name_of_another_hospital_is_refused()
    {
        Assert.Equal(Refusal.WrongHome, history.Ask(AdaElsewhere, new OpenCase(Everybody, Attestation: new(0))));
        history.Ask(CaseHistory.Ada, new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        Assert.Equal(Refusal.WrongHome, history.Ask(AdaElsewhere, new ChangeVisibility(Everybody, Attestation: new(0))));
    }

    [Fact]
    public void To_fewer_is_done_whichever_hospital_its_author_acts_for() => Assert.Null(history.Ask(AdaElsewhere, new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0))));

    [Fact]
    public void To_a_community_one_is_no_member_of_is_refused() => Assert.Equal(
        CaseRefusals.NotYourCommunity, history.Ask(CaseHistory.Ada, new OpenCase(new Visibility(VisibilityKind.Communities, [new CommunityId(Guid.Empty)]), Attestation: new(0))));

    [Fact]
    public void To_nobody_is_refused()
    {
        Assert.Equal(CaseRefusals.NoAudience, history.Ask(CaseHistory.Ada, new OpenCase(new Visibility(VisibilityKind.Communities), Attestation: new(0))));
        Assert.Equal(CaseRefusals.NoAudience, history.Ask(CaseHistory.Ada, new OpenCase(new Visibility(VisibilityKind.Named), Attestation: new(0))));
    }

    [Fact]
    public void By_a_trainee_stays_in_the_hospital_until_its_moderator_opens_it_further()
    {
        var trainee = CaseHistory.Ada with { Affiliations = [CaseHistory.Ada.Affiliations[0] with { Role = InstitutionRole.Trainee }] };
        Assert.Equal(CaseRefusals.TraineesOpenAtHome, history.Ask(trainee, new OpenCase(Everybody, Attestation: new(0))));
        Assert.Null(history.Ask(trainee, new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0))));
        Assert.Equal(CaseRefusals.TraineesOpenAtHome, history.Ask(trainee, new ChangeVisibility(Everybody, Attestation: new(0))));

        var moderator = trainee with { Person = new ClinicianId(Guid.NewGuid()), Affiliations = [trainee.Affiliations[0] with { Role = InstitutionRole.Moderator }] };
        Assert.Null(history.Ask(moderator, new ChangeVisibility(Everybody, Attestation: new(0))));
        Assert.Equal(Refusal.NotAllowed, history.Ask(moderator with { Affiliations = [trainee.Affiliations[0] with { Role = InstitutionRole.Clinician }] }, new ChangeVisibility(Everybody, Attestation: new(0))));
    }

    [Fact]
    public void And_beginning_one_is_not_for_privacy_officers()
    {
        var officer = CaseHistory.Ada with { Affiliations = [CaseHistory.Ada.Affiliations[0] with { Role = InstitutionRole.PrivacyOfficer }] };
        Assert.Equal(CaseRefusals.PrivacyOfficersReadOnly, new CaseHistory().Ask(officer, new StartCase("Noon", "Is it sepsis?")));
        Assert.Null(history.Ask(CaseHistory.Ada, new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0))));
        Assert.Equal(
            CaseRefusals.PrivacyOfficersReadOnly,
            history.Ask(officer with { Person = new ClinicianId(Guid.NewGuid()) }, new PostContribution(ContributionKind.Comment, "Seen.")));
    }
}
