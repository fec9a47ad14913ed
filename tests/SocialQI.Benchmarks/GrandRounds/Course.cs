using System.Collections.Concurrent;
using System.Globalization;
using SocialQI.Benchmarks.Journal;
using SocialQI.GrandRounds;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>A session as it goes: who plans it, and what happens in it at a steady rate, from due times on, whether or not what came before was answered.</summary>
internal sealed class Course(Audience audience)
{
    private const int Parts = 20;
    private const int Presenters = 10;

    private readonly ConcurrentQueue<long> waiting = new();
    private readonly ConcurrentDictionary<long, long> dueAt = new();
    private int asked;

    public TopicId Topic { get; private set; }

    public Seat Planner => audience.Seats[0];

    /// <summary>The events of the course, each with when it was due.</summary>
    public IReadOnlyDictionary<long, long> DueAt => dueAt;

    /// <summary>Plans a session for everybody, and lets people in.</summary>
    /// <param name="line">Somebody who is connected, and whose session it is.</param>
    public async Task<TopicId> Begin(Seat line)
    {
        Topic = TopicId.Rounds(line.Who.Home, Guid.CreateVersion7());
        var parts = Enumerable.Range(0, Parts).Select(i => new AgendaItem(string.Create(CultureInfo.InvariantCulture, $"Part {i}"), audience.Seats[i % Presenters].Who.Id, 3 * i, 3));
        var plan = new RoundsPlan(
            "Grand rounds", "Fever of the third day.", $"{DateTime.UtcNow.Year + 1}-06-01T07:00", "Europe/London", 60, new(Cases.VisibilityKind.Network), Agenda: [.. parts]);
        foreach (var command in (Command[])[new PlanRounds(plan, Attestation: new(0)), new OpenLobby(), new GoLive()])
        {
            (await line.Send(Topic, command)).Insist();
        }
        return Topic;
    }

    /// <summary>So many events a second for so long; returns when all are acknowledged.</summary>
    public async Task Go(int rate, TimeSpan lasts)
    {
        dueAt.Clear();
        var pace = new Pace(rate);
        var acts = new List<Task>();
        for (var i = 0; i < rate * lasts.TotalSeconds; i++)
        {
            acts.Add(Act(i, await pace.Next()));
        }
        await Task.WhenAll(acts);
    }

    /// <summary>Somebody moves the stage; the number of that event.</summary>
    public async Task<long> Move(int to) => (await Planner.Send(Topic, new MoveStage(new(to % Parts)))).Insist().Last;

    // Of eight: four times something else comes on stage, twice somebody asks, twice what was asked is answered.
    private async Task Act(int i, long due)
    {
        var who = audience.Seats[100 + (i % (audience.Seats.Count - 100))];
        var answer = (i % 8) switch
        {
            1 or 5 when Interlocked.Increment(ref asked) <= RoundsState.QuestionsMax => await Ask(who),
            3 or 7 when waiting.TryDequeue(out var number) => await Planner.Send(Topic, new AnswerQuestion(number)),
            _ => await audience.Seats[i % Parts % Presenters].Send(Topic, new MoveStage(new(i % Parts))),
        };
        if (answer is { Refusal: null, IsUnchanged: false })
        {
            dueAt[answer.Last] = due;
        }
    }

    private async Task<Wire.Answer> Ask(Seat who)
    {
        var answer = await who.Send(Topic, new AskQuestion("Would you have drained it on the first day, and what would have told you to?"));
        if (answer.Refusal is null)
        {
            waiting.Enqueue(answer.First);
        }
        return answer;
    }
}

internal static class Answers
{
    /// <summary>What cannot be refused in a measurement that makes sense.</summary>
    public static Wire.Answer Insist(this Wire.Answer answer) =>
        answer.Refusal is { } refusal ? throw new InvalidOperationException($"A command of the benchmark was refused: {refusal.Code}") : answer;
}
