using SocialQI.Ballots;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests.Ballots;

/// <summary>Independent opinions on a case: ranked diagnoses, a next step, reasons. Once they are opened they are one pool.</summary>
public sealed class HoldingAnOpinion
{
    private static readonly Condition sepsis = new("A41.9", "Sepsis, unspecified organism");
    private static readonly Condition hlh = new("D76.2", "Hemophagocytic syndrome, infection-associated");
    private static readonly Condition still = new(null, "Adult-onset Still’s disease");

    private static readonly BallotTerms terms = new(BallotKind.Differential, "What is it?", ["Marrow tonight", "Dexamethasone now"]);

    [Fact]
    public void Pools_what_all_named_by_the_place_that_each_gave_it()
    {
        var ballot = BallotHistory.Of(terms);
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of(0, (sepsis, 45), (hlh, 35), (still, 10))));
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(1, (hlh, 60))));
        Assert.Null(ballot.Ask(BallotHistory.Voter(5, CaseHistory.Thornmere), Of(1, (hlh, null), (still with { Text = "  adult-onset  STILL’S disease" }, null))));

        var pool = ballot.Close().Result!.Whole;
        Assert.Equal([("D76.2", 2.5, 3, 2, 47.5), ("A41.9", 1.0, 1, 1, 45.0), (null, 5.0 / 6, 2, 0, 10.0)], pool.Pool.Select(p => (p.Of.Code, p.Score, p.Count, p.First, p.Confidence!.Value)));
        Assert.Equal([1, 2], pool.Options.Select(o => o.Count));
    }

    [Fact]
    public void Calls_a_diagnosis_as_most_of_them_do()
    {
        var ballot = BallotHistory.Of(terms);
        foreach (var (seat, name) in new[] { "HLH", "Hemophagocytic syndrome", "Hemophagocytic syndrome" }.Index())
        {
            Assert.Null(ballot.Ask(BallotHistory.Voter(10 + seat, CaseHistory.Thornmere), Of(null, (new(seat == 0 ? "D762" : "D76.2", name), null))));
        }
        Assert.Equal(new Condition("D76.2", "Hemophagocytic syndrome"), Assert.Single(ballot.Close().Result!.Whole.Pool).Of);
    }

    [Fact]
    public void Counts_only_what_a_seat_said_last()
    {
        var ballot = BallotHistory.Of(terms);
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of(0, (sepsis, 90))));
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of(null, (hlh, 50))));
        var number = ballot.State.Shown.Number;
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of(null, (hlh, 50))));
        Assert.Equal(number, ballot.State.Shown.Number);
        Assert.Equal([hlh], ballot.Close().Result!.Whole.Pool.Select(p => p.Of));
    }

    [Fact]
    public void Takes_another_next_step_than_those_on_offer_in_ones_own_words()
    {
        var ballot = BallotHistory.Of(terms with { Options = default });
        var opinion = new Opinion([new(hlh)]);
        Assert.Null(ballot.Ask(CaseHistory.Ada, new CastEntry(new Entry(default, "Call the transplant center", opinion))));
        Assert.Null(ballot.Ask(CaseHistory.Ben, new CastEntry(new Entry(default, null, opinion))));
        Assert.Equal(["Call the transplant center"], ballot.Close().Result!.Whole.Texts);
    }

    [Fact]
    public void Of_the_authors_own_case_is_refused_by_name()
    {
        var ballot = new BallotHistory();
        Assert.Null(ballot.Ask(Passport.OfOperator, new BeginBallot(BallotHistory.Owner, CaseHistory.Chief.Person, terms, [CaseHistory.Ada.Person])));
        Assert.Equal(BallotRefusals.Recused, ballot.Ask(CaseHistory.Ada, Of(null, (hlh, null))));
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(null, (hlh, null))));
    }

    [Fact]
    public void Is_asked_on_a_case_and_its_author_steps_aside()
    {
        var history = CaseHistory.OfOpenCase();
        Assert.Null(history.Ask(CaseHistory.Ada, new CallBallot(new Guid(9, 0, 0, new byte[8]), terms, new(0))));
        Assert.Equal(terms.Question, Assert.Single(history.State.Shown.Ballots).Terms.Question);
    }

    [Fact]
    public void Is_asked_sealed_or_not_at_all() => Assert.Equal(
        BallotRefusals.NotSealed, CaseHistory.OfOpenCase().Ask(CaseHistory.Ada, new CallBallot(new Guid(9, 0, 0, new byte[8]), terms with { IsSealed = false }, new(0))));

    [Theory]
    [InlineData("no-diagnosis")]
    [InlineData("too-many")]
    [InlineData("out-of-range", 101)]
    [InlineData("out-of-range", -1)]
    [InlineData("more-than-certain", 60, 41)]
    [InlineData("not-offered")]
    [InlineData("two-next-steps")]
    [InlineData("not-a-diagnosis-code")]
    [InlineData("empty")]
    [InlineData("same-diagnosis-twice")]
    public void That_makes_no_sense_is_refused_by_name(string code, params int[] confidences)
    {
        Condition[] five = [sepsis, hlh, still, new("M32.9", "Lupus"), new(null, "Lymphoma")];
        var cast = code switch
        {
            "no-diagnosis" => Of(0),
            "too-many" => Of(0, [.. five.Append(new("B55.0", "Visceral leishmaniasis")).Select(c => (c, (int?)null))]),
            "not-offered" => Of(2, (hlh, null)),
            "two-next-steps" => new(new Entry([new(0)], "Both", new([new(hlh)]))),
            "not-a-diagnosis-code" => Of(0, (new("??", "Something"), null)),
            "empty" => Of(0, (new(null, " "), null)),
            "same-diagnosis-twice" => Of(0, (hlh, null), (new("D762", "HLH"), null)),
            _ => Of(0, [.. confidences.Select((c, i) => (five[i], (int?)c))]),
        };
        var ballot = BallotHistory.Of(terms);
        Assert.Equal(code, ballot.Ask(CaseHistory.Ben, cast)!.Code);
        Assert.Empty(ballot.State.Entries);
    }

    [Fact]
    public void Is_the_same_diagnosis_twice_where_two_names_stand_for_one_code()
    {
        var ballot = BallotHistory.Of(terms);
        ballot.Concepts = new Dictionary<string, Condition> { ["HLH"] = hlh };
        Assert.Equal("same-diagnosis-twice", ballot.Ask(CaseHistory.Ben, Of(null, (hlh, null), (new(null, "HLH"), null)))!.Code);
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(null, (new(null, "HLH"), null), (still, null))));
        Assert.Equal([hlh, still], ballot.State.Entries[CaseHistory.Ben.Person].Entry.Opinion!.Differential.Select(d => d.Of));
    }

    [Fact]
    public void After_the_opening_is_marked_and_left_out_of_the_pool_where_opinions_have_names()
    {
        var ballot = BallotHistory.Of(terms with { IsNamed = true });
        Assert.Null(ballot.Ask(CaseHistory.Ada, Of(null, (hlh, null))));
        var opened = ballot.Close();
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(null, (sepsis, null))));
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(null, (still, null))));
        Assert.Equal(BallotRefusals.Over, ballot.Ask(CaseHistory.Ada, Of(null, (sepsis, null))));
        Assert.Equal(opened.Result, ballot.State.Shown.Result);
        var shown = Json.Decode<BallotState>(new BallotRules().Show(ballot.State)).Entries;
        Assert.Equal([(hlh, false), (still, true)], shown.Select(e => (e.Entry.Opinion!.Differential[0].Of, e.IsLate)));
    }

    [Fact]
    public void After_the_opening_is_refused_where_opinions_have_no_names()
    {
        var ballot = BallotHistory.Of(terms);
        ballot.Close();
        Assert.Equal(BallotRefusals.Over, ballot.Ask(CaseHistory.Ben, Of(null, (hlh, null))));
    }

    [Fact]
    public void Is_given_first_by_those_in_training_where_that_was_fixed()
    {
        var ballot = BallotHistory.Of(terms with { TraineesUntil = new Moment(1_000) + TimeSpan.FromHours(1) });
        var resident = BallotHistory.Voter(6, CaseHistory.Thornmere) with { Grade = SocialQI.Clinicians.Grade.Resident };
        Assert.Equal(BallotRefusals.TraineesFirst, ballot.Ask(CaseHistory.Ben, Of(null, (hlh, null))));
        Assert.Null(ballot.Ask(resident, Of(null, (hlh, null))));
        ballot.Now += TimeSpan.FromHours(1);
        Assert.Null(ballot.Ask(CaseHistory.Ben, Of(null, (hlh, null))));
    }

    [Fact]
    public void Is_asked_of_those_in_training_first_only_for_a_time_before_the_opening()
    {
        var (history, now) = (CaseHistory.OfOpenCase(), new Moment(10_000));
        var closing = terms with { ClosesAt = now + TimeSpan.FromHours(2) };
        Assert.Equal(BallotRefusals.TraineesWhen, Call(closing with { TraineesUntil = now + TimeSpan.FromHours(2) }));
        Assert.Equal(BallotRefusals.TraineesWhen, Call(closing with { TraineesUntil = new Moment(1) }));
        Assert.Equal(BallotRefusals.TraineesWhen, Call(closing with { Kind = BallotKind.SingleChoice, TraineesUntil = now + TimeSpan.FromHours(1) }));
        Assert.Null(Call(closing with { TraineesUntil = now + TimeSpan.FromHours(1) }));

        Refusal? Call(BallotTerms asked) => history.Ask(CaseHistory.Ada, new CallBallot(Guid.CreateVersion7(), asked, new(0)));
    }

    [Fact]
    public void Where_none_is_asked_is_refused() => Assert.Equal(
        BallotRefusals.NoOpinion,
        BallotHistory.Of(terms with { Kind = BallotKind.SingleChoice }).Ask(CaseHistory.Ben, new CastEntry(new Entry([new(0)], null, new([new(hlh)])))));

    [Fact]
    public void With_words_that_may_tell_who_the_patient_is_is_asked_about_first()
    {
        var ballot = BallotHistory.Of(terms);
        var opinion = new Opinion([new(hlh)], "Seen on 12.03.2024 with MRN 12345678");
        Assert.Equal("identifiers-found", ballot.Ask(CaseHistory.Ben, new CastEntry(new Entry(default, null, opinion)))!.Code);
        Assert.Null(ballot.Ask(CaseHistory.Ben, new CastEntry(new Entry(default, null, opinion), new(1))));
    }

    [Fact]
    public void Of_a_group_that_is_large_enough_is_told_without_anybodys_words()
    {
        var ballot = BallotHistory.Of(terms with { Options = default });
        for (var seat = 0; seat < 10; seat++)
        {
            var at = seat % 2 == 0 ? CaseHistory.NorthHarbour : CaseHistory.Thornmere;
            Assert.Null(ballot.Ask(BallotHistory.Voter(20 + seat, at), new CastEntry(new Entry(default, "Wait", new([new(seat % 2 == 0 ? sepsis : hlh)])))));
        }
        var groups = ballot.Close().Result!.ByInstitution;
        Assert.Equal(["A41.9", "D76.2"], groups.SelectMany(g => g.Tally.Pool).Select(p => p.Of.Code).Order());
        Assert.All(groups, g => Assert.True(g.Tally.Texts.IsDefault));
    }

    private static CastEntry Of(int? step, params (Condition Condition, int? Confidence)[] differential) =>
        new(new Entry(step is { } option ? [new(option)] : default, null, new([.. differential.Select(d => new Diagnosis(d.Condition, d.Confidence))])));
}
