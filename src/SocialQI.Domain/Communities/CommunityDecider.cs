using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Communities;

/// <summary>The reasons that only communities have.</summary>
public static class CommunityRefusals
{
    public static readonly Refusal NotAMember = new("not-a-member", "Only members of this community can do this. Ask to join.");

    public static readonly Refusal NotAModerator = new("not-a-moderator", "Only moderators of this community can do this.");

    public static readonly Refusal MemberAlready = new("member-already", "They are a member already.");

    public static readonly Refusal NotInvited = new("not-invited", "There is no invitation that waits for an answer.");

    public static readonly Refusal NoRequest = new("no-request", "There is no request that waits for an answer.");

    public static readonly Refusal NoSuchMember = new("no-such-member", "They are not a member.");

    public static readonly Refusal LastModerator = new("last-moderator", "A community needs a moderator. Make somebody else one first.");
}

/// <summary>What may be done to a community, by whom, and what comes of it.</summary>
internal static class CommunityDecider
{
    public static Decision Decide(CommunityTopic state, Attributed asked) => asked.Command switch
    {
        not CommunityCommand => Refusal.WrongKind,
        FoundCommunity it => asked.For is null ? Refusal.NoAffiliation
            : state.Shown.Number > 0 ? Refusal.AlreadyThere
            : Described(it.Name, it.Purpose, it.Conditions)
            ?? Decision.Of(new CommunityFounded(it.Name, it.Purpose, it.Conditions.OrEmpty()), new MemberJoined(asked.By, CommunityRole.Moderator)),
        ExpireInvitation it => !asked.Passport.IsOperator ? Refusal.NotThere
            : state.Shown.Invitations.Any(i => i.Guest == it.Guest && i.Until <= asked.At) ? new InvitationExpired(it.Guest)
            : Decision.NothingToDo,
        _ when state.Shown.Number == 0 || !Access.MaySee(asked.Passport, CommunityRules.Everybody, asked.At) => Refusal.NotThere,
        AnswerInvitation it => !IsInvited(state, asked) ? CommunityRefusals.NotInvited
            : it.Accept ? Joined(state, asked.By)
            : new InvitationDeclined(asked.By),
        RequestToJoin => state.RoleOf(asked.By) is not null ? CommunityRefusals.MemberAlready
            : state.Shown.Requests.Contains(asked.By) ? Decision.NothingToDo
            // Who was invited need not wait for a moderator.
            : IsInvited(state, asked) ? Joined(state, asked.By)
            : state.Shown.Requests.Length >= CommunityState.WaitingMax ? Refusal.TooMany("waiting requests", CommunityState.WaitingMax)
            : new JoinRequested(asked.By),
        _ when state.RoleOf(asked.By) is null => CommunityRefusals.NotAMember,
        LeaveCommunity => IsLastModerator(state, asked.By) && state.Members.Count > 1 ? CommunityRefusals.LastModerator : new MemberLeft(asked.By),
        InviteClinician it => state.RoleOf(it.Guest) is not null ? CommunityRefusals.MemberAlready
            : state.Shown.Invitations.Any(i => i.Guest == it.Guest) ? Decision.NothingToDo
            : state.Shown.Invitations.Length >= CommunityState.WaitingMax ? Refusal.TooMany("waiting invitations", CommunityState.WaitingMax)
            : new ClinicianInvited(it.Guest, asked.At + CommunityState.InvitationLasts),
        _ when state.RoleOf(asked.By) != CommunityRole.Moderator => CommunityRefusals.NotAModerator,
        _ => DecideByModerator(state, asked),
    };

    private static Decision DecideByModerator(CommunityTopic state, Attributed asked) => asked.Command switch
    {
        ReviseCommunity it => Described(it.Name, it.Purpose, it.Conditions) ?? (Decision)new CommunityRevised(it.Name, it.Purpose, it.Conditions.OrEmpty()),
        AnswerJoinRequest it => !state.Shown.Requests.Contains(it.Who) ? CommunityRefusals.NoRequest
            : it.Accept ? Joined(state, it.Who)
            : new JoinDeclined(it.Who),
        MuteMember it => state.RoleOf(it.Who) is null ? CommunityRefusals.NoSuchMember
            : ModerationDecider.Muting(it.Who, it.Until, state.Shown.Muted.OrEmpty().Count(m => m.Until > asked.At && m.Who != it.Who), CommunityState.MutedMax, asked)
            ?? (Decision)new MemberMuted(it.Who, it.Until),
        UnmuteMember it => state.Shown.Muted.OrEmpty().Any(m => m.Who == it.Who) ? new MemberUnmuted(it.Who) : Decision.NothingToDo,
        RemoveMember it => state.RoleOf(it.Who) is null ? CommunityRefusals.NoSuchMember
            : IsLastModerator(state, it.Who) ? CommunityRefusals.LastModerator
            : new MemberRemoved(it.Who),
        ChangeMemberRole it => state.RoleOf(it.Who) is not { } role ? CommunityRefusals.NoSuchMember
            : !Enum.IsDefined(it.Role) ? Refusal.NotA("role")
            : role == it.Role ? Decision.NothingToDo
            : IsLastModerator(state, it.Who) ? CommunityRefusals.LastModerator
            : it.Role == CommunityRole.Moderator && state.Shown.Moderators.Length >= CommunityState.ModeratorsMax
                ? Refusal.TooMany("moderators", CommunityState.ModeratorsMax)
            : new MemberRoleChanged(it.Who, it.Role),
        _ => Refusal.WrongKind,
    };

    private static bool IsInvited(CommunityTopic state, Attributed asked) =>
        state.Shown.Invitations.Any(i => i.Guest == asked.By && asked.At < i.Until);

    private static bool IsLastModerator(CommunityTopic state, ClinicianId who) => state.Shown.Moderators is [var only] && only == who;

    private static Decision Joined(CommunityTopic state, ClinicianId who) =>
        state.Members.Count >= CommunityState.MembersMax ? Refusal.TooMany("members", CommunityState.MembersMax) : new MemberJoined(who, CommunityRole.Member);

    private static Decision? Described(string name, string purpose, ImmutableArray<Condition> conditions) =>
        PlainText.RefuseLine("name", name, CommunityState.NameLengthMax)
        ?? PlainText.RefuseProse("purpose", purpose, CommunityState.PurposeLengthMax)
        ?? (conditions.OrEmpty().Length > CommunityState.ConditionsMax ? Refusal.TooMany("conditions", CommunityState.ConditionsMax) : null)
        ?? conditions.OrEmpty().Select(c => c is null ? Refusal.NotA("condition") : CaseChecks.Refuse(c)).FirstOrDefault(r => r is not null);
}
