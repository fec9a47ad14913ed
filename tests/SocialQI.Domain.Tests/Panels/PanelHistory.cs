using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Panels;
using Xunit;

namespace SocialQI.Domain.Tests.Panels;

/// <summary>A panel brought about by commands, with the ballots of its rounds: what one tells the other is carried as the service does it. Ada convenes it and has the first seat.</summary>
internal sealed class PanelHistory
{
    public static readonly TopicId Topic = TopicId.Panel(CaseHistory.NorthHarbour, new Guid(90, 0, 0, new byte[8]));

    public static readonly PanelPlan Plan = Of(8);

    private readonly PanelRules rules = new();
    private readonly BallotRules ballots = new();

    public PanelTopic State { get; private set; } = new PanelRules().New(Topic);

    public PanelState Shown => State.Shown;

    public Moment Now { get; set; } = new(1_000);

    /// <summary>The events of the panel and of its ballots, as they would stand in the journals.</summary>
    public Dictionary<TopicId, List<Envelope>> Journals { get; } = new() { [Topic] = [] };

    private Dictionary<TopicId, BallotTopic> Opened { get; } = [];

    public static PanelPlan Of(int seats, PanelRule? rule = null, params string[] statements) => new(
        "Telemetry on general wards", "1: the harm clearly outweighs the benefit; 9: the reverse.",
        statements.Length > 0 ? [.. statements] : ["New atrial fibrillation", "Syncope with a normal ECG", "Potassium below 2.8"],
        [.. Enumerable.Range(0, seats).Select(s => Seat(s).Person)], rule ?? new PanelRule(), new Visibility(VisibilityKind.Institution));

    public static Passport Seat(int seat) => seat == 0 ? CaseHistory.Ada
        : CaseHistory.PassportOf(100 + seat, seat % 2 == 0 ? CaseHistory.NorthHarbour : CaseHistory.Thornmere, InstitutionRole.Clinician);

    public static PanelHistory Planned(PanelPlan? plan = null)
    {
        var panel = new PanelHistory();
        Assert.Null(panel.Ask(CaseHistory.Ada, new PlanPanel(plan ?? Plan)));
        return panel;
    }

    public Refusal? Ask(Passport by, Command command) => Done(by, command).Refusal;

    /// <summary>A seat enters its ratings in the open round.</summary>
    public Refusal? Rate(int seat, params Choice[] choices) => Enter(Shown.Rounds[^1].Ballot, Seat(seat), new CastEntry(new Entry([.. choices])));

    /// <summary>A whole round: what each seat rates, statement by statement; 0 leaves one out.</summary>
    public PanelRound Round(params int[][] ratings)
    {
        Assert.Null(Ask(CaseHistory.Ada, new BeginRound()));
        foreach (var (seat, row) in ratings.Index())
        {
            Assert.Null(Rate(seat, [.. row.Index().Where(r => r.Item > 0).Select(r => new Choice(r.Index, r.Item))]));
        }
        return Shown.Rounds[^1];
    }

    public Refusal? Enter(TopicId ballot, Passport by, Command command)
    {
        var decision = ballots.Decide(Opened[ballot], new Attributed(command, by, Now) { OwnersAudience = State.Audience });
        foreach (var happened in decision.Events)
        {
            var envelope = Kept(ballot, by, happened);
            Opened[ballot] = ballots.After(Opened[ballot], envelope);
            if (happened is BallotClosed closed)
            {
                Assert.Null(Ask(Passport.OfOperator, new NoteResult(ballot, closed.Ground, closed.Result)));
            }
        }
        Now += TimeSpan.FromSeconds(1);
        return decision.Refusal;
    }

    /// <summary>What a follower sees who was sent every event as bytes.</summary>
    public PanelState Pushed() => Journals[Topic].Aggregate(PanelState.None, (state, e) => state.After(EventCodec.Decode(Bytes(e))));

    /// <summary>What one person sees of the open round's ballot.</summary>
    public Wire.OwnBallot? Own(Passport passport) =>
        ballots.ShowOwn(Opened[Shown.Rounds[^1].Ballot], passport, State.Audience, Now) is { } own ? Json.Decode<Wire.OwnBallot>(own) : null;

    public static byte[] Bytes(Envelope e) =>
        EventCodec.Encode(e.N, EventCodec.KindOf(e.Event), EventCodec.Version, e.At, e.By, e.For, e.Event.Re, EventCodec.EncodePayload(e.Event));

    private Decision Done(Passport by, Command command)
    {
        var kind = command is RedactText redact ? Journals[Topic].FirstOrDefault(e => e.N == redact.Number) is { } named ? EventCodec.KindOf(named.Event) : null : null;
        var decision = rules.Decide(State, new Attributed(command, by, Now, kind));
        foreach (var happened in decision.Events)
        {
            State = rules.After(State, Kept(Topic, by, happened));
        }
        foreach (var happened in decision.Events)
        {
            Tell(by, happened);
        }
        Now += TimeSpan.FromSeconds(1);
        return decision;
    }

    private void Tell(Passport by, TopicEvent happened)
    {
        switch (happened)
        {
            case BallotCalled called:
                Opened[called.Ballot] = ballots.New(called.Ballot);
                Enter(called.Ballot, Passport.OfOperator, new BeginBallot(Topic, by.Person, called.Terms, called.Recused, called.RecusedFrom));
                break;
            case BallotEnded ended:
                Enter(ended.Ballot, Passport.OfOperator, new CloseBallot(ClosingGround.Moderator));
                break;
        }
    }

    private Envelope Kept(TopicId topic, Passport by, TopicEvent happened)
    {
        if (!Journals.TryGetValue(topic, out var journal))
        {
            Journals[topic] = journal = [];
        }
        journal.Add(new(journal.Count + 1, Now, by.Person, by.ActingAt(Now), happened));
        return journal[^1];
    }
}
