using System.Text;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Panels;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Opinions on a case, and ratings in a panel of two rounds, entered and revised while the cluster suffers. In the end their journals alone say what they come to.</summary>
internal sealed class Voting : IAsyncDisposable
{
    private const int Seats = 6;
    private const string Enough = "Time is up.";

    private static readonly TimeSpan betweenEntries = TimeSpan.FromMilliseconds(500), pace = TimeSpan.FromMilliseconds(100);

    // Said until the cluster can serve again, or while what was called is not begun.
    private static readonly string[] passing = ["not-now", "busy", "slow-down", "outcome-unknown", "not-there"];

    private static readonly Condition[] conditions = [new("A41.9", "Sepsis"), new("D76.2", "HLH"), new("M06.1", "Still\u2019s disease"), new("B55.0", "Visceral leishmaniasis"), new("C85.9", "Lymphoma")];
    private static readonly string[] statements = ["New atrial fibrillation", "Syncope with a normal ECG", "Potassium below 2.8"];

    private readonly Ground ground;
    private readonly CancellationTokenSource pens = new();
    private readonly Dictionary<(TopicId Ballot, ClinicianId Who), (Entry Entry, int Count)> acknowledged = [];
    private readonly Dictionary<Person, ClinicianId> ids = [];
    private TopicId thread, opinions, panel, round;
    private Task entering = Task.CompletedTask;

    private Voting(Ground ground) => this.ground = ground;

    private Person Leader => ground.People[0];

    private IEnumerable<Person> Voters => ground.People.Skip(1);

    /// <summary>Asks everybody, and lets them begin.</summary>
    public static async Task<Voting> Begin(Ground ground)
    {
        var voting = new Voting(ground);
        foreach (var person in ground.People)
        {
            voting.ids[person] = (await person.Me(ground.Doors[0])).Id;
        }
        var (open, home) = (new Visibility(VisibilityKind.Network), (await voting.Leader.Me(ground.Doors[0])).Acting!.Value);
        voting.thread = await voting.Leader.Start(ground.Doors[0], open);
        var key = Guid.NewGuid();
        voting.opinions = TopicId.BallotOf(voting.thread, key);
        await voting.Ask(voting.Leader, voting.thread, new CallBallot(key, new BallotTerms(BallotKind.Differential, "What is it?", IsNamed: true), new(0)));
        voting.panel = TopicId.Panel(home, Guid.NewGuid());
        var seats = voting.Voters.Take(Seats).Select(p => voting.ids[p]);
        await voting.Ask(voting.Leader, voting.panel, new PlanPanel(new("Telemetry", "1 never, 9 always", [.. statements], [.. seats], new(PanelStop.Consensus, Rounds: 2), open), new(0)));
        voting.round = await voting.NextRound();
        voting.entering = Task.WhenAll(voting.Opine(), voting.Rate());
        return voting;
    }

