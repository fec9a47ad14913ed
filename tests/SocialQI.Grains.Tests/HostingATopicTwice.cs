using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Three clusters that know nothing of each other over one journal: each has an activation of its own of the same topic.</summary>
public sealed class HostingATopicTwice : IAsyncLifetime
{
    private const int Hosts = 3;
    private TestStore store = null!;
    private Silos[] hosts = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        hosts = [await Silos.Start(store), await Silos.Start(store), await Silos.Start(store)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silos in hosts)
        {
            await silos.DisposeAsync();
        }
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Gives_one_history_to_thousands_of_commands()
    {
        const int callers = 5;
        const int commands = 150;
        var sides = await Sides();
        var follower = await Follower.Of(sides[0]);

        var answered = await Task.WhenAll(sides.SelectMany(side => Enumerable.Range(0, callers).Select(async caller =>
        {
            var mine = new List<(Guid Id, Answer Answer)>();
            for (var i = 0; i < commands; i++)
            {
                var id = Guid.CreateVersion7();
                mine.Add((id, await side.AskUntilKnown(Saying($"{caller}: {i}"), id)));
            }
            Assert.Equal(mine.Select(m => m.Answer.First).Order(), mine.Select(m => m.Answer.First));
            return mine;
        })));

        await sides[0].HasOnce(answered.SelectMany(a => a));
        Assert.Equal(2 + (Hosts * callers * commands), await sides[0].Number());
        // They did meet: somebody lost, and was decided again.
        Assert.True(sides[0].Trouble.Appends.Sum(a => a.Events.Count) > await sides[0].Number());
        await follower.Until(await sides[0].Number());
        Assert.Equal(Enumerable.Range(1, 2 + (Hosts * callers * commands)).Select(n => (long)n), follower.Heard.Select(h => h.Number));
        Assert.Empty(follower.Unfounded);
        await AllAgree(sides);
    }

    [Fact]
    public async Task Does_once_what_is_asked_of_all()
    {
        var sides = await Sides();
        for (var round = 0; round < 100; round++)
        {
            var id = Guid.CreateVersion7();

            var answers = await Task.WhenAll(sides.Select(side => side.AskUntilKnown(Saying($"Round {round}"), id)));

            Assert.All(answers, a => Assert.Equal(new Answer(round + 3, round + 3), a));
        }
        await AllAgree(sides);
    }

    [Fact]
    public async Task Lets_one_of_two_rivals_win()
    {
        var sides = await Sides();
        var said = await sides[0].Must(Saying("Troponin 0.4"));
        for (var round = 0; round < 30; round++)
        {
            // Each closes it with another lesson: the first wins, the others are told so.
            var answers = await Task.WhenAll(sides.Select(async (side, i) => await Known(side, new Cases.CloseCase($"Lesson {i}"))));

            Assert.Single(answers, a => a.Refusal is null);
            Assert.All(answers.Where(a => a.Refusal is not null), a => Assert.Equal(Cases.CaseRefusals.Closed.Code, a.Refusal!.Code));
            Assert.Null((await Known(sides[round % Hosts], new Cases.ReopenCase("Not yet"))).Refusal);
        }
        Assert.Equal(said.Last + 60, await sides[0].Number());
        await AllAgree(sides);
    }

    [Fact]
    public async Task Refuses_nothing_that_is_allowed_by_now()
    {
        var sides = await Sides();
        await sides[0].Must(new Cases.CloseCase("Rule out early"));
        await sides[1].Must(new Cases.ReopenCase("Not yet"));

        // The first side still takes it for closed, the third for open all the time.
        Assert.Equal(new Answer(5, 5), await sides[0].Say("Troponin 0.4"));
        Assert.Equal(Cases.CaseRefusals.NotClosed.Code, (await sides[2].Ask(new Cases.ReopenCase("Again"))).Refusal?.Code);
        Assert.Equal(5, (await sides[2].Shown()).Number);
    }

    [Fact]
    public async Task Answers_whoever_was_overtaken_with_the_journals_numbers()
    {
        var sides = await Sides();
        await sides[0].Must(Saying("One"));
        var (first, again) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.Equal(new Answer(4, 4), await sides[1].Say("Two", first));

        // The first side knows nothing of that yet.
        Assert.Equal(3, (await sides[0].Shown()).Number);
        Assert.Equal(new Answer(5, 5), await sides[0].Say("Three", again));
        Assert.Equal(new Answer(4, 4), await sides[0].Say("Two", first));
        Assert.Equal("command-id-reused", (await sides[2].Say("Two, otherwise", first)).Refusal?.Code);
        await AllAgree(sides);
    }

    private static Task<Answer> Known(LiveTopic side, Command command) => side.AskUntilKnown(command, Guid.CreateVersion7());

    private async Task<LiveTopic[]> Sides()
    {
        var first = await Open(hosts[0]);
        LiveTopic[] sides = [first, .. hosts.Skip(1).Select(silos => new LiveTopic(silos, first.Topic))];
        foreach (var side in sides)
        {
            Assert.Equal(2, (await side.Shown()).Number);
        }
        return sides;
    }

    // Each side is asked something, so that it reads on.
    private static async Task AllAgree(LiveTopic[] sides)
    {
        foreach (var side in sides)
        {
            Assert.Null((await Known(side, Saying("And now?"))).Refusal);
            await side.AgreesWithJournal();
        }
    }
}
