using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Ballots;

/// <summary>Whether an opinion has the shape it should have. Null means yes.</summary>
internal static class OpinionChecks
{
    public static Refusal? Refuse(BallotTerms terms, Entry entry) =>
        entry.Opinion is not { } opinion ? BallotRefusals.NoDiagnosis
        : Refuse(opinion.Differential.OrEmpty())
        ?? RefuseIfSaid("reasons", opinion.Reasons)
        ?? RefuseIfSaid("what would change it", opinion.WouldChange)
        ?? RefuseNextStep(terms, entry);

    private static Refusal? Refuse(ImmutableArray<Diagnosis> differential) =>
        differential.IsEmpty ? BallotRefusals.NoDiagnosis
        : differential.Length > Opinion.DiagnosesMax ? Refusal.TooMany("diagnoses", Opinion.DiagnosesMax)
        : differential.Any(d => d?.Of is null) ? Refusal.NotA("diagnosis")
        : differential.Select(d => CaseChecks.Refuse(d.Of)).FirstOrDefault(r => r is not null)
        ?? (differential.Any(d => d.Confidence is < 0 or > Entry.ConfidenceMax) ? Refusal.OutOfRange("confidence", 0, Entry.ConfidenceMax)
            : differential.Sum(d => d.Confidence ?? 0) > Entry.ConfidenceMax ? BallotRefusals.MoreThanCertain
            : null);

    /// <summary>For after they have their codes: synonyms are found to be the same only then.</summary>
    public static Refusal? RefuseTwice(ImmutableArray<Diagnosis> differential) =>
        differential.DistinctBy(d => Opinion.ConceptOf(d.Of)).Count() < differential.Length ? BallotRefusals.SameDiagnosisTwice : null;

    private static Refusal? RefuseIfSaid(string what, string? text) => text is null ? null : PlainText.RefuseProse(what, text, Opinion.TextLengthMax);

    private static Refusal? RefuseNextStep(BallotTerms terms, Entry entry) =>
        entry.Choices.OrEmpty().IsEmpty ? entry.Text is null ? null : PlainText.RefuseLine("next step", entry.Text, Entry.TextLengthMax)
        : entry.Text is not null ? BallotRefusals.TwoNextSteps
        : BallotChecks.RefuseChoices(terms, entry.Choices);
}
