using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Storage.Tests;

/// <summary>A topic as the one who writes it knows it: its last number and hash.</summary>
/// <param name="topic">Which.</param>
/// <param name="by">Who writes; Ada when nobody is named.</param>
internal sealed class Chain(TopicId topic, ClinicianId? by = null)
{
    public static readonly Moment Noon = Moment.Of(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    public static readonly InstitutionId Harbour = InstitutionId.Parse("north-harbour");
    public static readonly ClinicianId Ada = new(Guid.Parse("0192b5c7-0000-7000-8000-00000000ada0"));
    public static readonly ClinicianId Ben = new(Guid.Parse("0192b5c7-0000-7000-8000-00000000be40"));

    private byte[] hash = Sealing.Start;

    public static Chain OfCase() => new(TopicId.Case(Harbour, Guid.NewGuid()));

    public TopicId Topic => topic;

    public long Number { get; private set; }

    /// <summary>What comes next, as one command; the chain itself stays where it is.</summary>
    public Append Next(params TopicEvent[] events) => Next(Guid.CreateVersion7(), events);

    public Append Next(Guid command, params TopicEvent[] events) => Next([(command, events)]);

    public Append Next(params (Guid Command, TopicEvent[] Events)[] commands)
    {
        var before = hash;
        var made = new List<NewEvent>();
        var done = new List<DoneCommand>();
        foreach (var (command, events) in commands)
        {
            var first = Number + made.Count + 1;
            foreach (var happened in events)
            {
                made.Add(Make(before, Number + made.Count + 1, command, happened));
                before = made[^1].Seal.Hash;
            }
            done.Add(new DoneCommand(command, first, Number + made.Count, [.. command.ToByteArray(), .. command.ToByteArray()]));
        }
        return new Append(topic, Number, done, made);
    }

    /// <summary>It was committed.</summary>
    public void Advance(Append committed)
    {
        Number = committed.Events[^1].Number;
        hash = committed.Events[^1].Seal.Hash;
    }

    public void MoveTo(TopicHeadRow head) => (Number, hash) = (head.Number, head.Hash);

    public async Task<Append> Commit(IJournal journal, params TopicEvent[] events) => await Commit(journal, Next(events));

    public async Task<Append> Commit(IJournal journal, Append append)
    {
        Xunit.Assert.Equal(AppendOutcome.Committed, await journal.Append(append));
        Advance(append);
        return append;
    }

    public static ContributionPosted Said(string text) => new(ContributionKind.Comment, text, null, null, [], null, null);

    public static CaseStarted Started(string title = "Chest pain at night") => new(title, "What next?", null, []);

    public static CaseOpened OpenedTo(params string[] audience) => new(new Visibility(VisibilityKind.Network, [], []), audience.ToImmutableArray());

    private NewEvent Make(byte[] before, long number, Guid command, TopicEvent happened)
    {
        var (kind, payload, at) = (EventCodec.KindOf(happened), EventCodec.EncodePayload(happened), new Moment(Noon.Micros + number));
        var seal = Sealing.Make(before, topic, number, kind, EventCodec.Version, at, by ?? Ada, Harbour, happened.Re, payload);
        var rows = StoreRows.Of(topic, new Envelope(number, at, by ?? Ada, Harbour, happened));
        return new NewEvent(number, kind, EventCodec.Version, at, by ?? Ada, Harbour, command, happened.Re, payload, seal, rows);
    }
}
