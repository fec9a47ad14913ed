using System.Text;
using SocialQI.Cases;
using SocialQI.Communities;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class ModeratingACase
{
    private static readonly CommunityId Sepsis = new(new Guid(50, 0, 0, new byte[8]));
    private static readonly Passport Moderator = CaseHistory.PassportOf(4, CaseHistory.NorthHarbour, InstitutionRole.Moderator);
    private static readonly Passport Officer = CaseHistory.PassportOf(5, CaseHistory.NorthHarbour, InstitutionRole.PrivacyOfficer);
    private static readonly Passport ModeratorElsewhere = CaseHistory.PassportOf(6, CaseHistory.Thornmere, InstitutionRole.Moderator);
    private static readonly Passport Cora = CaseHistory.PassportOf(7, CaseHistory.Thornmere, InstitutionRole.Clinician);

    private readonly CaseHistory history = CaseHistory.OfOpenCase();

    public ModeratingACase() => history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Question, "Is this Quetzal?"));

    [Fact]
    public void By_reporting_identifiers_hides_the_text_at_once_from_everybody()
    {
        history.Ask(CaseHistory.Ben, new EditContribution(3, "Is this Quetzal again?"));
        Assert.Null(history.Ask(CaseHistory.Ada, new ReportIdentifiers(3)));
        Assert.DoesNotContain("Quetzal", Shown(history.State), StringComparison.Ordinal);
        Assert.DoesNotContain("Quetzal", Shown(history.ReadAfresh()), StringComparison.Ordinal);
        Assert.DoesNotContain("Quetzal", Encoding.UTF8.GetString(Json.Encode(history.Pushed(CaseState.None, 0))), StringComparison.Ordinal);
        Assert.Equal((3L, CaseHistory.Ada.Person, HidingReason.Identifiers), (history.State.Shown.HidingOf(3)!.Number, history.State.Shown.HidingOf(3)!.By, history.State.Shown.HidingOf(3)!.Reason));
    }

    [Fact]
    public void By_reporting_a_fact_hides_it_too()
    {
        history.Ask(CaseHistory.Ada, new AddFact(2, "Quetzal was seen."));
        Assert.Null(history.Ask(Cora, new ReportIdentifiers(4)));
        Assert.Equal("", history.State.Shown.Find(4)!.Text.Words);
    }

    [Fact]
    public void By_restoring_brings_everything_back()
    {
        history.Ask(CaseHistory.Ben, new EditContribution(3, "Is this Quetzal again?"));
        var before = Shown(history.State);
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(3));
        Assert.Null(history.Ask(Officer, new RestoreContribution(3)));
        Assert.Equal(Body(before), Body(Shown(history.State)));
        Assert.Equal(Shown(history.State), Shown(history.ReadAfresh()));
        Assert.Null(history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Answer, "Yes.", 3)));
    }

    [Fact]
    public void By_what_was_looked_at_once_is_not_reported_again_but_hidden_by_a_moderator_it_is()
    {
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(3));
        history.Ask(Moderator, new RestoreContribution(3));
        Assert.Equal(CaseRefusals.ReportSettled, history.Ask(Cora, new ReportIdentifiers(3)));
        Assert.Null(history.Ask(Moderator, new HideContribution(3, HidingReason.Conduct)));
    }

    [Fact]
    public void Is_for_moderators_and_privacy_officers_of_its_home()
    {
        Assert.Equal(Refusal.NotAllowed, history.Ask(ModeratorElsewhere, new HideContribution(3, HidingReason.Conduct)));
        Assert.Equal(Refusal.NotAllowed, history.Ask(CaseHistory.Ada, new HideContribution(3, HidingReason.Conduct)));
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(3));
        Assert.Equal(Refusal.NotAllowed, history.Ask(Cora, new RestoreContribution(3)));
        Assert.Equal(Refusal.NotAllowed, history.Ask(CaseHistory.Ben, new RestoreContribution(3)));
        Assert.Equal(Refusal.NotAllowed, history.Ask(CaseHistory.Ada, new MuteClinician(Cora.Person, Later(1))));
        Assert.Null(history.Ask(Officer, new RestoreContribution(3)));
        Assert.Null(history.Ask(CaseHistory.Chief, new HideContribution(3, HidingReason.Other)));
    }

    [Fact]
    public void Is_for_the_moderators_of_a_community_it_is_open_to()
    {
        var keeper = Cora with { Communities = [new(Sepsis, CommunityRole.Moderator)] };
        history.Ask(CaseHistory.Ada with { Communities = [new(Sepsis, CommunityRole.Member)] }, new ChangeVisibility(new Visibility(VisibilityKind.Communities, [Sepsis])));
        Assert.Null(history.Ask(keeper, new HideContribution(3, HidingReason.Mistake)));
        Assert.Null(history.Ask(keeper, new RestoreContribution(3)));
    }

    [Fact]
    public void Does_not_let_somebody_restore_what_they_wrote()
    {
        history.Ask(Moderator, new PostContribution(ContributionKind.Comment, "Noon."));
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(4));
        Assert.Equal(CaseRefusals.AnotherLooks, history.Ask(Moderator, new RestoreContribution(4)));
    }

    [Fact]
    public void Lets_nobody_change_answer_or_react_to_what_is_hidden()
    {
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(3));
        Assert.Equal(CaseRefusals.Hidden, history.Ask(CaseHistory.Ben, new EditContribution(3, "Noon.")));
        Assert.Equal(CaseRefusals.Hidden, history.Ask(CaseHistory.Ada, new React(3, Reaction.Agree)));
        Assert.Equal(CaseRefusals.Hidden, history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, "Yes.", 3)));
        Assert.Null(history.Ask(CaseHistory.Ada, new ReportIdentifiers(3)));
        Assert.Single(history.State.Shown.Hidden);
    }

    [Fact]
    public void Ends_with_taking_it_back_or_destroying_it()
    {
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(3));
        Assert.Null(history.Ask(CaseHistory.Ben, new WithdrawContribution(3)));
        Assert.Null(history.State.Shown.HidingOf(3));
        history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, "Quetzal."));
        history.Ask(CaseHistory.Ada, new ReportIdentifiers(6));
        Assert.Null(history.Ask(Officer, new RedactText(6, RedactionGround.Identifiers)));
        Assert.Null(history.State.Shown.HidingOf(6));
        Assert.Null(history.Ask(Officer, new RestoreContribution(6)));
        Assert.Equal("", history.State.Shown.Find(6)!.Text.Words);
    }

    [Fact]
    public void May_be_asked_for_in_a_closed_case()
    {
        history.Ask(CaseHistory.Ada, new CloseCase("It was."));
        Assert.Null(history.Ask(Cora, new ReportIdentifiers(3)));
        Assert.Null(history.Ask(Moderator, new RestoreContribution(3)));
    }

    [Fact]
    public void Tells_nothing_to_who_may_not_see_the_case()
    {
        history.Ask(CaseHistory.Ada, new ChangeVisibility(new Visibility(VisibilityKind.Institution), new Attestation(0)));
        Assert.Equal(Refusal.NotThere, history.Ask(Cora, new ReportIdentifiers(3)));
        Assert.Equal(CaseRefusals.NoSuchContribution, history.Ask(CaseHistory.Ada, new ReportIdentifiers(99)));
    }

    [Fact]
    public void By_muting_lets_somebody_write_nothing_until_then()
    {
        Assert.Null(history.Ask(Moderator, new MuteClinician(CaseHistory.Ben.Person, Later(1))));
        Assert.Equal(CaseRefusals.Muted, history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, "Noon.")));
        Assert.Equal(CaseRefusals.Muted, history.Ask(CaseHistory.Ben, new EditContribution(3, "Noon.")));
        Assert.Null(history.Ask(CaseHistory.Ben, new ReportIdentifiers(3)));
        Assert.Null(history.Ask(CaseHistory.Ben, new WithdrawContribution(3)));
        history.Skip(TimeSpan.FromDays(2));
        Assert.Null(history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, "Noon.")));
    }

    [Fact]
    public void By_unmuting_lets_them_write_again()
    {
        history.Ask(Moderator, new MuteClinician(CaseHistory.Ben.Person, Later(1)));
        Assert.Null(history.Ask(Moderator, new UnmuteClinician(CaseHistory.Ben.Person)));
        Assert.Null(history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, "Noon.")));
    }

    [Fact]
    public void Mutes_for_a_year_at_most_and_nobody_mutes_themselves()
    {
        Assert.Equal("out-of-range", history.Ask(Moderator, new MuteClinician(CaseHistory.Ben.Person, Later(367)))?.Code);
        Assert.Equal("out-of-range", history.Ask(Moderator, new MuteClinician(CaseHistory.Ben.Person, default))?.Code);
        Assert.Equal(CaseRefusals.NotYourself, history.Ask(Moderator, new MuteClinician(Moderator.Person, Later(1))));
    }

    [Fact]
    public void In_a_community_mutes_in_every_case_that_is_open_to_it()
    {
        var muted = CaseHistory.Ben with { Communities = [new(Sepsis, CommunityRole.Member)], Muted = [new(Sepsis, Later(1))] };
        Assert.Null(history.Ask(muted, new PostContribution(ContributionKind.Comment, "To the network.")));
        history.Ask(CaseHistory.Ada with { Communities = [new(Sepsis, CommunityRole.Member)] }, new ChangeVisibility(new Visibility(VisibilityKind.Communities, [Sepsis])));
        Assert.Equal(CaseRefusals.Muted, history.Ask(muted, new PostContribution(ContributionKind.Comment, "Noon.")));
        Assert.Null(history.Ask(muted with { Muted = default }, new PostContribution(ContributionKind.Comment, "Noon.")));
    }

    [Fact]
    public void In_a_community_is_for_its_moderators()
    {
        var community = new History<CommunityTopic>(new CommunityRules(), Sepsis.Topic);
        community.Ask(CaseHistory.Ada, new FoundCommunity("Sepsis", "The first hour."));
        community.Ask(CaseHistory.Ada, new InviteClinician(CaseHistory.Ben.Person));
        community.Ask(CaseHistory.Ben, new AnswerInvitation(true));
        Assert.Equal(CommunityRefusals.NotAModerator, community.Ask(CaseHistory.Ben, new MuteMember(CaseHistory.Ada.Person, Later(1))));
        Assert.Equal(CommunityRefusals.NoSuchMember, community.Ask(CaseHistory.Ada, new MuteMember(Cora.Person, Later(1))));
        Assert.Null(community.Ask(CaseHistory.Ada, new MuteMember(CaseHistory.Ben.Person, Later(1))));
        Assert.Equal(CaseHistory.Ben.Person, community.State.Shown.Muted.Single().Who);
        Assert.Equal("muted:" + Sepsis, StoreRows.Of(Sepsis.Topic, new Envelope(9, new(5), CaseHistory.Ada.Person, null, community.Last[0])).Passports.Single().Holds);
        Assert.Null(community.Ask(CaseHistory.Ada, new UnmuteMember(CaseHistory.Ben.Person)));
        Assert.True(community.State.Shown.Muted.IsDefault);
    }

    private static Moment Later(int days) => new Moment(2_000) + TimeSpan.FromDays(days);

    private static string Shown(CaseTopic state) => Encoding.UTF8.GetString(Json.Encode(state.Shown));

    // Without the number, which every event moves.
    private static string Body(string state) => state[state.IndexOf(',', StringComparison.Ordinal)..];
}
