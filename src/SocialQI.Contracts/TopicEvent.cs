using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;

namespace SocialQI;

/// <summary>Something that happened in a topic. This list is the whole vocabulary; the names are on disk for good.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(InstitutionFounded), "institution-founded")]
[JsonDerivedType(typeof(InstitutionRenamed), "institution-renamed")]
[JsonDerivedType(typeof(PolicySet), "policy-set")]
[JsonDerivedType(typeof(ClinicianRegistered), "clinician-registered")]
[JsonDerivedType(typeof(ProfileRevised), "profile-revised")]
[JsonDerivedType(typeof(AffiliationGranted), "affiliation-granted")]
[JsonDerivedType(typeof(AffiliationEnded), "affiliation-ended")]
[JsonDerivedType(typeof(ActingChosen), "acting-chosen")]
[JsonDerivedType(typeof(TopicFollowed), "topic-followed")]
[JsonDerivedType(typeof(TopicUnfollowed), "topic-unfollowed")]
[JsonDerivedType(typeof(Mentioned), "mentioned")]
[JsonDerivedType(typeof(OpinionScored), "opinion-scored")]
[JsonDerivedType(typeof(InboxRead), "inbox-read")]
[JsonDerivedType(typeof(NotificationsSet), "notifications-set")]
[JsonDerivedType(typeof(QuietHoursSet), "quiet-hours-set")]
[JsonDerivedType(typeof(TourTaken), "tour-taken")]
[JsonDerivedType(typeof(EmergenciesDesignated), "emergencies-designated")]
[JsonDerivedType(typeof(CommunityFounded), "community-founded")]
[JsonDerivedType(typeof(CommunityRevised), "community-revised")]
[JsonDerivedType(typeof(ClinicianInvited), "clinician-invited")]
[JsonDerivedType(typeof(InvitationDeclined), "invitation-declined")]
[JsonDerivedType(typeof(InvitationExpired), "invitation-expired")]
[JsonDerivedType(typeof(JoinRequested), "join-requested")]
[JsonDerivedType(typeof(JoinDeclined), "join-declined")]
[JsonDerivedType(typeof(MemberJoined), "member-joined")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(MemberRemoved), "member-removed")]
[JsonDerivedType(typeof(MemberRoleChanged), "member-role-changed")]
[JsonDerivedType(typeof(CaseStarted), "case-started")]
[JsonDerivedType(typeof(HallwayStarted), "hallway-started")]
[JsonDerivedType(typeof(CasePromoted), "case-promoted")]
[JsonDerivedType(typeof(CaseRevised), "case-revised")]
[JsonDerivedType(typeof(SectionRevised), "section-revised")]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(VisibilityChanged), "visibility-changed")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
[JsonDerivedType(typeof(OutcomeExpected), "outcome-expected")]
[JsonDerivedType(typeof(OutcomeOverdue), "outcome-overdue")]
[JsonDerivedType(typeof(OutcomeRecorded), "outcome-recorded")]
[JsonDerivedType(typeof(OutcomeRevised), "outcome-revised")]
[JsonDerivedType(typeof(CaseReopened), "case-reopened")]
[JsonDerivedType(typeof(FactAdded), "fact-added")]
[JsonDerivedType(typeof(ContributionPosted), "contribution-posted")]
[JsonDerivedType(typeof(ContributionEdited), "contribution-edited")]
[JsonDerivedType(typeof(ContributionWithdrawn), "contribution-withdrawn")]
[JsonDerivedType(typeof(ReactionAdded), "reaction-added")]
[JsonDerivedType(typeof(ReactionTakenBack), "reaction-taken-back")]
[JsonDerivedType(typeof(TextRedacted), "text-redacted")]
[JsonDerivedType(typeof(ContributionHidden), "contribution-hidden")]
[JsonDerivedType(typeof(ContributionRestored), "contribution-restored")]
[JsonDerivedType(typeof(ClinicianMuted), "clinician-muted")]
[JsonDerivedType(typeof(ClinicianUnmuted), "clinician-unmuted")]
[JsonDerivedType(typeof(GlassBroken), "glass-broken")]
[JsonDerivedType(typeof(MemberMuted), "member-muted")]
[JsonDerivedType(typeof(MemberUnmuted), "member-unmuted")]
[JsonDerivedType(typeof(BallotCalled), "ballot-called")]
[JsonDerivedType(typeof(BallotEnded), "ballot-ended")]
[JsonDerivedType(typeof(BallotResulted), "ballot-resulted")]
[JsonDerivedType(typeof(BallotBegun), "ballot-begun")]
[JsonDerivedType(typeof(EntryCast), "entry-cast")]
[JsonDerivedType(typeof(BallotClosed), "ballot-closed")]
[JsonDerivedType(typeof(BallotAdmitted), "ballot-admitted")]
[JsonDerivedType(typeof(RoundsPlanned), "rounds-planned")]
[JsonDerivedType(typeof(RoundsRevised), "rounds-revised")]
[JsonDerivedType(typeof(RoundsCancelled), "rounds-cancelled")]
[JsonDerivedType(typeof(LobbyOpened), "lobby-opened")]
[JsonDerivedType(typeof(WentLive), "went-live")]
[JsonDerivedType(typeof(DiscussionOpened), "discussion-opened")]
[JsonDerivedType(typeof(RoundsClosed), "rounds-closed")]
[JsonDerivedType(typeof(StageMoved), "stage-moved")]
[JsonDerivedType(typeof(RecordingLinked), "recording-linked")]
[JsonDerivedType(typeof(QuestionAsked), "question-asked")]
[JsonDerivedType(typeof(AnonymousQuestionAsked), "anonymous-question-asked")]
[JsonDerivedType(typeof(QuestionWithdrawn), "question-withdrawn")]
[JsonDerivedType(typeof(AnonymousQuestionWithdrawn), "anonymous-question-withdrawn")]
[JsonDerivedType(typeof(QuestionTaken), "question-taken")]
[JsonDerivedType(typeof(QuestionAnswered), "question-answered")]
[JsonDerivedType(typeof(QuestionDismissed), "question-dismissed")]
[JsonDerivedType(typeof(QuestionMerged), "question-merged")]
[JsonDerivedType(typeof(DecisionRecorded), "decision-recorded")]
[JsonDerivedType(typeof(ActionRecorded), "action-recorded")]
[JsonDerivedType(typeof(ActionSettled), "action-settled")]
[JsonDerivedType(typeof(ActionOverdue), "action-overdue")]
[JsonDerivedType(typeof(QuestionsLeft), "questions-left")]
[JsonDerivedType(typeof(AttendanceSummed), "attendance-summed")]
[JsonDerivedType(typeof(AttendanceKept), "attendance-kept")]
[JsonDerivedType(typeof(AttendanceNoted), "attendance-noted")]
[JsonDerivedType(typeof(AttendanceClosed), "attendance-closed")]
[JsonDerivedType(typeof(PanelPlanned), "panel-planned")]
[JsonDerivedType(typeof(PanelRecused), "panel-recused")]
[JsonDerivedType(typeof(PanelRoundBegun), "panel-round-begun")]
[JsonDerivedType(typeof(PanelRoundClosed), "panel-round-closed")]
[JsonDerivedType(typeof(PanelClosed), "panel-closed")]
[JsonDerivedType(typeof(PanelSaid), "panel-said")]
public abstract record TopicEvent
{
    /// <summary>
    /// What the event is about, where a number can say it: a contribution's number, or a section. It stands in the header,
    /// so that it is still known after the text was redacted. Null where there is nothing to name.
    /// </summary>
    [JsonIgnore]
    public virtual long? Re => null;
}

