using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.Communities;

/// <summary>Found a community; who founds it becomes its first moderator.</summary>
public sealed record FoundCommunity(string Name, string Purpose, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Condition> Conditions = default) : CommunityCommand;

/// <summary>Write name, purpose and conditions of interest anew. Moderators.</summary>
public sealed record ReviseCommunity(string Name, string Purpose, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<Condition> Conditions = default) : CommunityCommand;

/// <summary>Invite a clinician. Members.</summary>
public sealed record InviteClinician(ClinicianId Guest) : CommunityCommand;

/// <summary>Accept or decline one's own invitation.</summary>
public sealed record AnswerInvitation(bool Accept) : CommunityCommand;

/// <summary>An invitation that nobody answered ends. The service itself, when it is due.</summary>
public sealed record ExpireInvitation(ClinicianId Guest) : CommunityCommand;

/// <summary>Ask to become a member.</summary>
public sealed record RequestToJoin : CommunityCommand;

/// <summary>Accept or decline somebody's request. Moderators.</summary>
public sealed record AnswerJoinRequest(ClinicianId Who, bool Accept) : CommunityCommand;

/// <summary>Leave. The last moderator cannot while there are other members.</summary>
public sealed record LeaveCommunity : CommunityCommand;

/// <summary>Remove a member. Moderators.</summary>
public sealed record RemoveMember(ClinicianId Who) : CommunityCommand;

/// <summary>Make a member a moderator, or the reverse. Moderators.</summary>
public sealed record ChangeMemberRole(ClinicianId Who, CommunityRole Role) : CommunityCommand;

/// <summary>Let a member write nothing in cases that are open to this community until a moment. Moderators.</summary>
public sealed record MuteMember(ClinicianId Who, Moment Until) : CommunityCommand;

/// <summary>Let them write again. Moderators.</summary>
public sealed record UnmuteMember(ClinicianId Who) : CommunityCommand;
