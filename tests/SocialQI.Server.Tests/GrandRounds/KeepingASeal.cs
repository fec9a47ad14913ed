using Microsoft.Extensions.DependencyInjection;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Storage;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>
/// While a ballot is sealed, what anybody but a voter learns is the same, byte by byte, whatever was entered, by whom, how often and when. Each history is held
/// twice with the same session and other entries, and all that nine kinds of people are written to their sockets or told when they ask is compared.
/// </summary>
public sealed class KeepingASeal(TheService service)
{
    private const int Histories = 1_000;
    private const int AtOnce = 25;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_nobody_anything_of_what_was_entered()
    {
        var cast = await SealedCast.Gather(service);
        var (compared, events, leaks) = (0, int.MaxValue, new List<string>());
        for (var from = 0; from < Histories; from += AtOnce)
        {
            foreach (var pair in await Task.WhenAll(Enumerable.Range(from, AtOnce).Select(seed => Twice(cast, seed, guilty: null))))
            {
                compared++;
                events = Math.Min(events, pair.Events);
                leaks.AddRange(pair.Leaks);
            }
            await ReadOn();
        }
        Figures.Tell("seal.histories", compared, "histories");
        Figures.Tell("seal.leaks", leaks.Count, "leaks");
        Assert.True(compared >= 1_000 && events >= 30, $"{compared} histories of at least {events} events");
        Assert.True(leaks.Count == 0, string.Join("\n", leaks.Take(5)));
    }

    [Theory]
    [InlineData(Guilt.Number)]
    [InlineData(Guilt.Totals)]
    [InlineData(Guilt.Head)]
    [InlineData(Guilt.Position)]
    [InlineData(Guilt.Voters)]
    [InlineData(Guilt.Unsealed)]
    public async Task Told_by_a_guilty_one_is_caught(Guilt guilty)
    {
        var cast = await SealedCast.Gather(service);
        var pairs = await Task.WhenAll(Enumerable.Range(0, 5).Select(seed => Twice(cast, seed, guilty)));
        Assert.Contains(pairs, p => p.Leaks.Count > 0);
    }

    // The lists are made from the same tail for all that goes on beside: they are let come up before more is written.
    private async Task ReadOn()
    {
        var (tables, position) = (service.Services.GetRequiredService<Stores>().Default.Tables, await service.Journal.Position(Stop));
        foreach (var reader in new[] { "lists", "search", "reactions" })
        {
            await Waiting.Until($"{reader} have come up", async () => await tables.TailPosition(reader, Stop) >= position);
        }
    }

    private static async Task<(int Events, List<string> Leaks)> Twice(SealedCast cast, int seed, Guilt? guilty)
    {
        var script = SealedScript.Of(seed);
        var (one, other) = (await SealedRun.Hold(cast, script, seed, first: true, guilty), await SealedRun.Hold(cast, script, seed, first: false, guilty));
        Assert.NotEqual(one.Entered, other.Entered);
        var leaks = one.Learned.Where(l => l.Value != other.Learned[l.Key]).Select(l => $"history {seed}, {l.Key}:\n{Around(l.Value, other.Learned[l.Key])}").ToList();
        return (Math.Min(one.Events, other.Events), leaks);
    }

    // What differs first, with a little of what stands before it.
    private static string Around(string one, string other)
    {
        var at = Enumerable.Range(0, Math.Min(one.Length, other.Length)).FirstOrDefault(i => one[i] != other[i], Math.Min(one.Length, other.Length));
        var from = Math.Max(0, at - 80);
        return $"  {one[from..Math.Min(one.Length, at + 80)]}\n  {other[from..Math.Min(other.Length, at + 80)]}";
    }
}

/// <summary>What a guilty service would tell.</summary>
public enum Guilt
{
    /// <summary>The number of the ballot's last event.</summary>
    Number,

    /// <summary>The tick of totals.</summary>
    Totals,

    /// <summary>Its head in the list of heads.</summary>
    Head,

