using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Communities;

/// <summary>The community was founded.</summary>
public sealed record CommunityFounded(string Name, string Purpose, ImmutableArray<Condition> Conditions) : TopicEvent;

/// <summary>Name, purpose and conditions are these from now on.</summary>
public sealed record CommunityRevised(string Name, string Purpose, ImmutableArray<Condition> Conditions) : TopicEvent;

/// <summary>A clinician was invited; without an answer it ends at <paramref name="Until"/>.</summary>
public sealed record ClinicianInvited(ClinicianId Guest, Moment Until) : TopicEvent;

/// <summary>The guest declined.</summary>
public sealed record InvitationDeclined(ClinicianId Guest) : TopicEvent;

/// <summary>Nobody answered in time.</summary>
public sealed record InvitationExpired(ClinicianId Guest) : TopicEvent;

/// <summary>The event's actor asks to become a member.</summary>
public sealed record JoinRequested(ClinicianId Who) : TopicEvent;

/// <summary>A moderator declined the request.</summary>
public sealed record JoinDeclined(ClinicianId Who) : TopicEvent;

/// <summary>From now on they are a member.</summary>
public sealed record MemberJoined(ClinicianId Who, CommunityRole Role) : TopicEvent;

/// <summary>They left.</summary>
public sealed record MemberLeft(ClinicianId Who) : TopicEvent;

/// <summary>A moderator removed them.</summary>
public sealed record MemberRemoved(ClinicianId Who) : TopicEvent;

/// <summary>Their role is this from now on.</summary>
public sealed record MemberRoleChanged(ClinicianId Who, CommunityRole Role) : TopicEvent;

/// <summary>They write nothing in cases that are open to this community until then.</summary>
public sealed record MemberMuted(ClinicianId Who, Moment Until) : TopicEvent;

/// <summary>They write again.</summary>
public sealed record MemberUnmuted(ClinicianId Who) : TopicEvent;
