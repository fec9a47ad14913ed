using System.Collections.Immutable;

namespace SocialQI.Ballots;

/// <summary>Whether terms and entries have the shape they should have. Null means yes.</summary>
internal static class BallotChecks
{
    public static Refusal? Refuse(BallotTerms? terms, Moment at) =>
        terms is null || !Enum.IsDefined(terms.Kind) || terms.Kind == BallotKind.Votes ? Refusal.NotA("ballot")
        : terms.AsksAll && terms.Kind != BallotKind.Scale ? Refusal.NotA("ballot")
        : terms.Kind == BallotKind.Differential && !terms.IsSealed ? BallotRefusals.NotSealed
        : PlainText.RefuseLine("question", terms.Question, BallotTerms.QuestionLengthMax)
        ?? RefuseOptions(terms.Kind, terms.Options.OrEmpty())
        ?? RefuseSeats(terms.Seats.OrEmpty())
        ?? (terms.ClosesAfter is < 1 or > BallotTerms.EntriesMax ? Refusal.OutOfRange("number of entries", 1, BallotTerms.EntriesMax)
            : terms.ClosesAfter > terms.Seats.OrEmpty().Length && !terms.Seats.OrEmpty().IsEmpty ? BallotRefusals.FewerSeats
            : terms.ClosesAt <= at || terms.ClosesAt > at + BallotTerms.LastsMax ? BallotRefusals.ClosesWhen
            : RefuseTraineesFirst(terms, at));

    private static Refusal? RefuseTraineesFirst(BallotTerms terms, Moment at) =>
        terms.TraineesUntil is not { } until ? null
        : terms.Kind != BallotKind.Differential || until <= at || until >= (terms.ClosesAt ?? at + BallotTerms.LastsMax) ? BallotRefusals.TraineesWhen
        : null;

    public static Refusal? Refuse(BallotTerms terms, Entry? entry) =>
        entry is null || entry.Choices.OrEmpty().Any(c => c is null) ? Refusal.NotA("entry")
        : terms.Kind == BallotKind.Differential ? OpinionChecks.Refuse(terms, entry)
        : entry.Opinion is not null ? BallotRefusals.NoOpinion
        : terms.Kind == BallotKind.Text ? RefuseText(entry)
        : entry.Text is not null ? BallotRefusals.NoText
        : RefuseChoices(terms, entry.Choices.OrEmpty());

    /// <summary>Whatever somebody wrote themselves in an entry.</summary>
    public static IEnumerable<string> TextsOf(Entry entry) =>
        new[] { entry.Text, entry.Opinion?.Reasons, entry.Opinion?.WouldChange }.OfType<string>()
            .Concat(entry.Choices.OrEmpty().Select(c => c.Comment).OfType<string>())
            .Concat(entry.Opinion?.Differential.OrEmpty().Where(d => d.Of.Code is null).Select(d => d.Of.Text) ?? []);

    private static Refusal? RefuseText(Entry entry) =>
        !entry.Choices.OrEmpty().IsEmpty ? BallotRefusals.NotOffered : PlainText.RefuseLine("entry", entry.Text, Entry.TextLengthMax);

    internal static Refusal? RefuseChoices(BallotTerms terms, ImmutableArray<Choice> choices) =>
        choices.Length > Most(terms) ? Refusal.TooMany("choices", Most(terms))
        // Who takes all votes back says nothing, and may.
        : choices.IsEmpty && terms.Kind != BallotKind.Votes ? BallotRefusals.NothingChosen
        : choices.DistinctBy(c => c.Option).Count() < choices.Length ? BallotRefusals.ChosenTwice
        : choices.Select(c => RefuseChoice(terms, c)).FirstOrDefault(r => r is not null);

    private static int Most(BallotTerms terms) => terms.Kind switch
    {
        BallotKind.SingleChoice or BallotKind.Differential => 1,
        BallotKind.Votes => Entry.VotesMax,
        _ => terms.Options.OrEmpty().Length,
    };

    private static Refusal? RefuseChoice(BallotTerms terms, Choice choice) =>
        choice.Option < 0 || (terms.Kind != BallotKind.Votes && choice.Option >= terms.Options.OrEmpty().Length) ? BallotRefusals.NotOffered
        : RefuseValue(terms.Kind, choice.Value)
        ?? RefuseComment(terms.Kind, choice.Comment)
        ?? (choice.Confidence is null ? null
            : !terms.AsksConfidence ? BallotRefusals.NoConfidence
            : choice.Confidence is < 0 or > Entry.ConfidenceMax ? Refusal.OutOfRange("confidence", 0, Entry.ConfidenceMax)
            : null);

