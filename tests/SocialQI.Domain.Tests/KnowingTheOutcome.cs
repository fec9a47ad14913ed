using SocialQI.Ballots;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>What will be known of a case is planned, asked for when it is due, and told once; a revision says why.</summary>
public sealed class KnowingTheOutcome
{
    private static readonly Condition sepsis = new("A41.9", "Sepsis, unspecified organism");
    private static readonly Condition hlh = new("D76.2", "Hemophagocytic syndrome");
    private static readonly Outcome outcome = new([hlh], [sepsis], "Marrow, then dexamethasone.", Fared.Improved);
    private static readonly BallotTerms opinions = new(BallotKind.Differential, "What is it?");

    private readonly CaseHistory noon = CaseHistory.OfOpenCase();

    [Fact]
    public void Is_planned_by_the_author_for_whoever_will_know()
    {
        Assert.Null(noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(3), CaseHistory.Ben.Person)));
        Assert.Equal(("Histology", CaseHistory.Ben.Person, 0), (noon.State.Shown.Expected!.What.Words, noon.State.Shown.Expected.Who, noon.State.Shown.Expected.Reminded));
        Assert.Null(noon.Ask(CaseHistory.Ben, new RecordOutcome(outcome, new(0))));
        Assert.Null(noon.State.Shown.Expected);
        Assert.Equal(outcome, noon.State.Shown.Outcome!.Outcome);
    }

    [Fact]
    public void Is_nobody_elses_to_tell()
    {
        Assert.Equal(Refusal.NotAllowed, noon.Ask(CaseHistory.Ben, Expect(TimeSpan.FromDays(3))));
        Assert.Equal(Refusal.NotAllowed, noon.Ask(CaseHistory.Ben, new RecordOutcome(outcome, new(0))));
        Assert.Null(noon.Ask(CaseHistory.Chief, new RecordOutcome(outcome, new(0))));
    }

    [Fact]
    public void Is_asked_for_when_it_is_due_and_a_bounded_number_of_times()
    {
        Assert.Null(noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(3))));
        Assert.Null(noon.Ask(Passport.OfOperator, new RemindOfOutcome()));
        Assert.Equal(0, noon.State.Shown.Expected!.Reminded);
        Assert.Equal(Refusal.NotThere, noon.Ask(CaseHistory.Ben, new RemindOfOutcome()));
        for (var times = 1; times <= OutcomeDue.RemindersMax; times++)
        {
            noon.Skip(OutcomeDue.BetweenReminders);
            Assert.Null(noon.Ask(Passport.OfOperator, new RemindOfOutcome()));
            Assert.Equal(times, noon.State.Shown.Expected!.Reminded);
            var plan = Assert.Single(StoreRows.Of(noon.Topic, noon.Last).Due);
            Assert.Equal(times == OutcomeDue.RemindersMax, plan.At is null);
            Assert.IsType<RemindOfOutcome>(StoreRows.CommandOf(plan.Key));
        }
    }

    [Fact]
    public void Is_told_also_when_the_case_is_closed()
    {
        Assert.Null(noon.Ask(CaseHistory.Ada, new CloseCase("Think of it.", new(0))));
        Assert.Null(noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(3))));
        Assert.Null(noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
    }

    [Fact]
    public void Is_not_told_while_opinions_are_sealed_nor_asked_for_once_it_is_told()
    {
        Assert.Null(noon.Ask(CaseHistory.Ada, new CallBallot(new Guid(9, 0, 0, new byte[8]), opinions, new(0))));
        Assert.Equal(OutcomeRefusals.StillSealed, noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
        var ballot = noon.State.Shown.Ballots[0].Ballot;
        Assert.Null(noon.Ask(Passport.OfOperator, new NoteResult(ballot, ClosingGround.Time, new(new(0, []), [], []))));
        Assert.Null(noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
        Assert.Equal(OutcomeRefusals.Known, noon.Ask(CaseHistory.Ada, new CallBallot(new Guid(10, 0, 0, new byte[8]), opinions, new(0))));
    }

    [Fact]
    public void Is_told_once_and_revised_with_a_reason()
    {
        Assert.Equal(OutcomeRefusals.NotKnown, noon.Ask(CaseHistory.Ada, new ReviseOutcome(outcome, "The marrow said so.", new(0))));
        Assert.Null(noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
        var number = noon.State.Shown.Number;
        Assert.Null(noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
        Assert.Equal(number, noon.State.Shown.Number);
        var other = outcome with { Right = [sepsis], RuledOut = [hlh] };
        Assert.Equal(OutcomeRefusals.Known, noon.Ask(CaseHistory.Ada, new RecordOutcome(other, new(0))));
        Assert.Equal(OutcomeRefusals.Known, noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(3))));
        Assert.Equal("empty", noon.Ask(CaseHistory.Ada, new ReviseOutcome(other, " ", new(0)))!.Code);
        Assert.Null(noon.Ask(CaseHistory.Ada, new ReviseOutcome(other, "The culture grew.", new(0))));
        Assert.Equal((other, "The culture grew."), (noon.State.Shown.Outcome!.Outcome, noon.State.Shown.Outcome.Reason));
    }

    [Theory]
    [InlineData("contradicts-itself")]
    [InlineData("same-diagnosis-twice")]
    [InlineData("too-many")]
    [InlineData("empty")]
    [InlineData("not-an-outcome")]
    [InlineData("not-a-diagnosis-code")]
    [InlineData("identifiers-found")]
    public void That_makes_no_sense_is_refused_by_name(string code)
    {
        var told = code switch
        {
            "contradicts-itself" => outcome with { RuledOut = [new("D762", "HLH")] },
            "same-diagnosis-twice" => outcome with { Right = [hlh, new("D762", "HLH")] },
            "too-many" => outcome with { RuledOut = [.. Enumerable.Range(0, Outcome.DiagnosesMax + 1).Select(i => new Condition(null, $"Number {i}"))] },
            "empty" => outcome with { Done = "" },
            "not-an-outcome" => outcome with { Fared = (Fared)99 },
            "not-a-diagnosis-code" => outcome with { Right = [new("??", "Something")] },
            _ => outcome with { Done = "Seen on 12.03.2024 with MRN 12345678" },
        };
        Assert.Equal(code, noon.Ask(CaseHistory.Ada, new RecordOutcome(told, code == "identifiers-found" ? null : new(0)))?.Code);
        Assert.Null(noon.State.Shown.Outcome);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(731)]
    public void At_a_day_that_is_over_or_too_far_ahead_is_refused(int days) =>
        Assert.Equal(OutcomeRefusals.ExpectedWhen, noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(days))));

    [Fact]
    public void Goes_with_its_text_when_that_is_destroyed()
    {
        Assert.Null(noon.Ask(CaseHistory.Ada, Expect(TimeSpan.FromDays(3))));
        Assert.Null(noon.Ask(CaseHistory.Chief, new RedactText(noon.State.Shown.Number, RedactionGround.Identifiers)));
        Assert.Null(noon.State.Shown.Expected);
        Assert.Equal(Json.Encode(noon.State.Shown), Json.Encode(noon.ReadAfresh().Shown));
        noon.Skip(TimeSpan.FromDays(4));
        Assert.Null(noon.Ask(Passport.OfOperator, new RemindOfOutcome()));
        Assert.Null(Assert.Single(StoreRows.Of(noon.Topic, noon.Last).Due).At);

        Assert.Null(noon.Ask(CaseHistory.Ada, new RecordOutcome(outcome, new(0))));
        Assert.Null(noon.Ask(CaseHistory.Ada, new ReviseOutcome(outcome with { Fared = Fared.Worse }, "It turned.", new(0))));
        Assert.Null(noon.Ask(CaseHistory.Chief, new RedactText(noon.State.Shown.Number, RedactionGround.Identifiers)));
        Assert.Null(noon.State.Shown.Outcome);
        Assert.Equal(Json.Encode(noon.State.Shown), Json.Encode(noon.ReadAfresh().Shown));
    }

    [Theory]
    [InlineData("D76.2", "D762", true)]
    [InlineData("D76.2", "D76", true)]
    [InlineData("D76", "D76.21", true)]
    [InlineData("D76.2", "D76.1", false)]
    [InlineData("D76.2", null, false)]
    public void Confirms_a_wider_or_narrower_code_of_what_was_right(string right, string? said, bool confirmed) =>
        Assert.Equal(confirmed, new Outcome([new(right, "Right")], [], "Done.", Fared.Improved).Confirms(new(said, "Said")));

    private static ExpectOutcome Expect(TimeSpan ahead, ClinicianId? who = null) => new("Histology", new Moment(2_000) + ahead, who, new(0));
}
