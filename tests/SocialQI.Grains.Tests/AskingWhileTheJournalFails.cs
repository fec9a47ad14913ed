using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Commands whose journal fails, hangs, or commits and forgets to say so.</summary>
public sealed class AskingWhileTheJournalFails(SharedSilos shared)
{
    /// <summary>What goes wrong, in words and in deeds.</summary>
    private static readonly Dictionary<string, Action<Trouble>> mishaps = new()
    {
        ["it does not answer"] = t => t.Fails(Step.BeforeCommit),
        ["it is away"] = t => t.Fails(Step.BeforeCommit, new StoreUnavailableException(new IOException())),
        ["it does not know, and did not write"] = t => t.Fails(Step.BeforeCommit, Trouble.Unknown()),
        ["it does not know, and wrote"] = t => t.ForgetsItsAnswer(),
        ["it wrote, and then did not answer"] = t => t.Fails(Step.AfterCommit),
        ["it is full"] = t => t.Ends(AppendOutcome.StorageFull),
        ["it has too much to do"] = t => t.Ends(AppendOutcome.Busy),
        ["it is said to be lost"] = t => t.Ends(AppendOutcome.Lost),
        ["it forgets, and cannot be read"] = t =>
        {
            t.ForgetsItsAnswer();
            t.Fails(Step.Read);
        },
        ["it forgets, and cannot be read again and again"] = t =>
        {
            t.ForgetsItsAnswer();
            t.Fails(Step.Read);
            t.Fails(Step.Read);
            t.Fails(Step.AfterRead);
        },
        ["it forgets, and cannot be asked what was done"] = t =>
        {
            t.ForgetsItsAnswer();
            t.Fails(Step.Done);
        },
        ["it does not answer five times"] = t => Times(5, () => t.Fails(Step.BeforeCommit)),
        ["it does not know five times, and did not write"] = t => Times(5, () => t.Fails(Step.BeforeCommit, Trouble.Unknown())),
        ["it is lost four times, then forgotten"] = t =>
        {
            Times(4, () => t.Ends(AppendOutcome.Lost));
            t.ForgetsItsAnswer();
        },
    };

    public static TheoryData<string> Mishaps => [.. mishaps.Keys];

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task Have_one_effect_when_asked_again(string mishap)
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        mishaps[mishap](live.Trouble);

        var answer = await live.AskUntilKnown(Saying("Troponin 0.4"), id);
        var after = await live.Must(Saying("Which assay?"));

