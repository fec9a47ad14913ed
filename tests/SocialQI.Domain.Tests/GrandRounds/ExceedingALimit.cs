using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Domain.Tests.Ballots;
using SocialQI.Domain.Tests.GrandRounds;
using SocialQI.GrandRounds;

namespace SocialQI.Domain.Tests;

public sealed partial class ExceedingALimit
{
    private static readonly BallotTerms terms = new(BallotKind.SingleChoice, "What next?", ["Lumbar puncture", "Bone marrow"]);

    private static IEnumerable<Row> OfRounds =>
    [
        OfText("BallotTerms.QuestionLengthMax", BallotTerms.QuestionLengthMax, t => Called(terms with { Question = t })),
        new("BallotTerms.OptionsMax", n => Called(terms with { Options = [.. Enumerable.Range(1, n).Select(i => "Option " + i)] }), BallotTerms.OptionsMax, "too-many"),
        OfText("BallotTerms.OptionLengthMax", BallotTerms.OptionLengthMax, t => Called(terms with { Options = [t, "Other"] })),
        new("BallotTerms.SeatsMax", n => Called(terms with { Seats = People(n) }), BallotTerms.SeatsMax, "too-many"),
        new("BallotTerms.EntriesMax", n => Called(terms with { ClosesAfter = n }), BallotTerms.EntriesMax, "out-of-range"),
        new("BallotTerms.EntriesMax", OneMoreEntry, BallotTerms.EntriesMax, "too-many"),
        new("BallotTerms.ScaleMax", n => Cast(terms with { Kind = BallotKind.Scale }, new Choice(0, n)), BallotTerms.ScaleMax, "out-of-range"),
        new("Entry.ConfidenceMax", n => Cast(terms with { AsksConfidence = true }, new Choice(0, Confidence: n)), Entry.ConfidenceMax, "out-of-range"),
        new("Entry.VotesMax", n => Cast(terms with { Kind = BallotKind.Votes }, [.. Enumerable.Range(1, n).Select(i => new Choice(i, 1))]), Entry.VotesMax, "too-many"),
        OfText("Entry.TextLengthMax", Entry.TextLengthMax, t => BallotHistory.Of(terms with { Kind = BallotKind.Text, Options = default }).Ask(CaseHistory.Ada, new CastEntry(new Entry(default, t)))),
        new("Opinion.DiagnosesMax", n => Opined(new([.. Enumerable.Range(1, n).Select(i => new Diagnosis(new(null, "Diagnosis " + i)))])), Opinion.DiagnosesMax, "too-many"),
        OfText("Opinion.TextLengthMax", Opinion.TextLengthMax, t => Opined(new([new(new(null, "Sepsis"))], t))),
        OfText("Opinion.TextLengthMax", Opinion.TextLengthMax, t => Opined(new([new(new(null, "Sepsis"))], null, t))),
        new("BallotShown.Max", n => Many(n, i => new CallBallot(new Guid(i, 0, 0, new byte[8]), terms)), BallotShown.Max, "too-many"),
        OfText("BallotShown.ReasonLengthMax", BallotShown.ReasonLengthMax, Ended),
        OfText("RoundsPlan.TitleLengthMax", RoundsPlan.TitleLengthMax, t => Planned(RoundsHistory.Plan with { Title = t })),
        OfText("RoundsPlan.TitleLengthMax", RoundsPlan.TitleLengthMax, t => Planned(RoundsHistory.Plan with { Agenda = [new(t, default, 0, 5)] })),
        OfText("RoundsPlan.AboutLengthMax", RoundsPlan.AboutLengthMax, t => Planned(RoundsHistory.Plan with { About = t })),
        OfText("RoundsPlan.AddressLengthMax", RoundsPlan.AddressLengthMax, t => Planned(RoundsHistory.Plan with { Room = "https://video.example/" + t[22..] })),
        new("RoundsPlan.MinutesMax", n => Planned(RoundsHistory.Plan with { Minutes = n }), RoundsPlan.MinutesMax, "out-of-range"),
        new("RoundsPlan.AgendaMax", n => Planned(RoundsHistory.Plan with { Agenda = [.. Enumerable.Range(0, n).Select(i => new AgendaItem("Part", default, i, 1))] }), RoundsPlan.AgendaMax, "too-many"),
        new("RoundsPlan.ModeratorsMax", n => Planned(RoundsHistory.Plan with { Moderators = People(n) }), RoundsPlan.ModeratorsMax, "too-many"),
        new("RoundsPlan.HostsMax", n => Planned(RoundsHistory.Plan with { Hosts = [.. Enumerable.Range(1, n).Select(i => InstitutionId.Parse("hospital-" + i))] }), RoundsPlan.HostsMax, "too-many"),
        new("Repeat.WeeksMax", n => Planned(RoundsHistory.Plan, new(n, 2)), Repeat.WeeksMax, "out-of-range"),
        new("Repeat.TimesMax", n => Planned(RoundsHistory.Plan, new(1, n)), Repeat.TimesMax, "out-of-range"),
        OfText("QuestionShown.TextLengthMax", QuestionShown.TextLengthMax, t => InRounds(_ => new AskQuestion(t))),
        OfText("QuestionShown.AnswerLengthMax", QuestionShown.AnswerLengthMax, t => InRounds(_ => new AskQuestion("Why?"), n => new AnswerQuestion(n, t))),
        OfText("QuestionShown.ReasonLengthMax", QuestionShown.ReasonLengthMax, t => InRounds(_ => new AskQuestion("Why?"), n => new DismissQuestion(n, t))),
        new("RoundsState.QuestionsMax", n => Many(n, i => new AskQuestion("Why " + i), i => Voter(i / RoundsState.QuestionsOfOneMax)), RoundsState.QuestionsMax, "too-many"),
        new("RoundsState.QuestionsOfOneMax", n => Many(n, i => new AskQuestion("Why " + i)), RoundsState.QuestionsOfOneMax, "too-many"),
        new("RoundsState.DecisionsMax", n => Many(n, i => new RecordDecision("Treat " + i)), RoundsState.DecisionsMax, "too-many"),
        new("RoundsState.ActionsMax", n => Many(n, i => new RecordAction("Ask " + i, default, Noon + TimeSpan.FromDays(9))), RoundsState.ActionsMax, "too-many"),
        OfText("RoundsState.NoteLengthMax", RoundsState.NoteLengthMax, t => InRounds(_ => new RecordDecision(t))),
        OfText("RoundsState.NoteLengthMax", RoundsState.NoteLengthMax, t => InRounds(_ => new RecordAction("Ask.", default, Noon + TimeSpan.FromDays(9)), n => new SettleAction(n, t))),
        OfText("RoundsState.ReasonLengthMax", RoundsState.ReasonLengthMax, t => RoundsHistory.Planned().Ask(CaseHistory.Ada, new CancelRounds(t))),
    ];

