using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>What followers, callers and readers are told, beside what is on the disk.</summary>
public sealed class AnnouncingWhatHappened(SharedSilos shared)
{
    [Fact]
    public async Task Never_runs_ahead_of_the_journal()
    {
        var live = await Open(shared.Silos);
        var followers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Follower.Of(live)));
        var chance = new Random(1);
        live.Trouble.Always = step => step is Step.BeforeCommit or Step.AfterCommit && chance.NextDouble() < 0.2 ? () => throw Trouble.Unknown() : null;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            for (var i = 0; i < 10; i++)
            {
                await live.AskUntilKnown(Saying($"{caller}: {i}"), Guid.CreateVersion7());
            }
        }));

        var journal = (await live.Events()).Select(e => (e.Number, Convert.ToHexString(e.Encode()))).ToList();
        foreach (var follower in followers)
        {
            await follower.Until(journal.Count);
            Assert.Empty(follower.Unfounded);
            Assert.Equal(journal, follower.Heard.Select(h => (h.Number, Convert.ToHexString(h.Bytes))));
            Assert.NotEqual(0, follower.Pushed);
        }
    }

    [Theory]
    [InlineData(Step.BeforeCommit, 2)]
    [InlineData(Step.AfterCommit, 3)]
    public async Task Waits_for_the_answer_of_the_journal(Step step, long onDisk)
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);
        var hang = live.Trouble.Hangs(step);

        var asking = live.Say("Troponin 0.4");
        await hang.Reached.Within("the append");

        Assert.Equal(onDisk, await live.Number());
        Assert.False(asking.IsCompleted);
        Assert.Equal(2, (await live.Shown()).Number);
        Assert.Equal(2, (await follower.Renew()).Number);
        Assert.Equal(0, follower.Pushed);

        hang.LetGo();
        Assert.Equal((3, 3), Numbers(await asking));
        await follower.Until(3);
        Assert.Empty(follower.Unfounded);
        Assert.Equal(3, (await live.Shown()).Number);
    }

    [Theory]
    [InlineData("storage-full")]
    [InlineData("busy")]
    [InlineData("outcome-unknown")]
    public async Task Of_what_was_not_written_does_not_happen(string code)
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);
        switch (code)
        {
            case "storage-full":
                live.Trouble.Ends(AppendOutcome.StorageFull);
                break;
            case "busy":
                live.Trouble.Ends(AppendOutcome.Busy);
                break;
            default:
                live.Trouble.Fails(Step.BeforeCommit, new StoreUnavailableException(new IOException()));
                break;
        }

        var refused = await live.Say("Not written");

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.Equal(2, (await live.Shown()).Number);
        Assert.Equal((3, 3), Numbers(await live.Say("Written")));
        await follower.Until(3);
        Assert.Equal(1, follower.Pushed);
        Assert.Empty(follower.Unfounded);
        await live.AgreesWithJournal();
    }

    private static (long, long) Numbers(Wire.Answer answer) => (answer.First, answer.Last);
}
