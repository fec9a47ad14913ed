using SocialQI.Cases;
using SocialQI.GrandRounds;
using Xunit;

namespace SocialQI.Domain.Tests.GrandRounds;

/// <summary>A session brought about by commands. Its planner is Ada; Ben, of another hospital, presents.</summary>
internal sealed class RoundsHistory
{
    public static readonly TopicId Topic = TopicId.Rounds(CaseHistory.NorthHarbour, new Guid(80, 0, 0, new byte[8]));
    public static readonly TopicId Case = TopicId.Case(CaseHistory.NorthHarbour, new Guid(7, 0, 0, new byte[8]));
    public static readonly Passport Cleo = CaseHistory.PassportOf(4, CaseHistory.Thornmere, InstitutionRole.Clinician);

    public static readonly RoundsPlan Plan = new(
        "Fever that stays", "Two cases.", "2026-12-01T07:00", "Europe/London", 60, new Visibility(VisibilityKind.Network),
        Agenda: [new("The first", CaseHistory.Ada.Person, 0, 20, Case), new("The second", CaseHistory.Ben.Person, 20, 20)]);

    private readonly RoundsRules rules = new();

    public RoundsTopic State { get; private set; } = new RoundsRules().New(Topic);

    public RoundsState Shown => State.Shown;

    public Moment Now { get; set; } = new(1_000);

    /// <summary>How many are here for the institution of whoever asks.</summary>
    public int Present { get; set; }

    /// <summary>The events as they would stand in the journal.</summary>
    public List<Envelope> Events { get; } = [];

    public static RoundsHistory Planned(RoundsPlan? plan = null)
    {
        var rounds = new RoundsHistory();
        Assert.Null(rounds.Ask(CaseHistory.Ada, new PlanRounds(plan ?? Plan)));
        return rounds;
    }

    public static RoundsHistory Live()
    {
        var rounds = Planned();
        Assert.Null(rounds.Ask(CaseHistory.Ada, new OpenLobby()));
        Assert.Null(rounds.Ask(CaseHistory.Ada, new GoLive()));
        return rounds;
    }

    public Refusal? Ask(Passport by, Command command)
    {
        var asked = new Attributed(command, by, Now, KindAt(command)) { Begins = new Moment(3_600_000_000), PresentForMine = Present };
        var decision = rules.Decide(State, asked);
        foreach (var happened in decision.Events)
        {
            var envelope = new Envelope(Shown.Number + 1, Now, by.Person, by.ActingAt(Now), happened);
            Events.Add(envelope);
            State = rules.After(State, envelope);
        }
        Now += TimeSpan.FromSeconds(1);
        return decision.Refusal;
    }

    /// <summary>What a follower sees who was sent every event as bytes.</summary>
    public RoundsState Pushed() => Events.Aggregate(RoundsState.None, (state, e) => state.After(EventCodec.Decode(Bytes(e))));

    public static byte[] Bytes(Envelope e) =>
        EventCodec.Encode(e.N, EventCodec.KindOf(e.Event), EventCodec.Version, e.At, e.By, e.For, e.Event.Re, EventCodec.EncodePayload(e.Event));

    private string? KindAt(Command command) =>
        command is RedactText redact ? Events.FirstOrDefault(e => e.N == redact.Number) is { } named ? EventCodec.KindOf(named.Event) : null : null;
}