    private static Refusal? Opined(Opinion opinion) => BallotHistory.Of(terms with { Kind = BallotKind.Differential }).Ask(CaseHistory.Ada, new CastEntry(new Entry(default, null, opinion)));

    private static Refusal? Called(BallotTerms called) => InRounds(_ => new CallBallot(new Guid(9, 0, 0, new byte[8]), called));

    private static Refusal? Cast(BallotTerms called, params Choice[] choices) => BallotHistory.Of(called).Ask(CaseHistory.Ada, new CastEntry(new Entry([.. choices])));

    private static Refusal? OneMoreEntry(int entries)
    {
        var ballot = BallotHistory.Of(terms).State;
        var seats = Enumerable.Range(100, entries - 1).Select(i => new SeatEntry(Person(i), null, null, default, new Entry([new(0)]))).ToList();
        ballot = ballot with { Entries = seats.ToImmutableDictionary(s => s.By), Order = [.. seats.Select(s => s.By)] };
        return new BallotRules().Decide(ballot, new Attributed(new CastEntry(new Entry([new(0)])), CaseHistory.Ada, Noon) { OwnersAudience = BallotHistory.Everybody }).Refusal;
    }

    private static Refusal? Ended(string reason) => InRounds(
        _ => new CallBallot(new Guid(9, 0, 0, new byte[8]), terms), _ => new EndBallot(TopicId.BallotOf(RoundsHistory.Topic, new Guid(9, 0, 0, new byte[8])), reason));

    private static Refusal? Planned(RoundsPlan plan, Repeat? repeat = null) => new RoundsHistory().Ask(CaseHistory.Ada, new PlanRounds(plan, repeat));

    // Each command knows the number of the event before it.
    private static Refusal? InRounds(params Func<long, Command>[] commands)
    {
        var rounds = RoundsHistory.Live();
        return commands.Select(c => rounds.Ask(CaseHistory.Ada, c(rounds.Shown.Number))).ToList()[^1];
    }

    private static Refusal? Many(int times, Func<int, Command> command, Func<int, Passport>? by = null)
    {
        var rounds = RoundsHistory.Live();
        return Enumerable.Range(0, times).Select(i => rounds.Ask(by?.Invoke(i) ?? CaseHistory.Ada, command(i))).ToList()[^1];
    }

    private static Passport Voter(int n) => CaseHistory.PassportOf(100 + n, CaseHistory.Thornmere, InstitutionRole.Clinician);
}
