using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>Plan a session, or a series of them. The topic's home must be the institution acted for.</summary>
/// <param name="Plan">Of the first.</param>
/// <param name="Repeat">The others, at the same time on the wall, without an agenda; null: none.</param>
/// <param name="Series">Of one that the service plans: the first of its series. Taken from the service only.</param>
/// <param name="Planner">Of one that the service plans: who planned the first. Taken from the service only.</param>
/// <param name="Attestation">Where words of the plan are marked; see <see cref="Cases.Attestation"/>.</param>
public sealed record PlanRounds(RoundsPlan Plan, Repeat? Repeat = null, TopicId? Series = null, ClinicianId? Planner = null, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>Plan it anew: another time, agenda, moderators or audience. Moderators.</summary>
public sealed record ReviseRounds(RoundsPlan Plan, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>It will not be. Moderators.</summary>
public sealed record CancelRounds(string Reason) : RoundsCommand;

/// <summary>Let people in. Moderators.</summary>
public sealed record OpenLobby : RoundsCommand;

/// <summary>Begin to present. Moderators.</summary>
public sealed record GoLive : RoundsCommand;

/// <summary>Discuss what was presented. Moderators.</summary>
public sealed record OpenDiscussion : RoundsCommand;

/// <summary>End it: ballots close, the record is made. Moderators.</summary>
public sealed record CloseRounds : RoundsCommand;

/// <summary>Put something on stage. Moderators, and the presenter of the part on stage or of the next.</summary>
public sealed record MoveStage(StageView View) : RoundsCommand;

/// <summary>Where the recording is; null: nowhere any more. Moderators.</summary>
public sealed record LinkRecording(string? Address) : RoundsCommand;

/// <summary>Ask. Whoever may follow it, while it is on; anonymously, nobody learns who but who reads the audit.</summary>
public sealed record AskQuestion(string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsAnonymous = false, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>Take one's own question back.</summary>
public sealed record WithdrawQuestion(long Number) : RoundsCommand;

/// <summary>Answer this one now, aloud. Moderators and presenters.</summary>
public sealed record TakeQuestion(long Number) : RoundsCommand;

/// <summary>It is answered: aloud, or in writing. Moderators and presenters.</summary>
public sealed record AnswerQuestion(long Number, string? Text = null, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>Do not answer it, and say why. Moderators.</summary>
public sealed record DismissQuestion(long Number, string Reason) : RoundsCommand;

/// <summary>It asks what another one asks. Moderators.</summary>
public sealed record MergeQuestion(long Number, long Into) : RoundsCommand;

/// <summary>Write down what was decided. Moderators.</summary>
public sealed record RecordDecision(string Text, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>Write down what is to be done, by whom, until when. Moderators.</summary>
public sealed record RecordAction(string Text, ClinicianId Owner, Moment Due, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>It was done, or will not be. Its owner, and moderators.</summary>
public sealed record SettleAction(long Number, string Outcome, Attestation? Attestation = null) : RoundsCommand, IAttested;

/// <summary>An action is late: its owner is told. The service's own command.</summary>
public sealed record RemindOfAction(long Number) : RoundsCommand;

/// <summary>How many came. The service's own command.</summary>
public sealed record NoteTurnout(AttendanceSum Sum) : RoundsCommand;