    private static Refusal? RefuseComment(BallotKind kind, string? comment) =>
        comment is null ? null
        : kind != BallotKind.Scale ? BallotRefusals.NoText
        : PlainText.RefuseLine("comment", comment, Entry.TextLengthMax);

    private static Refusal? RefuseValue(BallotKind kind, int? value) => kind switch
    {
        BallotKind.Scale => value is null or < BallotTerms.ScaleMin or > BallotTerms.ScaleMax ? Refusal.OutOfRange("rating", BallotTerms.ScaleMin, BallotTerms.ScaleMax) : null,
        BallotKind.Votes => value is 1 or -1 ? null : Refusal.NotA("vote"),
        _ => value is null ? null : Refusal.NotA("choice"),
    };

    private static Refusal? RefuseOptions(BallotKind kind, ImmutableArray<string> options) =>
        kind == BallotKind.Text ? options.IsEmpty ? null : BallotRefusals.TextHasNoOptions
        // Without any on offer, everybody says in their own words what to do next.
        : kind == BallotKind.Differential && options.IsEmpty ? null
        : options.Length > BallotTerms.OptionsMax ? Refusal.TooMany("options", BallotTerms.OptionsMax)
        : options.Length < BallotTerms.OptionsMin ? BallotRefusals.NoChoice
        : options.Distinct(StringComparer.OrdinalIgnoreCase).Count() < options.Length ? BallotRefusals.SameTwice
        : options.Select(o => PlainText.RefuseLine("option", o, BallotTerms.OptionLengthMax)).FirstOrDefault(r => r is not null);

    private static Refusal? RefuseSeats(ImmutableArray<ClinicianId> seats) =>
        seats.Length > BallotTerms.SeatsMax ? Refusal.TooMany("seats", BallotTerms.SeatsMax)
        : seats.Distinct().Count() < seats.Length ? BallotRefusals.SeatedTwice
        : null;
}

/// <summary>The reasons that only ballots have.</summary>
public static class BallotRefusals
{
    public static readonly Refusal Over = new("ballot-closed", "This is closed. What came of it stands where it was asked.");

    public static readonly Refusal NotOffered = new("not-offered", "This option was not offered.");

    public static readonly Refusal ChosenTwice = new("chosen-twice", "The same option is chosen twice. Keep one.");

    public static readonly Refusal NothingChosen = new("nothing-chosen", "Nothing is chosen yet.");

    public static readonly Refusal NoText = new("no-text", "Only options can be chosen here.");

    public static readonly Refusal NoConfidence = new("no-confidence", "How sure you are is not asked here.");

    public static readonly Refusal NoChoice = new("no-choice", "Offer at least two options.");

    public static readonly Refusal SameTwice = new("same-option-twice", "Two options are the same. Keep one.");

    public static readonly Refusal TextHasNoOptions = new("text-has-no-options", "Who answers in their own words chooses no option.");

    public static readonly Refusal SeatedTwice = new("seated-twice", "Somebody has two seats.");

    public static readonly Refusal FewerSeats = new("fewer-seats", "It would close with more entries than there are seats.");

    public static readonly Refusal ClosesWhen = new("closes-when", "It must close later than now, and within 60 days.");

    public static readonly Refusal NoOpinion = new("no-opinion", "Diagnoses are not asked here.");

    public static readonly Refusal NoDiagnosis = new("no-diagnosis", "Name at least one diagnosis.");

    public static readonly Refusal SameDiagnosisTwice = new("same-diagnosis-twice", "Two of these are the same diagnosis. Keep one.");

    public static readonly Refusal MoreThanCertain = new("more-than-certain", "Together the diagnoses are likelier than 100 percent.");

    public static readonly Refusal TwoNextSteps = new("two-next-steps", "Choose a next step or name another one, not both.");

    public static readonly Refusal Recused = new("recused", "You take no part in this: the case is your own, or you stepped aside.");

    public static readonly Refusal TraineesFirst = new("trainees-first", "Those in training answer first. You can as soon as their time is over.");

    public static readonly Refusal TraineesWhen = new("trainees-when", "Those in training can be first on a case, for a time that is over before all close.");

    public static readonly Refusal NotAllRated = new("not-all-rated", "Rate all of them: only together they are an entry.");

    public static readonly Refusal NotSealed = new("not-sealed", "Opinions are worth pooling only where nobody saw another's first: they are always sealed.");

    public static readonly Refusal OnACaseOnly = new("on-a-case-only", "Opinions are asked on a case.");

    public static readonly Refusal NoSuchBallot = new("no-such-ballot", "There is no such ballot here.");

    public static readonly Refusal FirstRoundOpen = new("first-round-open", "The first round is not closed yet.");

    public static readonly Refusal OtherQuestion = new("other-question", "A second round asks what the first one asked, with the same options.");
}
