using SocialQI.Clinicians;

namespace SocialQI.Cases;

/// <summary>Who may write in a case at all: asked for every contribution, and for an image before there is a contribution that shows it.</summary>
public static class CaseWriting
{
    /// <summary>Why somebody may not; null when they may.</summary>
    public static Refusal? Refuse(CaseStage stage, IReadOnlyCollection<string> audience, Passport passport, Moment at) =>
        stage == CaseStage.None || !Access.MaySee(passport, audience, at) ? Refusal.NotThere
        : Access.SeesByGlassAlone(passport, audience, at) ? CaseRefusals.SeenInAnEmergency
        : passport.ActingAt(at) is null ? Refusal.NoAffiliation
        : OnlyReads(passport, at) ?? (stage == CaseStage.Closed ? CaseRefusals.Closed : null);

    /// <summary>Why somebody writes nowhere, as they act now; null when they may.</summary>
    internal static Refusal? OnlyReads(Passport passport, Moment at) =>
        passport.Grade == Grade.Student && passport.SwitchedOff.Contains(Policy.StudentsWrite) ? CaseRefusals.StudentsReadOnly
        : passport.ActingAt(at) is { } acting && passport.RoleAt(acting, at) == InstitutionRole.PrivacyOfficer ? CaseRefusals.PrivacyOfficersReadOnly
        : null;
}
