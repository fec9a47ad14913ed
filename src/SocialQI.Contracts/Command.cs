using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;

namespace SocialQI;

/// <summary>
/// Something a person asks of a topic, as JSON with its name in <c>k</c>: <c>{"k":"post-contribution","contribution":"comment","text":"…"}</c>.
/// Who asks, acting for whom, and when, is never in it: the gateway knows.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "k")]
[JsonDerivedType(typeof(FoundInstitution), "found-institution")]
[JsonDerivedType(typeof(RenameInstitution), "rename-institution")]
[JsonDerivedType(typeof(SetPolicy), "set-policy")]
[JsonDerivedType(typeof(RegisterClinician), "register-clinician")]
[JsonDerivedType(typeof(ReviseProfile), "revise-profile")]
[JsonDerivedType(typeof(GrantAffiliation), "grant-affiliation")]
[JsonDerivedType(typeof(EndAffiliation), "end-affiliation")]
[JsonDerivedType(typeof(ChooseActing), "choose-acting")]
[JsonDerivedType(typeof(FollowTopic), "follow-topic")]
[JsonDerivedType(typeof(UnfollowTopic), "unfollow-topic")]
[JsonDerivedType(typeof(NoteMention), "note-mention")]
[JsonDerivedType(typeof(ReadInbox), "read-inbox")]
[JsonDerivedType(typeof(SetNotifications), "set-notifications")]
[JsonDerivedType(typeof(SetQuietHours), "set-quiet-hours")]
[JsonDerivedType(typeof(TakeTour), "take-tour")]
[JsonDerivedType(typeof(DesignateForEmergencies), "designate-for-emergencies")]
[JsonDerivedType(typeof(FoundCommunity), "found-community")]
[JsonDerivedType(typeof(ReviseCommunity), "revise-community")]
[JsonDerivedType(typeof(InviteClinician), "invite-clinician")]
[JsonDerivedType(typeof(AnswerInvitation), "answer-invitation")]
[JsonDerivedType(typeof(ExpireInvitation), "expire-invitation")]
[JsonDerivedType(typeof(RequestToJoin), "request-to-join")]
[JsonDerivedType(typeof(AnswerJoinRequest), "answer-join-request")]
[JsonDerivedType(typeof(LeaveCommunity), "leave-community")]
[JsonDerivedType(typeof(RemoveMember), "remove-member")]
[JsonDerivedType(typeof(ChangeMemberRole), "change-member-role")]
[JsonDerivedType(typeof(StartCase), "start-case")]
[JsonDerivedType(typeof(ImportCase), "import-case")]
[JsonDerivedType(typeof(StartHallway), "start-hallway")]
[JsonDerivedType(typeof(PromoteHallway), "promote-hallway")]
[JsonDerivedType(typeof(ReviseCase), "revise-case")]
[JsonDerivedType(typeof(ReviseSection), "revise-section")]
[JsonDerivedType(typeof(OpenCase), "open-case")]
[JsonDerivedType(typeof(ChangeVisibility), "change-visibility")]
[JsonDerivedType(typeof(CloseCase), "close-case")]
[JsonDerivedType(typeof(ReopenCase), "reopen-case")]
[JsonDerivedType(typeof(AddFact), "add-fact")]
[JsonDerivedType(typeof(PostContribution), "post-contribution")]
[JsonDerivedType(typeof(EditContribution), "edit-contribution")]
[JsonDerivedType(typeof(WithdrawContribution), "withdraw-contribution")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(RedactText), "redact-text")]
[JsonDerivedType(typeof(ReportIdentifiers), "report-identifiers")]
[JsonDerivedType(typeof(HideContribution), "hide-contribution")]
[JsonDerivedType(typeof(RestoreContribution), "restore-contribution")]
[JsonDerivedType(typeof(MuteClinician), "mute-clinician")]
[JsonDerivedType(typeof(UnmuteClinician), "unmute-clinician")]
[JsonDerivedType(typeof(BreakGlass), "break-glass")]
[JsonDerivedType(typeof(MuteMember), "mute-member")]
[JsonDerivedType(typeof(UnmuteMember), "unmute-member")]
[JsonDerivedType(typeof(CallBallot), "call-ballot")]
[JsonDerivedType(typeof(EndBallot), "end-ballot")]
[JsonDerivedType(typeof(NoteResult), "note-result")]
[JsonDerivedType(typeof(ExpectOutcome), "expect-outcome")]
[JsonDerivedType(typeof(RecordOutcome), "record-outcome")]
[JsonDerivedType(typeof(ReviseOutcome), "revise-outcome")]
[JsonDerivedType(typeof(RemindOfOutcome), "remind-of-outcome")]
[JsonDerivedType(typeof(ScoreOpinion), "score-opinion")]
[JsonDerivedType(typeof(BeginBallot), "begin-ballot")]
[JsonDerivedType(typeof(CastEntry), "cast-entry")]
[JsonDerivedType(typeof(CloseBallot), "close-ballot")]
[JsonDerivedType(typeof(AdmitToBallot), "admit-to-ballot")]
[JsonDerivedType(typeof(PlanRounds), "plan-rounds")]
[JsonDerivedType(typeof(ReviseRounds), "revise-rounds")]
[JsonDerivedType(typeof(CancelRounds), "cancel-rounds")]
[JsonDerivedType(typeof(OpenLobby), "open-lobby")]
[JsonDerivedType(typeof(GoLive), "go-live")]
[JsonDerivedType(typeof(OpenDiscussion), "open-discussion")]
[JsonDerivedType(typeof(CloseRounds), "close-rounds")]
[JsonDerivedType(typeof(MoveStage), "move-stage")]
[JsonDerivedType(typeof(LinkRecording), "link-recording")]
[JsonDerivedType(typeof(AskQuestion), "ask-question")]
[JsonDerivedType(typeof(WithdrawQuestion), "withdraw-question")]
[JsonDerivedType(typeof(TakeQuestion), "take-question")]
[JsonDerivedType(typeof(AnswerQuestion), "answer-question")]
[JsonDerivedType(typeof(DismissQuestion), "dismiss-question")]
[JsonDerivedType(typeof(MergeQuestion), "merge-question")]
[JsonDerivedType(typeof(RecordDecision), "record-decision")]
[JsonDerivedType(typeof(RecordAction), "record-action")]
[JsonDerivedType(typeof(SettleAction), "settle-action")]
[JsonDerivedType(typeof(RemindOfAction), "remind-of-action")]
[JsonDerivedType(typeof(LeaveQuestions), "leave-questions")]
[JsonDerivedType(typeof(NoteTurnout), "note-turnout")]
[JsonDerivedType(typeof(KeepAttendance), "keep-attendance")]
[JsonDerivedType(typeof(NoteAttendance), "note-attendance")]
[JsonDerivedType(typeof(SumAttendance), "sum-attendance")]
[JsonDerivedType(typeof(PlanPanel), "plan-panel")]
[JsonDerivedType(typeof(RecuseFrom), "recuse-from")]
[JsonDerivedType(typeof(BeginRound), "begin-round")]
[JsonDerivedType(typeof(EndPanel), "end-panel")]
[JsonDerivedType(typeof(SayInPanel), "say-in-panel")]
public abstract record Command;

/// <summary>A command to a case.</summary>
public abstract record CaseCommand : Command;

/// <summary>A command to a ballot.</summary>
public abstract record BallotCommand : Command;

/// <summary>A command to a rounds session.</summary>
public abstract record RoundsCommand : Command;

/// <summary>A command to a panel.</summary>
public abstract record PanelCommand : Command;

/// <summary>A command to the attendance of a session.</summary>
public abstract record AttendanceCommand : Command;

/// <summary>A command to a community.</summary>
public abstract record CommunityCommand : Command;

/// <summary>A command to a clinician's topic.</summary>
public abstract record ClinicianCommand : Command;

/// <summary>A command to an institution.</summary>
public abstract record InstitutionCommand : Command;

/// <summary>Destroy the text of one event of a case, session or panel: identifiers that slipped in, or the law asks for it. An administrator or privacy officer of its home.</summary>
public sealed record RedactText(long Number, RedactionGround Ground) : CaseCommand;
