namespace SocialQI.Clinicians;

/// <summary>Register a person with a first affiliation. An administrator of that institution, or the operator.</summary>
public sealed record RegisterClinician(string Name, string Specialty, Grade Grade, InstitutionId Institution, InstitutionRole Role) : ClinicianCommand;

/// <summary>Write one's own name, specialty and grade anew.</summary>
public sealed record ReviseProfile(string Name, string Specialty, Grade Grade) : ClinicianCommand;

/// <summary>Give the person a role at an institution, from a moment until another. An administrator of that institution, or the operator.</summary>
public sealed record GrantAffiliation(InstitutionId Institution, InstitutionRole Role, Moment? From = null, Moment? Until = null) : ClinicianCommand;

/// <summary>End the person's affiliation now. The person, or an administrator of that institution.</summary>
public sealed record EndAffiliation(InstitutionId Institution) : ClinicianCommand;

/// <summary>Let the person see cases of the institution in an emergency, or no more; see <see cref="Cases.BreakGlass"/>. An administrator of that institution.</summary>
public sealed record DesignateForEmergencies(InstitutionId Institution, bool On) : ClinicianCommand;

/// <summary>Act for this institution from now on.</summary>
public sealed record ChooseActing(InstitutionId Institution) : ClinicianCommand;

/// <summary>Follow a topic: it is kept among one's own and counts what is unread.</summary>
public sealed record FollowTopic(TopicId Topic) : ClinicianCommand;

/// <summary>Follow it no more.</summary>
public sealed record UnfollowTopic(TopicId Topic) : ClinicianCommand;

/// <summary>Put a mention or reply into the inbox. The service itself, as a reaction to what was posted.</summary>
public sealed record NoteMention(TopicId Topic, long Number, ClinicianId From, MentionReason Reason) : ClinicianCommand;

/// <summary>Say how much of what happens is told by the browser.</summary>
/// <param name="Level">How much; null: of this topic as much as of all others.</param>
/// <param name="Topic">Of which followed topic; null: of all that have no level of their own.</param>
public sealed record SetNotifications(NotifyLevel? Level, TopicId? Topic = null) : ClinicianCommand;

/// <summary>Say when nothing is told. See <see cref="QuietHours"/>.</summary>
public sealed record SetQuietHours(int From, int Until, string Zone, bool On) : ClinicianCommand;

/// <summary>The tour of the program was taken, or left: it does not begin by itself again.</summary>
public sealed record TakeTour : ClinicianCommand;

/// <summary>Everything in the inbox up to this event is read.</summary>
public sealed record ReadInbox(long Through) : ClinicianCommand;
