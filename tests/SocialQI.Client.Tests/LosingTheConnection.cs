using System.Collections.Concurrent;
using SocialQI.Client.Live;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class LosingTheConnection
{
    private readonly ConcurrentQueue<string> asked = [];
    private readonly List<Guid> ids = [];
    private Answer? answer;
    private Func<Answer?> follow = () => null;
    private Action? seen;

    private Rounds Rounds() => new(
        new Hub(
            Open: topic => Ask("open", AsOpened(Fold(Started, Opened))),
            Follow: (topic, after) => Ask($"follow {after}", follow() ?? new Answer(after, after)),
            Unfollow: topic => Ask("unfollow", this),
            Send: (topic, id, command) =>
            {
                ids.Add(id);
                return Ask("send", answer);
            },
            Page: (topic, before) => Ask<Page>("page", null),
            Typing: topic => Ask("typing", this),
            Watch: topics => Ask($"watch {topics.Length}", Array.Empty<TopicHead>()),
            Own: ballot => Ask<OwnBallot>("own", null),
            Point: (topic, _) => Ask("point", this)),
        new Outbox(),
        TimeProvider.System,
        async _ => await Task.Yield());

    private Task<T?> Ask<T>(string what, T? answer) where T : class
    {
        asked.Enqueue(what);
        seen?.Invoke();
        return Task.FromResult(answer);
    }

    [Theory]
    [InlineData("not-now", true)]
    [InlineData("not-audited", true)]
    [InlineData("busy", false)]
    public async Task In_which_nothing_may_be_shown_is_said_until_it_may(string code, bool isSaid)
    {
        var refusal = code switch { "not-now" => Refusal.NotNow, "not-audited" => Refusal.NotAudited, _ => Refusal.Busy };
        var held = new List<bool>();
        follow = () => held.Count < 3 ? Answer.No(refusal) : null;
        var rounds = Rounds();
        rounds.Moved += _ => held.Add(rounds.IsHeld);
        rounds.Open(Fever);
        rounds.WentUp(Me());
        await Until(() => held.Count >= 4 && !rounds.IsHeld);
        Assert.Equal(isSaid, held.Contains(true));
    }

    [Fact]
    public async Task On_return_every_open_topic_follows_from_its_last_number_and_nothing_is_opened_again()
    {
        var rounds = Rounds();
        var open = rounds.Open(Fever);
        rounds.WentUp(Me());
        await Until(() => asked.Contains("follow 2"));
        rounds.EventsArrived(Fever, [Encoded(Said(3, "one"))]);
        rounds.WentDown();
        rounds.WentUp(Me());
        await Until(() => asked.Contains("follow 3"));
        Assert.Single(asked, "open");
        Assert.Equal(["one"], open.Feed.State?.Case.Texts());
    }

    [Fact]
    public async Task On_return_what_had_no_answer_is_asked_again_with_the_same_id()
    {
        var rounds = Rounds();
        rounds.Open(Fever);
        rounds.WentUp(Me());
        var sending = rounds.Send(Fever, Say("one"));
        await Until(() => ids.Count > 1);
        rounds.WentDown();
        answer = new Answer(3, 3);
        rounds.WentUp(Me());
        Assert.Null((await sending).Refusal);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Nothing_is_asked_while_it_is_down()
    {
        answer = new Answer(3, 3);
        var rounds = Rounds();
        var lines = new ConcurrentQueue<Line>();
        seen = () => lines.Enqueue(rounds.Line);
        rounds.Open(Fever);
        var sending = rounds.Send(Fever, Say("one"));
        rounds.WentUp(Me());
        await sending;
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Equal(Line.Up, line));
    }

    [Fact]
    public void The_pause_before_the_next_try_grows_to_five_seconds()
    {
        Assert.All(Enumerable.Range(0, 50), attempt => Assert.InRange(Backoff.After(attempt, 1).TotalSeconds, 0.2, 5));
        Assert.All(Enumerable.Range(0, 50), attempt => Assert.Equal(0.2, Backoff.After(attempt, 0).TotalSeconds));
        Assert.Equal(5, Backoff.After(20, 1).TotalSeconds);
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 1_000, "It never came to that.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
