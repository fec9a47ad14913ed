using System.Globalization;
using SocialQI.Identifiers;

namespace SocialQI.Cases;

/// <summary>The reasons that only cases have.</summary>
public static class CaseRefusals
{
    public static readonly Refusal Closed = new("case-closed", "This case is closed. Reopen it with a reason to add to it.");

    public static readonly Refusal StillDraft = new("case-is-draft", "This case is still a draft. Open it first.");

    public static readonly Refusal NotDraft = new("case-is-open", "This case is open already.");

    public static readonly Refusal NotClosed = new("case-not-closed", "This case is not closed.");

    public static readonly Refusal NotHallway = new("not-a-hallway-thread", "This is a case already.");

    public static readonly Refusal Hallway = new("hallway-thread", "A hallway thread has only its line. Promote it to a case first.");

    public static readonly Refusal NoSuchContribution = new("no-such-contribution", "There is no contribution with this number here.");

    public static readonly Refusal Withdrawn = new("contribution-withdrawn", "This contribution was withdrawn.");

    public static readonly Refusal Hidden = new("contribution-hidden", "This contribution is hidden until somebody who keeps order here has looked at it.");

    public static readonly Refusal ReportSettled = new("report-settled", "This was reported before, looked at, and restored. Ask a moderator if you see more in it.");

    public static readonly Refusal AnotherLooks = new("another-looks", "What you wrote yourself, somebody else restores.");

    public static readonly Refusal NotYourself = new("not-yourself", "You cannot do this to yourself.");

    public static readonly Refusal MachinesAttestNothing = new("machines-attest-nothing", "That a text identifies nobody is said by a person who has read it.");

    public static readonly Refusal SeenAlready = new("seen-already", "You may see this case as it is.");

    public static readonly Refusal SeenInAnEmergency = new("seen-in-an-emergency", "You see this case in an emergency, and write nothing in it.");

    public static readonly Refusal Muted = new("muted", "A moderator has asked you to write nothing here for a time. You can still read.");

    public static readonly Refusal NotYours = new("not-your-contribution", "Only who wrote this can change it.");

    public static readonly Refusal AnswerNeedsQuestion = new("answer-needs-question", "An answer replies to a question.");

    public static readonly Refusal EvidenceMissing = new("evidence-missing", "Evidence needs its reference, and only evidence has one.");

    public static readonly Refusal BadReference = new("not-a-reference", "A reference is a DOI (10.…), a PubMed number, or an https address.");

    public static readonly Refusal FactByFact = new("fact-by-add-fact", "A fact is added with its day.");

    public static readonly Refusal FactsByHome = new("facts-by-home", "Facts are added by the hospital the case belongs to.");

    public static readonly Refusal NoAudience = new("no-audience", "Choose at least one community or clinician who may see it.");

    public static readonly Refusal NotYourCommunity = new("not-your-community", "You can open a case only to communities you are a member of.");

    public static readonly Refusal NotToNetwork = new("policy-no-network", "Your hospital does not open cases to the whole network.");

    public static readonly Refusal StudentsReadOnly = new("policy-students-read", "At your hospital students read, but do not write.");

    public static readonly Refusal PrivacyOfficersReadOnly = new("privacy-officers-read", "Privacy officers read, but do not write.");

    public static readonly Refusal TraineesOpenAtHome =
        new("trainees-open-at-home", "A trainee opens a case to their own hospital; its moderator can open it further.");

    public static readonly Refusal AttestationNeeded =
        new("attestation-needed", "Before others see this, say that you have read it and that it tells nobody who the patient is.");

    public static readonly Refusal NoSuchEvent = new("no-such-event", "There is no event with this number here.");

    public static readonly Refusal NothingToRedact = new("nothing-to-redact", "This event has no text that could be destroyed.");

    public static readonly Refusal NoSuchImage = new("no-such-image", "One of the images is not kept here any more. Add it again.");

    public static readonly Refusal AltMissing = new("alt-missing", "Describe what each image shows, for colleagues who cannot see it.");

    public static readonly Refusal TooManyImages = Refusal.TooMany("images in a case", CaseState.ImagesMax);

    public static readonly Refusal CaseFull = Refusal.TooMany("contributions in a case", CaseState.ContributionsMax);

    /// <summary>Says kinds and places, never the words: a refusal is shown and kept in places a text must not be.</summary>
    public static Refusal IdentifiersFound(IReadOnlyList<Identifier> found) => new(
        "identifiers-found",
        "This may tell who the patient is: " + string.Join(", ", found.Select(f => string.Create(CultureInfo.InvariantCulture, $"{Named(f.Kind)} at {f.Start}+{f.Length}")))
            + ". Take it out, or say that it identifies nobody.");

    private static string Named(IdentifierKind kind) => kind.ToString("G").ToLowerInvariant();
}