/// <summary>An event of a kind or version that this program does not know: kept, passed on, shown as such, folded to nothing.</summary>
public sealed record Unknown(string Kind, int Version) : TopicEvent;

/// <summary>Why a text was destroyed.</summary>
[JsonConverter(typeof(KebabCase<RedactionGround>))]
public enum RedactionGround
{
    /// <summary>It tells, or could tell, who the patient is.</summary>
    Identifiers,

    /// <summary>A court or an authority demands it, or a person by right.</summary>
    Law,

    /// <summary>It belongs to another case, or nowhere.</summary>
    Mistake,
}

/// <summary>The text of event <paramref name="Number"/> was destroyed. Whoever holds it lets it go; number, kind, time and digest stay.</summary>
public sealed record TextRedacted(long Number, string Kind, RedactionGround Ground) : TopicEvent
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override long? Re => Number;
}

/// <summary>
/// An event with its header. The same bytes stand for it on every wire:
/// <c>{"n":5,"k":"contribution-posted","v":1,"at":…,"by":…,"for":…,"re":…,"d":{…}}</c>; <c>for</c> and <c>re</c> are left out where there is none,
/// <c>d</c> is null after a redaction.
/// </summary>
/// <param name="N">Its number in the topic: 1, 2, 3 … without gaps.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="By">Who did it.</param>
/// <param name="For">The institution they acted for; null for the service itself.</param>
/// <param name="Event">What happened.</param>
public sealed record Envelope(long N, Moment At, ClinicianId By, InstitutionId? For, TopicEvent Event);
