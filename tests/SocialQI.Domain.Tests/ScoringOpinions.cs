using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Domain.Tests.Ballots;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>What came of a case scores each opinion once, in the topic of who gave it; a revised outcome takes the place of the one before.</summary>
public sealed class ScoringOpinions
{
    private static readonly Condition sepsis = new("A41.9", "Sepsis");
    private static readonly Condition hlh = new("D76.2", "Hemophagocytic syndrome");
    private static readonly Outcome outcome = new([hlh], [], "Dexamethasone.", Fared.Improved);
    private static readonly TopicId one = BallotOf(1), two = BallotOf(2);
    private static readonly OpinionScore right = new(true, [new(60, true), new(30, false)]);
    private static readonly OpinionScore wrong = new(false, [new(60, false)]);

    private readonly History<ClinicianTopic> ben = new(new ClinicianRules(), CaseHistory.Ben.Person.Topic);

    public ScoringOpinions() => Assert.Null(ben.Ask(
        Passport.OfOperator, new RegisterClinician("Ben Arroyo", "Cardiology", Grade.Fellow, CaseHistory.Thornmere, InstitutionRole.Clinician)));

    [Fact]
    public void Says_who_was_right_among_the_first_three_and_with_what_chances()
    {
        var ballot = BallotHistory.Of(new BallotTerms(BallotKind.Differential, "What is it?", IsNamed: true));
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of((sepsis, 70), (hlh, 20))));
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of((sepsis, null), (new(null, "Lupus"), null), (new(null, "Lymphoma"), null), (hlh, null))));
        ballot.Close();
        Assert.Null(ballot.Ask(CaseHistory.Chief, Of((hlh, 99))));
        var scores = Scoring.Of(ballot.State, outcome).ToDictionary(s => s.By, s => s.Score!);
        Assert.Equal(2, scores.Count);
        Assert.True(scores[CaseHistory.Ada.Person].Right);
        Assert.Equal([new(70, false), new ScoredChance(20, true)], scores[CaseHistory.Ada.Person].Chances);
        Assert.False(scores[CaseHistory.Ben.Person].Right);
        Assert.True(scores[CaseHistory.Ben.Person].Chances.IsDefault);
        Assert.All(Scoring.Of(ballot.State, outcome with { Right = [] }), s => Assert.Null(s.Score));
    }

    [Fact]
    public void Counts_a_case_once_however_often_it_is_told()
    {
        Score(one, 5, right);
        Score(one, 5, right);
        Score(two, 3, wrong);
        Assert.Equal((2, 1), (Calibrated.Cases, Calibrated.Right));
        Assert.Equal([new(30, 1, 0), new ChanceCount(60, 2, 1)], Calibrated.Chances);
    }

    [Fact]
    public void Puts_a_revised_outcome_in_place_of_the_one_before_and_no_older_one()
    {
        Score(one, 5, right);
        Score(one, 9, wrong);
        Score(one, 7, right);
        Assert.Equal((1, 0), (Calibrated.Cases, Calibrated.Right));
        Assert.Equal([new ChanceCount(60, 1, 0)], Calibrated.Chances);
        Score(one, 11, null);
        Assert.Equal((0, 0, 0), (Calibrated.Cases, Calibrated.Right, Calibrated.Chances.Length));
    }

    [Fact]
    public void Writes_the_record_into_the_passport()
    {
        Score(one, 5, right);
        Score(two, 5, wrong);
        var row = Assert.Single(StoreRows.Of(ben.Topic, new Envelope(4, default, ClinicianId.Operator, null, ben.Last[0])).Passports);
        Assert.Equal(("record", "1/2"), (row.Holds, row.As));
    }

    [Fact]
    public void Is_the_services_own()
    {
        Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Ben, new ScoreOpinion(one, 5, right)));
        Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Ada, new ScoreOpinion(one, 5, right)));
    }

    [Fact]
    public void Survives_a_snapshot()
    {
        Score(one, 5, right);
        var rules = new ClinicianRules();
        var thawed = rules.Thaw(ben.Topic, rules.Freeze(ben.State));
        Assert.Equal(rules.Freeze(ben.State), rules.Freeze(thawed));
        Assert.Equal(Decision.NothingToDo, rules.Decide(thawed, new Attributed(new ScoreOpinion(one, 5, wrong), Passport.OfOperator, ben.Now)));
    }

    [Fact]
    public void Stops_where_a_record_is_full()
    {
        for (var i = 0; i < Calibration.CasesMax + 1; i++)
        {
            Score(BallotOf(i), 5, wrong);
        }
        Assert.Equal(Calibration.CasesMax, Calibrated.Cases);
    }

    private Calibration Calibrated => ben.State.Shown.Calibration!;

    private void Score(TopicId ballot, long outcome, OpinionScore? score) => Assert.Null(ben.Ask(Passport.OfOperator, new ScoreOpinion(ballot, outcome, score)));

    private static TopicId BallotOf(int key) => TopicId.BallotOf(TopicId.Case(CaseHistory.NorthHarbour, new Guid(7, 0, 0, new byte[8])), new Guid(key, 1, 0, new byte[8]));

    private static CastEntry Of(params (Condition Condition, int? Confidence)[] differential) =>
        new(new Entry(default, null, new([.. differential.Select(d => new Diagnosis(d.Condition, d.Confidence))])));
}
