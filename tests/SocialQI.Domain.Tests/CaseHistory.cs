using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Clinicians;

namespace SocialQI.Domain.Tests;

/// <summary>A case brought about by commands, each decided by the rules and folded in. Keeps its events as they would stand in the journal.</summary>
internal sealed class CaseHistory
{
    public static readonly InstitutionId NorthHarbour = InstitutionId.Parse("north-harbour");
    public static readonly InstitutionId Thornmere = InstitutionId.Parse("thornmere");
    public static readonly Passport Ada = PassportOf(1, NorthHarbour, InstitutionRole.Clinician);
    public static readonly Passport Ben = PassportOf(2, Thornmere, InstitutionRole.Clinician);
    public static readonly Passport Chief = PassportOf(3, NorthHarbour, InstitutionRole.Administrator);

    private readonly CaseRules rules = new();
    private readonly List<Stored> stored = [];
    private long clock = 1_000;

    public CaseHistory(TopicId? topic = null)
    {
        Topic = topic ?? TopicId.Case(NorthHarbour, new Guid(7, 0, 0, new byte[8]));
        State = rules.New(Topic);
    }

    /// <summary>A row of the journal; while it is hidden it is handed out without its payload.</summary>
    private sealed record Stored(Envelope Header, string Kind, byte[]? Payload, bool IsHidden = false)
    {
        public byte[]? HandedOut => IsHidden ? null : Payload;
    }

    public TopicId Topic { get; }

    /// <summary>What the case keeps of the images that were sent to it.</summary>
    public List<KeptImage> Kept { get; } = [];

    public CaseTopic State { get; private set; }

    /// <summary>The last event.</summary>
    public Envelope Last => stored[^1].Header;

    /// <summary>An open case of Ada's, for the whole network.</summary>
    public static CaseHistory OfOpenCase()
    {
        var history = new CaseHistory();
        history.Ask(Ada, new StartCase("Noon", "Is it sepsis?", new Condition("A41.9", "Sepsis"), [new(SectionKind.History, "Well until noon.")]));
        history.Ask(Ada, new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        return history;
    }

    public static Passport PassportOf(int person, InstitutionId institution, InstitutionRole role, Grade grade = Grade.Attending) =>
        new(new ClinicianId(new Guid(person, 0, 0, new byte[8])), grade, [new(institution, role, default, null)], institution, [], [], 1);

    /// <summary>Time goes by.</summary>
    public void Skip(TimeSpan time) => clock = (new Moment(clock) + time).Micros;

    /// <summary>Asks; null when it was done.</summary>
    public Refusal? Ask(Passport by, Command command)
    {
        var at = new Moment(clock++);
        var kindAt = command is RedactText redact ? stored.ElementAtOrDefault((int)redact.Number - 1)?.Kind : null;
        var decision = rules.Decide(State, new Attributed(command, by, at, kindAt, Kept));
        foreach (var happened in decision.Events)
        {
            Add(new Envelope(rules.NumberOf(State) + 1, at, by.Person, by.ActingAt(at), happened));
        }
        return decision.Refusal;
    }

    /// <summary>The history folded from the journal, in which redacted payloads are gone.</summary>
    public CaseTopic ReadAfresh() => stored.Aggregate(rules.New(Topic), (state, s) =>
        rules.After(state, s.Header with { Event = EventCodec.DecodePayload(s.Kind, EventCodec.Version, s.Header.Event.Re, s.HandedOut) }));

    /// <summary>What a follower sees who was pushed every event as bytes from a number on, over the state it opened with.</summary>
    public CaseState Pushed(CaseState opened, long after) => stored.Skip((int)after).Aggregate(opened, (state, s) => state.After(EventCodec.Decode(Bytes(s))));

    /// <summary>A page before a number, folded as the gateway does.</summary>
    public ImmutableArray<Contribution> Page(long before, int max)
    {
        var posted = stored.Where(s => s.Header.N < before && s.Kind is "contribution-posted" or "fact-added").Where(s => s.Header.N < before).TakeLast(max).ToList();
        var first = posted.Count > 0 ? posted[0].Header.N : before;
        return stored
            .Where(s => posted.Contains(s) || (s.Kind is not ("contribution-posted" or "fact-added") && s.Header.N > first))
            .Aggregate(CaseState.None, (state, s) => state.After(EventCodec.Decode(Bytes(s)))).Recent;
    }

    private void Add(Envelope happened)
    {
        stored.Add(new(happened, EventCodec.KindOf(happened.Event), EventCodec.EncodePayload(happened.Event)));
        State = rules.After(State, happened);
        if (happened.Event is TextRedacted redacted)
        {
            stored[(int)redacted.Number - 1] = stored[(int)redacted.Number - 1] with { Payload = null };
        }
        var rows = StoreRows.Of(Topic, happened);
        if ((rows.Hides ?? rows.Restores) is { } number)
        {
            foreach (var index in Enumerable.Range(0, stored.Count).Where(i => i == number - 1 || (stored[i].Kind == "contribution-edited" && stored[i].Header.Event.Re == number)))
            {
                stored[index] = stored[index] with { IsHidden = rows.Hides is not null };
            }
        }
    }

    private static byte[] Bytes(Stored s) =>
        EventCodec.Encode(s.Header.N, s.Kind, EventCodec.Version, s.Header.At, s.Header.By, s.Header.For, s.Header.Event.Re, s.HandedOut);
}