    /// <summary>Opens the opinions, goes through a second round of the panel, and recounts all. Returns how many entries were acknowledged.</summary>
    public async Task<int> End()
    {
        await pens.CancelAsync();
        await Ward.Within("an answer for everybody who entered", entering);
        await Ask(Leader, thread, new EndBallot(opinions, Enough));
        var opened = await Until<CaseState>(thread, s => s.Ballots.All(b => b.Stage == BallotStage.Closed));
        await Enter(Last, round, Rating(Seats - 1, 0));
        await Until<PanelState>(panel, s => s.OpenRound is null);
        round = await NextRound();
        await Task.WhenAll(Raters.Select((p, seat) => Enter(p, round, Rating(seat, 1))));
        var shown = await Until<PanelState>(panel, s => s.OpenRound is null);

        var journals = (await JournalRows.OfPostgres(ground.Database, [opinions, .. shown.Rounds.Select(r => r.Ballot)]))
            .ToLookup(k => k.Topic, k => EventCodec.Decode(Encoding.UTF8.GetBytes(k.Content)));
        Assert.True(RecountedPool.Agrees(journals[opinions.ToString()], opened.Ballots[0].Result!));
        Assert.Equal(2, shown.Rounds.Length);
        new RecountedPanel(shown, ballot => journals[ballot.ToString()]).Agrees();
        NothingIsLost(journals);
        return acknowledged.Sum(a => a.Value.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await pens.CancelAsync();
        pens.Dispose();
    }

    private IEnumerable<Person> Raters => Voters.Take(Seats);

    // With the entry of the last seat a round closes.
    private Person Last => Raters.Last();

    // Each entry that was acknowledged is there once, and the last one is what counts.
    private void NothingIsLost(ILookup<string, Envelope> journals)
    {
        foreach (var ((ballot, who), (entry, count)) in acknowledged)
        {
            var cast = journals[ballot.ToString()].Where(e => e.By == who).Select(e => e.Event).OfType<EntryCast>().ToList();
            Assert.Equal(count, cast.Count);
            Assert.Equal(Json.Encode(entry), Json.Encode(cast[^1].Entry));
        }
    }

    private Task Opine() => Task.WhenAll(Voters.Select((person, seat) => Revise(person, opinions, revision => Opinion(seat, revision))));

    private Task Rate() => Task.WhenAll(Raters.SkipLast(1).Select((person, seat) => Revise(person, round, revision => Rating(seat, revision))));

    private async Task Revise(Person person, TopicId ballot, Func<int, Entry> entry)
    {
        using var thinking = new PeriodicTimer(betweenEntries);
        for (var revision = 0; !pens.IsCancellationRequested; revision++)
        {
            await Enter(person, ballot, entry(revision));
            await thinking.WaitForNextTickAsync();
        }
    }

    private async Task Enter(Person person, TopicId ballot, Entry entry)
    {
        await Ask(person, ballot, new CastEntry(entry, new(0)));
        lock (acknowledged)
        {
            acknowledged[(ballot, ids[person])] = (entry, acknowledged.GetValueOrDefault((ballot, ids[person])).Count + 1);
        }
    }

    // No two in a row are the same: that would be nothing to do.
    private static Entry Opinion(int seat, int revision) => new(default, null, new([
        new(conditions[(seat + revision) % conditions.Length], 40 + (revision % 10)), new(conditions[(seat + revision + 1 + (seat % 3)) % conditions.Length], 20)]));

    // A third of the seats in each third of the scale: there is no consensus.
    private static Entry Rating(int seat, int revision) => new([.. statements.Select((_, s) => new Choice(s, 1 + (3 * ((seat + s) % 3)) + (revision % 3)))]);

    private async Task<TopicId> NextRound()
    {
        await Ask(Leader, panel, new BeginRound());
        return (await Until<PanelState>(panel, s => s.OpenRound is not null)).OpenRound!.Ballot;
    }

    private Task Ask(Person who, TopicId topic, Command command) => Ward.Within($"{who.User}'s {command.GetType().Name} in {topic}", Insist(who, topic, command));

    // Under one id, at one door after the other, until somebody answers.
    private async Task Insist(Person who, TopicId topic, Command command)
    {
        var id = Guid.CreateVersion7();
        using var again = new PeriodicTimer(pace);
        for (var door = 0; ; door++)
        {
            if (await Answered(() => who.Send(ground.Doors[door % ground.Doors.Length], topic, command, id)) is { } answer && !passing.Contains(answer.Refusal?.Code ?? ""))
            {
                Assert.True(answer.Refusal is null, $"{who.User} was refused {command.GetType().Name} in {topic}: {answer.Refusal}");
                return;
            }
            await again.WaitForNextTickAsync();
        }
    }

    private async Task<T> Until<T>(TopicId topic, Func<T, bool> isSo)
    {
        var seen = Look(topic, isSo);
        await Ward.Within($"{topic} to come so far", seen);
        return await seen;
    }

    private async Task<T> Look<T>(TopicId topic, Func<T, bool> isSo)
    {
        // What is asked by HTTP announces nothing.
        using var again = new PeriodicTimer(pace);
        for (var door = 0; ; door++)
        {
            if (await Answered(() => Leader.Open(ground.Doors[door % ground.Doors.Length], topic)) is { State: { } shown } && Json.Decode<T>(Encoding.UTF8.GetBytes(shown.GetRawText())) is var state && isSo(state))
            {
                return state;
            }
            await again.WaitForNextTickAsync();
        }
    }

    // A node that is down says nothing.
    private static async Task<T?> Answered<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
