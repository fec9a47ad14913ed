using SocialQI.Wire;
using Xunit;

namespace SocialQI.Grains.Tests;

/// <summary>The check that judges random histories, tried on histories with one fault each.</summary>
public sealed class CheckingAHistory
{
    private static readonly Guid[] ids = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];

    // 1 and 2–3 one after the other, 4 at the same time as them, then one that was refused, and one that changed nothing.
    private static readonly History good = new(
        [
            new(ids[0], 10, 20, new Answer(1, 1)),
            new(ids[1], 30, 40, new Answer(2, 3)),
            new(ids[2], 15, 60, new Answer(4, 4)),
            new(ids[3], 70, 80, Answer.No(Refusal.Busy)),
            new(ids[4], 90, 95, new Answer(4, 4)),
        ],
        Events(1, 2, 3, 4),
        [new(ids[0], 1, 1, []), new(ids[1], 2, 3, []), new(ids[2], 4, 4, [])],
        [Events(1, 2, 3, 4), Events(1, 2, 3, 4)]);

    private static readonly Dictionary<string, History> bad = new()
    {
        ["a gap"] = good with { Events = Events(1, 2, 4, 5) },
        ["the same number twice"] = good with { Events = Events(1, 2, 2, 4) },
        ["an event of no command"] = good with { Events = Events(1, 2, 3, 4, 5), Heard = [] },
        ["an event of two commands"] = good with { Done = [.. good.Done.SkipLast(1), new(ids[2], 3, 4, [])] },
        ["a command done twice"] = good with { Events = Events(1, 2, 3, 4, 5), Done = [.. good.Done, new(ids[0], 5, 5, [])], Heard = [] },
        ["an acknowledged command that is lost"] = good with { Events = Events(1, 2, 3), Done = [.. good.Done.SkipLast(1)], Heard = [] },
        ["a command that was refused and done"] = With(2, good.Calls[2] with { Answer = Answer.No(Refusal.Busy) }),
        ["a command with others' numbers"] = With(2, good.Calls[2] with { Answer = new Answer(3, 3) }),
        ["a command that nobody asked"] = good with { Calls = [.. good.Calls.Where((_, i) => i != 2)] },
        ["an earlier number for a later command"] = With(0, good.Calls[0] with { Invoked = 45, Answered = 50 }),
        ["a follower that missed one"] = good with { Heard = [Events(1, 2, 4)] },
        ["a follower that heard one twice"] = good with { Heard = [Events(1, 2, 2, 3, 4)] },
        ["a follower in another order"] = good with { Heard = [Events(1, 3, 2, 4)] },
        ["a follower that heard something else"] = good with { Heard = [[.. Events(1, 2, 3), (4, "something else")]] },
        ["a follower that heard too much"] = good with { Heard = [Events(1, 2, 3, 4, 5)] },
    };

    public static TheoryData<string> Faults => [.. bad.Keys];

    [Fact]
    public void Has_nothing_to_say_about_a_good_one() => Assert.Empty(good.Complaints());

    [Theory]
    [MemberData(nameof(Faults))]
    public void Finds(string fault) => Assert.NotEmpty(bad[fault].Complaints());

    private static History With(int at, Called call) => good with { Calls = [.. good.Calls.Select((c, i) => i == at ? call : c)] };

    private static (long, string)[] Events(params long[] numbers) => [.. numbers.Select(n => (n, $"event {n}"))];
}
