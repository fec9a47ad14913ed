using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Domain.Tests.Ballots;

/// <summary>A ballot takes one entry of each seat, counts each once, and is silent until it closes.</summary>
public sealed class EnteringABallot
{
    private static readonly BallotTerms terms = new(BallotKind.SingleChoice, "What next?", ["Lumbar puncture", "Bone marrow"]);

    private static readonly CastEntry first = new(new Entry([new(0)]));
    private static readonly CastEntry second = new(new Entry([new(1)]));

    [Fact]
    public void Counts_a_seat_once_however_often_it_is_revised()
    {
        var ballot = BallotHistory.Of(terms);
        foreach (var cast in new[] { first, second, first, second })
        {
            Assert.Null(ballot.Ask(CaseHistory.Ada, cast));
        }
        Assert.Null(ballot.Ask(CaseHistory.Ben, first));
        var result = ballot.Close().Result!;
        Assert.Equal(2, result.Whole.Entered);
        Assert.Equal([1, 1], result.Whole.Options.Select(o => o.Count));
    }

    [Fact]
    public void Saying_the_same_again_changes_nothing()
    {
        var ballot = BallotHistory.Of(terms);
        Assert.Null(ballot.Ask(CaseHistory.Ada, first));
        var number = ballot.State.Shown.Number;
        Assert.Null(ballot.Ask(CaseHistory.Ada, first));
        Assert.Equal(number, ballot.State.Shown.Number);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_told_by_name_in_pages_once_it_is_closed_where_that_was_agreed(bool isNamed)
    {
        var (ballot, rules) = (BallotHistory.Of(terms with { IsNamed = isNamed }), new BallotRules());
        var seats = Enumerable.Range(100, BallotState.EntriesShownMax + 5).Select(i => CaseHistory.PassportOf(i, CaseHistory.NorthHarbour, InstitutionRole.Clinician)).ToList();
        Assert.All(seats, seat => Assert.Null(ballot.Ask(seat, first)));
        Assert.Null(rules.ShowMore(ballot.State, 0));
        ballot.Close();
        var pages = new[] { 0, BallotState.EntriesShownMax, int.MaxValue }.Select(after => rules.ShowMore(ballot.State, after)).ToList();
        if (!isNamed)
        {
            Assert.All(pages, Assert.Null);
            return;
        }
        var told = pages.Select(p => Json.Decode<Listed<EntryShown>>(p!)).ToList();
        Assert.Equal(["200", null, null], told.Select(t => t.Next));
        Assert.Equal(seats.Select(s => s.Person), told.SelectMany(t => t.Lines).Select(l => l.By));
    }

    [Fact]
    public void After_closing_is_refused()
    {
        var ballot = BallotHistory.Of(terms);
        ballot.Close();
        Assert.Equal(BallotRefusals.Over, ballot.Ask(CaseHistory.Ada, first));
    }

    [Fact]
    public void To_who_may_not_see_its_owner_or_has_no_seat_is_as_if_there_were_none()
    {
        var ballot = BallotHistory.Of(terms with { Seats = [CaseHistory.Ada.Person] });
        Assert.Equal(Refusal.NotThere, ballot.Ask(CaseHistory.Ben, first));
        Assert.Null(ballot.Own(CaseHistory.Ben));
        ballot.Audience = [Audience.Person(CaseHistory.Ben.Person)];
        Assert.Equal(Refusal.NotThere, ballot.Ask(CaseHistory.Ada, first));
        Assert.Null(ballot.Own(CaseHistory.Ada));
        Assert.Equal(Refusal.NotThere, new BallotHistory().Ask(CaseHistory.Ada, first));
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("close")]
    [InlineData("admit")]
    public void Is_steered_by_the_service_alone(string what) => Assert.Equal(Refusal.NotThere, BallotHistory.Of(terms).Ask(CaseHistory.Chief, what switch
    {
        "begin" => new BeginBallot(BallotHistory.Owner, CaseHistory.Chief.Person, terms),
        "close" => new CloseBallot(ClosingGround.Moderator),
        _ => new AdmitToBallot(),
    }));

    [Fact]
    public void By_a_machine_or_in_an_emergency_is_refused()
    {
        var ballot = BallotHistory.Of(terms);
        Assert.Equal(Refusal.NotAllowed, ballot.Ask(CaseHistory.PassportOf(9, CaseHistory.NorthHarbour, InstitutionRole.Service), first));
        ballot.Audience = [Audience.Glass(BallotHistory.Owner)];
        Assert.Equal("seen-in-an-emergency", ballot.Ask(CaseHistory.PassportOf(5, CaseHistory.NorthHarbour, InstitutionRole.PrivacyOfficer) with { Glass = [new(BallotHistory.Owner, new(long.MaxValue))] }, first)!.Code);
    }

    [Fact]
    public void Closes_by_the_count_that_was_fixed()
    {
        var ballot = BallotHistory.Of(terms with { ClosesAfter = 2 });
        Assert.Null(ballot.Ask(CaseHistory.Ada, first));
        Assert.Null(ballot.Ask(CaseHistory.Ada, second));
        Assert.Equal(BallotStage.Open, ballot.State.Shown.Stage);
        Assert.Null(ballot.Ask(CaseHistory.Ben, second));
        Assert.Equal((BallotStage.Closed, ClosingGround.Count), (ballot.State.Shown.Stage, ballot.State.Shown.Ground));
        Assert.Equal([0, 2], ballot.State.Shown.Result!.Whole.Options.Select(o => o.Count));
    }

    [Fact]
    public void Closes_by_the_time_that_was_fixed_and_not_before()
    {
        var ballot = BallotHistory.Of(terms with { ClosesAt = new Moment(60_000_000) });
        ballot.Ask(Passport.OfOperator, new CloseBallot(ClosingGround.Time));
        Assert.Equal(BallotStage.Open, ballot.State.Shown.Stage);
        ballot.Now = new Moment(60_000_000);
        ballot.Ask(Passport.OfOperator, new CloseBallot(ClosingGround.Time));
        Assert.Equal(ClosingGround.Time, ballot.State.Shown.Ground);
    }

    [Fact]
    public void Opens_its_entries_to_nobody_where_they_have_no_names()
    {
        var ballot = BallotHistory.Of(terms);
        ballot.Ask(CaseHistory.Ada, first);
        ballot.Close();
        Assert.Empty(ballot.State.Audience);
        ballot.Audience = [Audience.Network];
        ballot.Ask(Passport.OfOperator, new AdmitToBallot());
        Assert.Empty(ballot.State.Audience);
    }

    [Fact]
    public void Opens_named_entries_to_who_may_see_its_owner_also_later()
    {
        var ballot = BallotHistory.Of(terms with { IsNamed = true });
        ballot.Ask(CaseHistory.Ada, first);
        Assert.Empty(ballot.State.Audience);
        ballot.Close();
        Assert.Equal(BallotHistory.Everybody, ballot.State.Audience);
        Assert.Equal([CaseHistory.Ada.Person], Json.Decode<BallotState>(new BallotRules().Show(ballot.State)).Entries.Select(e => e.By));
        ballot.Audience = [Audience.Institution(CaseHistory.NorthHarbour)];
        ballot.Ask(Passport.OfOperator, new AdmitToBallot());
        Assert.Equal(ballot.Audience, ballot.State.Audience);
    }

    [Fact]
    public void Tells_its_totals_only_where_it_is_not_sealed()
    {
        foreach (var isSealed in new[] { true, false })
        {
            var ballot = BallotHistory.Of(terms with { IsSealed = isSealed });
            ballot.Ask(CaseHistory.Ada, first);
            Assert.Equal(isSealed, new BallotRules().Tell(ballot.State) is null);
            Assert.Equal(isSealed, ballot.Own(CaseHistory.Ada)!.Totals is null);
            Assert.Equal(first.Entry.Choices, ballot.Own(CaseHistory.Ada)!.Entry!.Choices);
            ballot.Close();
            Assert.Null(new BallotRules().Tell(ballot.State));
        }
    }

    [Theory]
    [InlineData("not-offered", BallotKind.SingleChoice, 2, null, null)]
    [InlineData("not-offered", BallotKind.SingleChoice, -1, null, null)]
    [InlineData("not-a-choice", BallotKind.SingleChoice, 0, 1, null)]
    [InlineData("no-confidence", BallotKind.SingleChoice, 0, null, 50)]
    [InlineData("out-of-range", BallotKind.Scale, 0, 0, null)]
    [InlineData("out-of-range", BallotKind.Scale, 0, 10, null)]
    [InlineData("out-of-range", BallotKind.Scale, 0, null, null)]
    [InlineData("not-offered", BallotKind.Ranked, 2, null, null)]
    [InlineData("not-offered", BallotKind.Text, 0, null, null)]
    public void Outside_what_is_asked_is_refused(string code, BallotKind kind, int option, int? value, int? confidence)
    {
        var ballot = BallotHistory.Of(terms with { Kind = kind, Options = kind == BallotKind.Text ? default : terms.Options });
        Assert.Equal(code, ballot.Ask(CaseHistory.Ada, new CastEntry(new Entry([new(option, value, confidence)])))!.Code);
        Assert.Empty(ballot.State.Entries);
    }

    [Fact]
    public void With_two_choices_of_one_none_or_the_same_twice_is_refused()
    {
        Assert.Equal("too-many", Asked(BallotKind.SingleChoice, new(0), new(1)));
        Assert.Equal("nothing-chosen", Asked(BallotKind.MultipleChoice));
        Assert.Equal("chosen-twice", Asked(BallotKind.MultipleChoice, new(1), new Choice(1)));
        Assert.Equal("not-a-vote", Asked(BallotKind.Votes, new Choice(3, 2)));
        Assert.Equal("no-text", BallotHistory.Of(terms).Ask(CaseHistory.Ada, new CastEntry(new Entry([new(0)], "Both.")))!.Code);
        Assert.Equal("empty", BallotHistory.Of(terms with { Kind = BallotKind.Text, Options = default }).Ask(CaseHistory.Ada, new CastEntry(new Entry(default, " ")))!.Code);
    }

    private static string? Asked(BallotKind kind, params Choice[] choices) =>
        BallotHistory.Of(terms with { Kind = kind }).Ask(CaseHistory.Ada, new CastEntry(new Entry([.. choices])))?.Code;
}

/// <summary>A ballot brought about by commands, with what its owner's audience is just now.</summary>
internal sealed class BallotHistory
{
    public static readonly TopicId Owner = TopicId.Rounds(CaseHistory.NorthHarbour, new Guid(70, 0, 0, new byte[8]));
    public static readonly ImmutableArray<string> Everybody = [SocialQI.Audience.Network];

