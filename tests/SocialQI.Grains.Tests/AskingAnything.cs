using System.Diagnostics;
using CsCheck;
using SocialQI.Cases;
using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Random commands of several callers, over a journal in which anything can go wrong, end in a history without a complaint.</summary>
public sealed class AskingAnything(SharedSilos shared)
{
    private const int Samples = 40;
    private static readonly Passport[] people = [Ada, Ben, Chief];

    // Numbers are small, so that they often name something that is there, and often something that is not.
    private static readonly Gen<long> numbers = Gen.Long[1, 15];
    private static readonly Gen<string> texts = Gen.OneOf("Troponin 0.4", "Which assay?", "", "Rule out early");

    private static readonly Gen<Command> commands = Gen.Frequency(
        (6, texts.Select(Command (t) => new PostContribution(ContributionKind.Comment, t))),
        (2, Gen.Select(texts, numbers, Command (t, n) => new PostContribution(ContributionKind.Question, t, n))),
        (2, Gen.Select(texts, numbers, Command (t, n) => new PostContribution(ContributionKind.Answer, t, n))),
        (2, Gen.Select(texts, numbers, Command (t, n) => new EditContribution(n, t))),
        (2, numbers.Select(Command (n) => new WithdrawContribution(n))),
        (4, Gen.Select(numbers, Gen.Enum<Reaction>(), Gen.Bool, Command (n, r, on) => new React(n, r, on))),
        (2, Gen.Select(Gen.Int[0, 9], texts, Command (d, t) => new AddFact(d, t))),
        (1, texts.Select(Command (t) => new CloseCase(t))),
        (1, texts.Select(Command (t) => new ReopenCase(t))),
        (1, Gen.OneOf<Command>(
            new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)), new ChangeVisibility(new Visibility(VisibilityKind.Network), Attestation: new(0)))));

    private static readonly Gen<Plan> plans = Gen.Select(
        Gen.Select(Gen.Int[0, people.Length - 1], commands.Array[1, 8], (who, all) => new Caller(people[who], all)).Array[2, 6],
        Gen.Double[0, 0.35],
        Gen.Int,
        Gen.Bool,
        (callers, mishaps, seed, sleeps) => new Plan(callers, mishaps, seed, sleeps));

    /// <summary>Asks one command after the other.</summary>
    private sealed record Caller(Passport Who, Command[] Commands);

    /// <param name="Callers">All at once.</param>
    /// <param name="Mishaps">How many of the journal's calls go wrong.</param>
    /// <param name="Seed">Says which.</param>
    /// <param name="Sleeps">Whether the activation ends amid all this.</param>
    private sealed record Plan(Caller[] Callers, double Mishaps, int Seed, bool Sleeps);

    [Fact]
    public async Task Ends_in_a_history_without_a_complaint() =>
        await plans.SampleAsync(
            async plan =>
            {
                var history = await Run(plan);
                return history.Complaints().FirstOrDefault() is not { } complaint ? true : throw new InvalidOperationException(complaint);
            },
            iter: Samples,
            threads: 2);

    private async Task<History> Run(Plan plan)
    {
        var live = new LiveTopic(shared.Silos, AnyTopic());
        var begun = new List<Called>
        {
            await Call(live, Ada, new StartCase("Chest pain at noon", "What next?")),
            await Call(live, Ada, new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0))),
        };
        Follower[] followers = [await Follower.Of(live), await Follower.Of(live)];
        live.Trouble.Always = Mishaps(plan);

        var calling = plan.Callers.Select(async caller =>
        {
            var mine = new List<Called>();
            foreach (var command in caller.Commands)
            {
                mine.Add(await Call(live, caller.Who, command));
            }
            return mine;
        }).ToList();
        if (plan.Sleeps)
        {
            await live.Deactivate();
        }
        var called = await Task.WhenAll(calling);
        live.Trouble.Always = null;

        var events = (await live.Events()).Select(e => (e.Number, Convert.ToHexString(e.Encode()))).ToList();
        foreach (var follower in followers)
        {
            await follower.Until(events.Count);
            Assert.Empty(follower.Unfounded);
        }
        await live.AgreesWithJournal();
        return new History(
            [.. begun, .. called.SelectMany(c => c)], events, await live.Real.DoneLately(live.Topic, 1_000, Stop),
            [.. followers.Select(f => f.Heard.Select(h => (h.Number, Convert.ToHexString(h.Bytes))).ToList())]);
    }

    private static async Task<Called> Call(LiveTopic live, Passport who, Command command)
    {
        var (id, invoked) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
        var answer = await live.AskUntilKnown(command, id, who);
        return new Called(id, invoked, Stopwatch.GetTimestamp(), answer);
    }

    private static Func<Step, Mishap?> Mishaps(Plan plan)
    {
        var chance = new Random(plan.Seed);
        return step =>
        {
            lock (chance)
            {
                return chance.NextDouble() < plan.Mishaps ? Mishap(step, chance.Next(5)) : null;
            }
        };
    }

    private static Mishap Mishap(Step step, int which) => (step, which) switch
    {
        (_, 0) => () => throw new IOException("The journal does not answer."),
        (Step.BeforeCommit or Step.AfterCommit, 1) => () => throw Trouble.Unknown(),
        (Step.BeforeCommit, 2) => () => Task.FromResult<AppendOutcome?>(AppendOutcome.StorageFull),
        (Step.BeforeCommit, 3) => () => Task.FromResult<AppendOutcome?>(AppendOutcome.Lost),
        _ => ALittleLater,
    };

    // A turn of everybody else's in between.
    private static async Task<AppendOutcome?> ALittleLater()
    {
        await Task.Yield();
        return null;
    }
}
