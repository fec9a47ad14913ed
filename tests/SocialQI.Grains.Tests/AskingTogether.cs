using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Many callers at one topic.</summary>
public sealed class AskingTogether(SharedSilos shared)
{
    [Fact]
    public async Task Is_decided_one_after_the_other()
    {
        var live = await Open(shared.Silos);

        var answered = await Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            var mine = new List<(Guid Id, Answer Answer)>();
            for (var i = 0; i < 25; i++)
            {
                var id = Guid.CreateVersion7();
                mine.Add((id, await live.Say($"{caller}: {i}", id)));
            }
            Assert.Equal(mine.Select(m => m.Answer.First).Order(), mine.Select(m => m.Answer.First));
            return mine;
        }));

        await live.HasOnce(answered.SelectMany(a => a));
        var events = await live.Events();
        Assert.Equal(502, events.Count);
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Sees_what_was_decided_just_before()
    {
        var live = await Open(shared.Silos);

        // All want to close it; only one can, and what comes after the close is refused.
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(i => new[]
        {
            live.Ask(new CloseCase($"Lesson {i}")), live.Say($"Remark {i}"),
        }));

        var closed = (await live.Events()).Single(e => e.Kind == "case-closed");
        Assert.Equal(await live.Number(), closed.Number);
        Assert.All(answers.Where(a => a.Refusal is null), a => Assert.True(a.First <= closed.Number));
        Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Equal(CaseRefusals.Closed.Code, a.Refusal!.Code));
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Is_appended_as_one()
    {
        var live = await Open(shared.Silos);
        var (first, hang) = await Stuck(live);
        var waiting = Enumerable.Range(0, 100).Select(i => live.Say($"Remark {i}")).ToList();
        await live.AllHaveCome();

        hang.LetGo();

        Assert.All(await Task.WhenAll(waiting), a => Assert.Null(a.Refusal));
        Assert.Null((await first).Refusal);
        Assert.Equal([1, 100], live.Trouble.Appends.Skip(2).Select(a => a.Commands.Count));
    }

    [Fact]
    public async Task Leaves_the_others_alone_when_some_are_refused()
    {
        var live = await Open(shared.Silos);
        var (_, hang) = await Stuck(live);
        var good = Enumerable.Range(0, 20).Select(i => live.Say($"Remark {i}")).ToList();
        var bad = new[]
        {
            live.Ask(new EditContribution(1, "Not a contribution")), live.Ask(new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0))),
            live.Say(""), live.Ask(new AddFact(1, "By a stranger"), by: Ben), live.Ask(new Clinicians.ReadInbox(1)),
        };
        good.AddRange(Enumerable.Range(20, 20).Select(i => live.Say($"Remark {i}")));
        await live.AllHaveCome();

        hang.LetGo();

        Assert.All(await Task.WhenAll(good), a => Assert.Null(a.Refusal));
        Assert.Equal(
            ["no-such-contribution", "case-is-open", "empty", "facts-by-home", "wrong-kind-of-topic"],
            (await Task.WhenAll(bad)).Select(a => a.Refusal?.Code));
        Assert.Equal([1, 40], live.Trouble.Appends.Skip(2).Select(a => a.Commands.Count));
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task With_the_same_id_in_one_batch_has_one_effect_and_one_answer()
    {
        var live = await Open(shared.Silos);
        var (_, hang) = await Stuck(live);
        var id = Guid.CreateVersion7();
        var same = Enumerable.Range(0, 5).Select(_ => live.Say("Troponin 0.4", id)).ToList();
        await live.AllHaveCome();
        var other = live.Say("Something else", id);
        await live.AllHaveCome();

        hang.LetGo();

        var answers = await Task.WhenAll(same);
        await live.HasOnce([(id, answers[0])]);
        Assert.All(answers, a => Assert.Equal(answers[0], a));
        Assert.Equal("command-id-reused", (await other).Refusal?.Code);
        Assert.Equal(4, await live.Number());
    }

    [Fact]
    public async Task Turns_the_thousand_and_first_away_and_loses_nothing()
    {
        var live = await Open(shared.Silos);
        var (first, hang) = await Stuck(live);
        var commands = Enumerable.Range(0, Topics.Waiting.Max).Select(i => (Id: Guid.CreateVersion7(), Text: $"Remark {i}")).ToList();
        var waiting = commands.Select(c => live.Say(c.Text, c.Id)).ToList();
        await live.AllHaveCome();
        var oneMore = Guid.CreateVersion7();

        Assert.Equal("busy", (await live.Say("One too many", oneMore)).Refusal?.Code);
        hang.LetGo();

        Assert.Null((await first).Refusal);
        await live.HasOnce(commands.Zip(await Task.WhenAll(waiting), (c, answer) => (c.Id, answer)));
        await live.HasOnce([(oneMore, await live.Say("One too many", oneMore))]);
        Assert.Equal(2 + 1 + Topics.Waiting.Max + 1, await live.Number());
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Is_told_that_it_was_done_also_when_nothing_more_can_be_kept()
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        var done = await live.Say("Troponin 0.4", id);
        var (_, hang) = await Stuck(live);
        var (again, fresh) = (live.Say("Troponin 0.4", id), live.Say("Which assay?"));
        await live.AllHaveCome();
        live.Trouble.Ends(AppendOutcome.StorageFull);

        hang.LetGo();

        Assert.Equal(done, await again);
        Assert.Equal("storage-full", (await fresh).Refusal?.Code);
    }

    // One append that the journal has taken and not answered: all that come now must wait.
    private static async Task<(Task<Answer> First, Hang Hang)> Stuck(LiveTopic live)
    {
        var hang = live.Trouble.Hangs(Step.BeforeCommit);
        var first = live.Say("The first");
        await hang.Reached.Within("the first append");
        return (first, hang);
    }
}
