using SocialQI.Institutions;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class RunningAnInstitution
{
    private readonly History<InstitutionTopic> harbour = new(new InstitutionRules(), CaseHistory.NorthHarbour.Topic);

    [Fact]
    public void Begins_with_the_operator_and_once()
    {
        Assert.Equal(Refusal.NotAllowed, harbour.Ask(CaseHistory.Chief, new FoundInstitution("North Harbour General")));
        Assert.Null(harbour.Ask(Passport.OfOperator, new FoundInstitution("North Harbour General")));
        Assert.Equal(Refusal.AlreadyThere, harbour.Ask(Passport.OfOperator, new FoundInstitution("Another")));
    }

    [Fact]
    public void Cannot_take_the_name_of_the_network() => Assert.Equal(
        "not-a-name-for-an-institution",
        new History<InstitutionTopic>(new InstitutionRules(), InstitutionId.Network.Topic).Ask(Passport.OfOperator, new FoundInstitution("All"))?.Code);

    [Fact]
    public void Is_its_administrators_business()
    {
        harbour.Ask(Passport.OfOperator, new FoundInstitution("North Harbour General"));
        Assert.Equal(Refusal.NotAllowed, harbour.Ask(CaseHistory.Ada, new RenameInstitution("Ada's")));
        Assert.Equal(Refusal.NotAllowed, harbour.Ask(CaseHistory.Ben, new SetPolicy(Policy.CasesToNetwork, On: false)));
        Assert.Null(harbour.Ask(CaseHistory.Chief, new RenameInstitution("North Harbour")));
        Assert.Equal("North Harbour", harbour.State.Shown.Name);
    }

    [Fact]
    public void Switches_policies_off_and_on_again()
    {
        harbour.Ask(Passport.OfOperator, new FoundInstitution("North Harbour General"));
        Assert.Null(harbour.Ask(CaseHistory.Chief, new SetPolicy(Policy.CasesToNetwork, On: false)));
        Assert.Equal([Policy.CasesToNetwork], harbour.State.Shown.SwitchedOff);
        Assert.Null(harbour.Ask(CaseHistory.Chief, new SetPolicy(Policy.CasesToNetwork, On: true)));
        Assert.Empty(harbour.State.Shown.SwitchedOff);
    }

    [Fact]
    public void Changes_nothing_that_is_so_already()
    {
        harbour.Ask(Passport.OfOperator, new FoundInstitution("North Harbour General"));
        Assert.Null(harbour.Ask(CaseHistory.Chief, new SetPolicy(Policy.StudentsWrite, On: true)));
        Assert.Empty(harbour.Last);
    }
}
