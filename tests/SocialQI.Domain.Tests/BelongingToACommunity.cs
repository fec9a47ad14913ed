using SocialQI.Communities;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class BelongingToACommunity
{
    private static readonly CommunityId Fever = new(new Guid(5, 0, 0, new byte[8]));
    private static readonly Passport Ada = CaseHistory.Ada;
    private static readonly Passport Ben = CaseHistory.Ben;
    private static readonly Passport Cleo = CaseHistory.PassportOf(4, CaseHistory.Thornmere, InstitutionRole.Clinician);
    private static readonly Passport Gone = Ben with { Affiliations = [] };

    private readonly History<CommunityTopic> community = new(new CommunityRules(), Fever.Topic);

    public BelongingToACommunity() => Assert.Null(community.Ask(Ada, new FoundCommunity("Blood and Fever", "Fevers without a name.")));

    [Fact]
    public void Begins_with_who_founded_it_as_its_moderator() => Assert.Equal(CommunityRole.Moderator, community.State.RoleOf(Ada.Person));

    [Fact]
    public void Follows_from_an_invitation_that_was_accepted()
    {
        community.Ask(Ada, new InviteClinician(Ben.Person));
        Assert.Null(community.Ask(Ben, new AnswerInvitation(Accept: true)));
        Assert.Equal((CommunityRole.Member, 2, 0), (community.State.RoleOf(Ben.Person), community.State.Shown.Members, community.State.Shown.Invitations.Length));
    }

    [Fact]
    public void Does_not_follow_from_one_that_was_declined()
    {
        community.Ask(Ada, new InviteClinician(Ben.Person));
        community.Ask(Ben, new AnswerInvitation(Accept: false));
        Assert.Equal(CommunityRefusals.NotInvited, community.Ask(Ben, new AnswerInvitation(Accept: true)));
    }

    [Fact]
    public void Does_not_follow_from_an_invitation_that_has_run_out()
    {
        community.Ask(Ada, new InviteClinician(Ben.Person));
        community.Now += CommunityState.InvitationLasts;
        Assert.Equal(CommunityRefusals.NotInvited, community.Ask(Ben, new AnswerInvitation(Accept: true)));
        Assert.Null(community.Ask(Passport.OfOperator, new ExpireInvitation(Ben.Person)));
        Assert.Empty(community.State.Shown.Invitations);
    }

    [Fact]
    public void Is_not_cut_short_before_an_invitation_is_due()
    {
        community.Ask(Ada, new InviteClinician(Ben.Person));
        Assert.Null(community.Ask(Passport.OfOperator, new ExpireInvitation(Ben.Person)));
        Assert.Single(community.State.Shown.Invitations);
        Assert.Equal(Refusal.NotThere, community.Ask(Ben, new ExpireInvitation(Ben.Person)));
    }

    [Fact]
    public void Can_be_asked_for_and_waits_for_a_moderator()
    {
        Assert.Null(community.Ask(Ben, new RequestToJoin()));
        Assert.Null(community.State.RoleOf(Ben.Person));
        Assert.Equal(CommunityRefusals.NotAMember, community.Ask(Ben, new AnswerJoinRequest(Ben.Person, Accept: true)));
        Assert.Null(community.Ask(Ada, new AnswerJoinRequest(Ben.Person, Accept: true)));
        Assert.Equal(CommunityRole.Member, community.State.RoleOf(Ben.Person));
    }

    [Fact]
    public void Can_be_denied_by_a_moderator()
    {
        community.Ask(Ben, new RequestToJoin());
        Assert.Null(community.Ask(Ada, new AnswerJoinRequest(Ben.Person, Accept: false)));
        Assert.Equal((null, 0), (community.State.RoleOf(Ben.Person), community.State.Shown.Requests.Length));
        Assert.Equal(CommunityRefusals.NoRequest, community.Ask(Ada, new AnswerJoinRequest(Ben.Person, Accept: true)));
    }

    [Fact]
    public void Does_not_let_a_mere_member_answer_requests_or_remove_others()
    {
        Join(Ben);
        community.Ask(Cleo, new RequestToJoin());
        Assert.Equal(CommunityRefusals.NotAModerator, community.Ask(Ben, new AnswerJoinRequest(Cleo.Person, Accept: true)));
        Assert.Equal(CommunityRefusals.NotAModerator, community.Ask(Ben, new RemoveMember(Ada.Person)));
        Assert.Equal(CommunityRefusals.NotAModerator, community.Ask(Ben, new ReviseCommunity("Mine", "Now.")));
    }

    [Fact]
    public void Ends_by_leaving_and_by_being_removed()
    {
        Join(Ben);
        Join(Cleo);
        Assert.Null(community.Ask(Ben, new LeaveCommunity()));
        Assert.Null(community.Ask(Ada, new RemoveMember(Cleo.Person)));
        Assert.Equal((null, null, 1), (community.State.RoleOf(Ben.Person), community.State.RoleOf(Cleo.Person), community.State.Shown.Members));
        Assert.Equal(CommunityRefusals.NotAMember, community.Ask(Cleo, new InviteClinician(Ben.Person)));
    }

    [Fact]
    public void Never_leaves_a_community_of_others_without_a_moderator()
    {
        Join(Ben);
        Assert.Equal(CommunityRefusals.LastModerator, community.Ask(Ada, new LeaveCommunity()));
        Assert.Equal(CommunityRefusals.LastModerator, community.Ask(Ada, new RemoveMember(Ada.Person)));
        Assert.Equal(CommunityRefusals.LastModerator, community.Ask(Ada, new ChangeMemberRole(Ada.Person, CommunityRole.Member)));
        Assert.Null(community.Ask(Ada, new ChangeMemberRole(Ben.Person, CommunityRole.Moderator)));
        Assert.Null(community.Ask(Ada, new LeaveCommunity()));
        Assert.Equal([Ben.Person], community.State.Shown.Moderators);
    }

    [Fact]
    public void Is_nothing_to_somebody_without_a_current_affiliation() =>
        Assert.Equal(Refusal.NotThere, community.Ask(Gone, new RequestToJoin()));

    [Fact]
    public void Survives_being_frozen_and_thawed()
    {
        Join(Ben);
        community.Ask(Ada, new InviteClinician(Cleo.Person));
        var rules = new CommunityRules();
        var thawed = rules.Thaw(Fever.Topic, rules.Freeze(community.State));
        Assert.Equal(Json.Encode(community.State.Shown), Json.Encode(thawed.Shown));
        Assert.Equal(community.State.Members.OrderBy(m => m.Key.Value), thawed.Members.OrderBy(m => m.Key.Value));
    }

    private void Join(Passport who)
    {
        community.Ask(who, new RequestToJoin());
        Assert.Null(community.Ask(Ada, new AnswerJoinRequest(who.Person, Accept: true)));
    }
}
