using SocialQI.Clinicians;
using SocialQI.Communities;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>Whoever may not begin something is told the same whether it is there or not.</summary>
public sealed class AskingWithoutARight
{
    private static readonly Moment Noon = new(1_000);
    private static readonly Passport Nobody = CaseHistory.Ada with { Affiliations = [] };

    [Fact]
    public void To_found_a_community_tells_nothing_of_what_is_there()
    {
        var rules = new CommunityRules();
        var none = rules.New(new CommunityId(new Guid(5, 0, 0, new byte[8])).Topic);
        var there = rules.After(none, new Envelope(1, Noon, CaseHistory.Ada.Person, CaseHistory.NorthHarbour, new CommunityFounded("Sepsis", "The first hour.", [])));
        Assert.Equal(Asked(rules, none), Asked(rules, there));

        static Refusal? Asked(CommunityRules rules, CommunityTopic state) => rules.Decide(state, new Attributed(new FoundCommunity("Sepsis", "Ours."), Nobody, Noon)).Refusal;
    }

    [Fact]
    public void To_register_a_clinician_tells_nothing_of_who_is_there()
    {
        var rules = new ClinicianRules();
        var none = rules.New(CaseHistory.Ben.Person.Topic);
        var there = rules.After(none, new Envelope(1, Noon, ClinicianId.Operator, null, new ClinicianRegistered("Ben", "Surgery", Grade.Attending)));
        Assert.Equal(Refusal.NotAllowed, Asked(rules, none, CaseHistory.Ada));
        Assert.Equal(Refusal.NotAllowed, Asked(rules, there, CaseHistory.Ada));
        Assert.Equal(Refusal.AlreadyThere, Asked(rules, there, CaseHistory.Chief));

        static Refusal? Asked(ClinicianRules rules, ClinicianTopic state, Passport by) => rules.Decide(
            state, new Attributed(new RegisterClinician("Ben", "Surgery", Grade.Attending, CaseHistory.NorthHarbour, InstitutionRole.Clinician), by, Noon)).Refusal;
    }
}