        Assert.Equal((3, 3, 4), (answer.First, answer.Last, after.First));
        await live.HasOnce([(id, answer)]);
        await live.AgreesWithJournal();
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task Have_one_effect_each_when_many_wait(string mishap)
    {
        var live = await Open(shared.Silos);
        var first = live.Trouble.Hangs(Step.BeforeCommit);
        var asking = Enumerable.Range(0, 50).Select(async i =>
        {
            var id = Guid.CreateVersion7();
            return (id, await live.AskUntilKnown(Saying($"Troponin {i}"), id));
        }).ToList();
        await first.Reached.Within("the first append");
        mishaps[mishap](live.Trouble);
        first.LetGo();

        var answered = await Task.WhenAll(asking);

        await live.HasOnce(answered);
        Assert.Equal(52, await live.Number());
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Have_one_effect_each_through_any_mixture_of_mishaps()
    {
        var live = await Open(shared.Silos);
        var chance = new Random(7);
        live.Trouble.Always = _ => chance.NextDouble() switch
        {
            < 0.1 => () => throw new IOException("The journal does not answer."),
            < 0.2 => () => throw Trouble.Unknown(),
            _ => null,
        };

        var answered = await Task.WhenAll(Enumerable.Range(0, 30).Select(async caller =>
        {
            var mine = new List<(Guid, Wire.Answer)>();
            for (var i = 0; i < 10; i++)
            {
                var id = Guid.CreateVersion7();
                mine.Add((id, await live.AskUntilKnown(Saying($"{caller}: {i}"), id)));
            }
            return mine;
        }));
        live.Trouble.Always = null;
        var last = await live.Must(Saying("Quiet again"));

        Assert.Equal(303, last.First);
        await live.HasOnce(answered.SelectMany(a => a));
        await live.AgreesWithJournal();
    }

    [Theory]
    [InlineData(Step.BeforeCommit)]
    [InlineData(Step.AfterCommit)]
    [InlineData(Step.Read)]
    [InlineData(Step.AfterRead)]
    [InlineData(Step.Done)]
    public async Task Leave_the_topic_readable_while_it_hangs(Step step)
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);
        if (step is not (Step.BeforeCommit or Step.AfterCommit))
        {
            live.Trouble.Fails(Step.BeforeCommit, Trouble.Unknown());
        }
        var hang = live.Trouble.AlwaysHangs(step);
        var id = Guid.CreateVersion7();
        var asking = live.Say("Troponin 0.4", id);
        await hang.Reached.Within("the call that hangs");
        var later = live.Say("Which assay?");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(2, (await live.Shown()).Number);
            Assert.Equal(2, (await follower.Renew()).Number);
        }
        Assert.False(asking.IsCompleted || later.IsCompleted);

        live.Trouble.Always = null;
        hang.LetGo();
        await live.HasOnce([(id, await asking)]);
        Assert.Null((await later).Refusal);
        await live.AgreesWithJournal();
    }

    [Theory]
    [InlineData(Step.Read)]
    [InlineData(Step.AfterRead)]
    public async Task Leave_the_topic_readable_when_it_hangs_after_a_failure(Step step)
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);
        live.Trouble.Fails(Step.BeforeCommit);
        var hang = live.Trouble.AlwaysHangs(step);
        var id = Guid.CreateVersion7();
        Assert.Equal("outcome-unknown", (await live.Say("Troponin 0.4", id)).Refusal?.Code);

        Assert.Equal(2, (await live.Shown()).Number);
        Assert.Equal(2, (await follower.Renew()).Number);
        var again = live.Say("Troponin 0.4", id);
        await hang.Reached.Within("the reading that hangs");
        Assert.Equal(2, (await live.Shown()).Number);
        Assert.Equal(2, (await follower.Renew()).Number);

        live.Trouble.Always = null;
        hang.LetGo();
        await live.HasOnce([(id, await again)]);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Are_not_called_left_out_when_they_were_done_at_the_last_try()
    {
        var live = await Open(shared.Silos);
        mishaps["it is lost four times, then forgotten"](live.Trouble);
        var id = Guid.CreateVersion7();

        await live.HasOnce([(id, await live.Say("Troponin 0.4", id))]);
    }

    [Fact]
    public async Task Are_not_called_left_out_when_the_last_try_may_still_be_under_way()
    {
        var live = await Open(shared.Silos);
        mishaps["it does not know five times, and did not write"](live.Trouble);

        Assert.Equal("outcome-unknown", (await live.Say("Troponin 0.4")).Refusal?.Code);
    }

    [Fact]
    public async Task Are_shown_once_they_are_known_though_nobody_asks_again()
    {
        var live = await Open(shared.Silos);
        live.Trouble.Fails(Step.AfterCommit);
        Assert.Equal("outcome-unknown", (await live.Say("Troponin 0.4")).Refusal?.Code);

        Assert.Equal(3, (await live.Shown()).Number);
    }

    [Fact]
    public async Task Are_not_taken_back_by_a_slower_reader()
    {
        var live = await Open(shared.Silos);
        live.Trouble.Fails(Step.BeforeCommit);
        await live.Say("Not written");
        var slow = live.Trouble.Hangs(Step.AfterRead);
        var showing = live.Grain.Show();
        await slow.Reached.Within("the reading of who only looks");

        var saying = live.Say("Troponin 0.4");
        await Task.WhenAny(saying, showing).Within("one of the two");
        slow.LetGo();
        await showing.Within("the case as it stood");
        var answer = await saying;

        Assert.Equal(answer.Last, (await live.Shown()).Number);
        Assert.Equal(answer.Last + 1, (await live.Must(Saying("Which assay?"))).First);
        // Three: the one that was not written, and the two that were, without a race lost to itself.
        Assert.Equal(2 + 3, live.Trouble.Appends.Count);
    }

    private static void Times(int times, Action act)
    {
        for (var i = 0; i < times; i++)
        {
            act();
        }
    }
}
