using System.Collections.Immutable;
using SocialQI.Identifiers;

namespace SocialQI.Cases;

/// <summary>What must be said before a text reaches others than its author, or leaves its institution. Null means that it may.</summary>
internal static class Attesting
{
    // More would say nothing that the first ones do not.
    private const int NamedMax = 10;

    /// <summary>Whether who asks is a machine, whatever else it was made since: it has read nothing.</summary>
    public static bool IsMachine(Attributed asked) => asked.Passport.Affiliations.Any(a => a.Role == InstitutionRole.Service);

    /// <summary>Whether a case opens to somebody: then its author attests.</summary>
    public static Refusal? RefuseToOpen(Attestation? attestation) => attestation is null ? CaseRefusals.AttestationNeeded : Refuse(attestation);

    /// <summary>Whether somebody comes in who could not see it before.</summary>
    public static Refusal? RefuseToWiden(ImmutableArray<string> before, ImmutableArray<string> after, Attestation? attestation) =>
        before.Contains(Audience.Network) || after.All(before.Contains) ? Refuse(attestation) : RefuseToOpen(attestation);

    /// <summary>Whether what is written where more than the home's people read has words that may tell who the patient is.</summary>
    public static Refusal? RefuseToSay(CaseState state, Attestation? attestation, params IEnumerable<string> texts) =>
        RefuseToSay(LeavesHome(state), attestation, texts);

    /// <summary>The same of what is written elsewhere than in a case.</summary>
    public static Refusal? RefuseToSay(bool leavesHome, Attestation? attestation, params IEnumerable<string> texts) =>
        attestation is not null || !leavesHome ? Refuse(attestation) : Name([.. texts.SelectMany(IdentifierDetector.Find)]);

    /// <summary>Named clinicians may be anybody's: only the institution itself is home.</summary>
    public static bool LeavesHome(CaseState state) => state.Stage != CaseStage.Draft && state.Visibility is { Kind: not VisibilityKind.Institution };

    private static Refusal? Refuse(Attestation? attestation) =>
        attestation is { Kept: < 0 or > Attestation.KeptMax } ? Refusal.OutOfRange("number of words left", 0, Attestation.KeptMax) : null;

    private static Refusal? Name(IReadOnlyList<Identifier> found) => found.Count == 0 ? null : CaseRefusals.IdentifiersFound([.. found.Take(NamedMax)]);
}
