using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;

namespace SocialQI.Client.Live;

/// <summary>What is shown of a topic: by its kind, one of them is set.</summary>
public sealed record TopicState(
    CaseState? Case = null, CommunityState? Community = null, ClinicianState? Clinician = null, InstitutionState? Institution = null, RoundsState? Rounds = null,
    BallotState? Ballot = null, AttendanceState? Attendance = null, PanelState? Panel = null)
{
    /// <summary>Reads the state that came with an opened topic.</summary>
    public static TopicState Read(TopicKind kind, JsonElement state) => kind switch
    {
        TopicKind.Case => new(Case: state.Deserialize(Json.Context.CaseState)),
        TopicKind.Community => new(Community: state.Deserialize(Json.Context.CommunityState)),
        TopicKind.Clinician => new(Clinician: state.Deserialize(Json.Context.ClinicianState)),
        TopicKind.Institution => new(Institution: state.Deserialize(Json.Context.InstitutionState)),
        TopicKind.Rounds => new(Rounds: state.Deserialize(Json.Context.RoundsState)),
        TopicKind.Ballot => new(Ballot: state.Deserialize(Json.Context.BallotState)),
        TopicKind.Attendance => new(Attendance: state.Deserialize(Json.Context.AttendanceState)),
        TopicKind.Panel => new(Panel: state.Deserialize(Json.Context.PanelState)),
        _ => new(),
    };

    /// <summary>The state after an event, by the same fold that the grain uses; what is hidden by it is nowhere here.</summary>
    public TopicState After(Envelope happened) => new(
        Case?.After(happened).LetGo(), Community?.After(happened), Clinician?.After(happened), Institution?.After(happened), Rounds?.After(happened), Ballot?.After(happened),
        Attendance?.After(happened), Panel?.After(happened));
}
