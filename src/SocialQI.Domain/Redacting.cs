using SocialQI.Cases;

namespace SocialQI;

/// <summary>Who may have a text destroyed, and which: the same rule for every topic that has texts.</summary>
internal static class Redacting
{
    public static Decision Decide(InstitutionId home, RedactText redact, Attributed asked) =>
        asked.Passport.RoleAt(home, asked.At) is not (InstitutionRole.Administrator or InstitutionRole.PrivacyOfficer) ? Refusal.NotAllowed
        : !Enum.IsDefined(redact.Ground) ? Refusal.NotA("ground")
        : asked.KindAt is not { } kind ? CaseRefusals.NoSuchEvent
        : !EventCodec.IsRedactable(kind) ? CaseRefusals.NothingToRedact
        : new TextRedacted(redact.Number, kind, redact.Ground);
}
