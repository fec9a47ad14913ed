namespace SocialQI.Clinicians;

/// <summary>The person was registered.</summary>
public sealed record ClinicianRegistered(string Name, string Specialty, Grade Grade) : TopicEvent;

/// <summary>Name, specialty and grade are these from now on.</summary>
public sealed record ProfileRevised(string Name, string Specialty, Grade Grade) : TopicEvent;

/// <summary>The person has this role at the institution in this span; an earlier one there is replaced.</summary>
public sealed record AffiliationGranted(InstitutionId Institution, InstitutionRole Role, Moment From, Moment? Until) : TopicEvent;

/// <summary>The affiliation ended at the event's moment.</summary>
public sealed record AffiliationEnded(InstitutionId Institution) : TopicEvent;

/// <summary>The person acts for this institution from now on.</summary>
public sealed record ActingChosen(InstitutionId Institution) : TopicEvent;

/// <summary>The person follows the topic.</summary>
public sealed record TopicFollowed(TopicId Topic) : TopicEvent;

/// <summary>The person follows it no more.</summary>
public sealed record TopicUnfollowed(TopicId Topic) : TopicEvent;

/// <summary>Somebody mentioned the person, or replied to them.</summary>
public sealed record Mentioned(TopicId Topic, long Number, ClinicianId From, MentionReason Reason) : TopicEvent;

/// <summary>So much is told of this topic, or of all that have no level of their own; null: as much as of all others.</summary>
public sealed record NotificationsSet(NotifyLevel? Level, TopicId? Topic) : TopicEvent;

/// <summary>Between these minutes of the day nothing is told, if it is on.</summary>
public sealed record QuietHoursSet(int From, int Until, string Zone, bool On) : TopicEvent;

/// <summary>The person has seen the tour of the program.</summary>
public sealed record TourTaken : TopicEvent;

/// <summary>The inbox is read up to this event.</summary>
public sealed record InboxRead(long Through) : TopicEvent;

/// <summary>The person may see cases of the institution in an emergency, or may no more.</summary>
public sealed record EmergenciesDesignated(InstitutionId Institution, bool On) : TopicEvent;
