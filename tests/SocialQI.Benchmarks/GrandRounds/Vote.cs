using System.Diagnostics;
using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Benchmarks.Journal;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>A ballot, who entered what in it, and whether that is what it came to.</summary>
internal sealed class Vote
{
    private const int Options = 5;
    private const int OneInRevises = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly int[] choices;
    private readonly Audience audience;
    private readonly Seat lead;
    private readonly TopicId owner;

    private Vote(Audience audience, Seat lead, TopicId owner, TopicId ballot, int entries) =>
        (this.audience, this.lead, this.owner, Ballot, choices) = (audience, lead, owner, ballot, new int[entries]);

    public TopicId Ballot { get; }

    /// <summary>Calls a sealed one; returns when it takes entries.</summary>
    public static async Task<Vote> Call(Audience audience, Seat lead, TopicId owner, int entries, bool isNamed = false)
    {
        lead.AwaitResult();
        var key = Guid.CreateVersion7();
        var terms = new BallotTerms(BallotKind.SingleChoice, "What next?", [.. Enumerable.Range(0, Options).Select(i => $"Option {i}")], IsNamed: isNamed);
        (await lead.Send(owner, new CallBallot(key, terms, new(0)))).Insist();
        var vote = new Vote(audience, lead, owner, TopicId.BallotOf(owner, key), entries);
        var since = Stopwatch.GetTimestamp();
        while ((await lead.Ask("Own", $"\"{vote.Ballot}\"")).ValueKind != JsonValueKind.Object && Stopwatch.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(50);
        }
        return vote;
    }

    /// <summary>All enter, spread over this time; one in ten thinks better of it.</summary>
    public async Task Enter(TimeSpan lasts)
    {
        var pace = new Pace((int)Math.Max(1, choices.Length / lasts.TotalSeconds));
        var entering = new List<Task>();
        for (var i = 0; i < choices.Length; i++)
        {
            await pace.Next();
            entering.Add(Enter(i));
        }
        await Task.WhenAll(entering);
    }

    /// <summary>Ends it; returns when that was asked.</summary>
    public async Task<long> End()
    {
        var since = Stopwatch.GetTimestamp();
        (await lead.Send(owner, new EndBallot(Ballot, "All have spoken."))).Insist();
        return since;
    }

    /// <summary>The event that told the result, and by how many votes it is wrong.</summary>
    public async Task<(long Number, int Wrong)> Result()
    {
        var told = await lead.HearsResult.WaitAsync(Patience);
        return told.Event is BallotResulted it && it.Ballot == Ballot ? (told.N, Wrong(it.Result.Whole)) : throw new InvalidOperationException("Another ballot came to a result.");
    }

    private async Task Enter(int i)
    {
        var seat = audience.Seats[i];
        for (var times = i % OneInRevises == 0 ? 2 : 1; times > 0; times--)
        {
            var choice = (i + times) * 7 % Options;
            (await seat.Send(Ballot, new CastEntry(new([new(choice)])))).Insist();
            choices[i] = choice;
        }
    }

    private int Wrong(Tally tally)
    {
        var expected = Enumerable.Range(0, Options).Select(o => choices.Count(c => c == o));
        return Math.Abs(tally.Entered - choices.Length) + expected.Zip(tally.Options.OrderBy(o => o.Option), (e, o) => Math.Abs(e - o.Count)).Sum();
    }
}