    private readonly BallotRules rules = new();

    public BallotTopic State { get; private set; } = new BallotRules().New(TopicId.BallotOf(Owner, new Guid(71, 0, 0, new byte[8])));

    public ImmutableArray<string> Audience { get; set; } = Everybody;

    /// <summary>What free texts stand for.</summary>
    public IReadOnlyDictionary<string, Condition>? Concepts { get; set; }

    /// <summary>Its events, as the journal keeps them.</summary>
    public List<byte[]> Journal { get; } = [];

    public Moment Now { get; set; } = new(1_000);

    public static BallotHistory Of(BallotTerms terms)
    {
        var ballot = new BallotHistory();
        ballot.Ask(Passport.OfOperator, new BeginBallot(Owner, CaseHistory.Ada.Person, terms));
        return ballot;
    }

    public static Passport Voter(int person, InstitutionId institution, string? specialty = null) =>
        CaseHistory.PassportOf(person, institution, InstitutionRole.Clinician, Grade.Attending) with { Specialty = specialty };

    public Refusal? Ask(Passport by, Command command)
    {
        var decision = rules.Decide(State, new Attributed(command, by, Now) { OwnersAudience = Audience, Concepts = Concepts });
        foreach (var happened in decision.Events)
        {
            var envelope = new Envelope(State.Shown.Number + 1, Now, by.Person, by.ActingAt(Now), happened);
            Journal.Add(EventCodec.Encode(envelope.N, EventCodec.KindOf(happened), EventCodec.Version, Now, by.Person, envelope.For, happened.Re, EventCodec.EncodePayload(happened)));
            State = rules.After(State, envelope);
        }
        Now += TimeSpan.FromSeconds(1);
        return decision.Refusal;
    }

    public BallotState Close()
    {
        Assert.Null(Ask(Passport.OfOperator, new CloseBallot(ClosingGround.Moderator)));
        return State.Shown;
    }

    public Wire.OwnBallot? Own(Passport passport) => rules.ShowOwn(State, passport, Audience, Now) is { } own ? Json.Decode<Wire.OwnBallot>(own) : null;
}