    /// <summary>How far the store's tail is.</summary>
    Position,

    /// <summary>Who has entered.</summary>
    Voters,

    /// <summary>A ballot that was never sealed.</summary>
    Unsealed,
}

/// <summary>What happens in the session or case, the same both times, and after which step somebody enters something, which is not.</summary>
internal sealed record SealedScript(IReadOnlyList<Command> Steps, BallotTerms Terms)
{
    private const int StepsMin = 36;
    private const int StepsMax = 41;
    private const int OfACaseEvery = 3;

    private static readonly Condition[] conditions = [new("A41.9", "Sepsis"), new("D76.2", "Hemophagocytic syndrome"), new("M06.1", "Still’s disease"), new(null, $"{Overheard.Canary} disease")];

    /// <summary>Whether opinions on a case are held, and not a ballot of a session.</summary>
    public bool IsOfACase => Terms.Kind == BallotKind.Differential;

    public static SealedScript Of(int seed)
    {
        var chance = new Random(seed);
        var kind = seed % OfACaseEvery == 0 ? BallotKind.Differential : (BallotKind)chance.Next((int)BallotKind.SingleChoice, (int)BallotKind.Votes);
        var terms = new BallotTerms(
            kind, $"What next, {Overheard.Canary}?", kind == BallotKind.Text ? default : ["Lumbar puncture", "Bone marrow", "Wait"], IsSealed: true, AsksConfidence: chance.Next(2) == 0,
            IsNamed: chance.Next(2) == 0, ClosesAfter: chance.Next(2) == 0 ? 5_000 : null);
        return new([.. Enumerable.Range(0, chance.Next(StepsMin, StepsMax)).Select(i => kind == BallotKind.Differential ? StepOfCase(chance, i) : Step(chance, i))], terms);
    }

    public IEnumerable<(int After, int Voter, Entry Entry)> Entries(int seed, bool first, int voters)
    {
        var chance = new Random((2 * seed) + (first ? 0 : 1) + 1_000_000);
        return [.. Enumerable.Range(0, chance.Next(3, 12)).Select(_ => (chance.Next(Steps.Count), chance.Next(voters), Entered(chance))).OrderBy(e => e.Item1)];
    }

    public Entry Entered(Random chance)
    {
        if (Terms.Kind == BallotKind.Text)
        {
            return new(default, $"{Overheard.Canary} {chance.Next(1_000)}");
        }
        if (IsOfACase)
        {
            var differential = conditions.OrderBy(_ => chance.Next()).Take(chance.Next(1, 4)).Select(c => new Diagnosis(c, chance.Next(34)));
            return new([new(chance.Next(3))], null, new([.. differential], $"{Overheard.Canary} {chance.Next(1_000)}"));
        }
        var options = Enumerable.Range(0, 3).OrderBy(_ => chance.Next()).Take(Terms.Kind == BallotKind.SingleChoice ? 1 : chance.Next(1, 4));
        return new([.. options.Select(o => new Choice(o, Terms.Kind == BallotKind.Scale ? chance.Next(1, 10) : null, Terms.AsksConfidence ? chance.Next(101) : null))]);
    }

    private static Command StepOfCase(Random chance, int i) =>
        chance.Next(3) == 0 ? new AddFact(i, $"Fact {i} of the {Overheard.Canary}", Attestation: new(0))
        : new PostContribution(ContributionKind.Comment, $"Comment {i} of the {Overheard.Canary}", Attestation: new(0));

    private static Command Step(Random chance, int i) => chance.Next(4) switch
    {
        0 => new AskQuestion($"Question {i} of the {Overheard.Canary}", IsAnonymous: chance.Next(2) == 0, new(0)),
        1 => new RecordDecision($"Decision {i} of the {Overheard.Canary}", new(0)),
        2 => new RecordAction($"Action {i} of the {Overheard.Canary}", default, SealedRun.Began + TimeSpan.FromDays(300), new(0)),
        _ => new MoveStage(new StageView(i % 2)),
    };
}
