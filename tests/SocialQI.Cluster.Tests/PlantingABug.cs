using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The bugs that a service like this could have, each planted into long histories in which everything is right.</summary>
public sealed class PlantingABug
{
    private const int Histories = 10;

    [Fact]
    public void Is_found_in_none_where_there_is_none()
    {
        foreach (var seed in Enumerable.Range(1, Histories))
        {
            Finding.None(new RightHistory(seed).Check());
        }
    }

    [Fact]
    public void Is_found_by_its_name_in_every_history()
    {
        string[] missed = [.. from bug in Bugs from seed in Enumerable.Range(1, Histories) where !IsFound(bug, seed) select $"{bug.Name} in history {seed}"];
        Figures.Tell("checker.planted.found", Bugs.Count(bug => !Array.Exists(missed, m => m.StartsWith(bug.Name, StringComparison.Ordinal))), $"of {Bugs.Length}");
        Assert.Empty(missed);
        Assert.Equal(12, Bugs.Length);
    }

    private static bool IsFound((string Name, Wrong What, Action<RightHistory> Plant) bug, int seed)
    {
        var history = new RightHistory(seed);
        bug.Plant(history);
        return history.Check().Any(f => f.What == bug.What);
    }

    private static readonly (string Name, Wrong What, Action<RightHistory> Plant)[] Bugs =
    [
        ("drop", Wrong.OutOfTurn, h => h.Acts.RemoveAt(h.SomeHeardBeforeAnother())),
        ("duplicate", Wrong.OutOfTurn, h =>
        {
            var at = h.SomeHeardBeforeAnother();
            h.Acts.Insert(at, h.Acts[at]);
        }),
        ("swap", Wrong.OutOfTurn, h =>
        {
            var one = h.SomeHeardBeforeAnother();
            var other = h.NextOfSame(one);
            (h.Acts[one], h.Acts[other]) = (h.Acts[other], h.Acts[one]);
        }),
        ("fork", Wrong.Forked, h =>
        {
            var at = h.SomeKeptBeforeAnother();
            h.Journal.Insert(at, h.Journal[at] with { Command = Guid.NewGuid() });
        }),
        ("gap", Wrong.Gap, h => h.Journal.RemoveAt(h.SomeKeptBeforeAnother())),
        ("early-ack", Wrong.Lost, h =>
        {
            var asked = new Asked("Ada", h.SomeTopic(), Guid.NewGuid(), "not committed yet");
            h.Acts.InsertRange(h.Somewhere(), [asked, new Acknowledged(asked.Command, 1)]);
        }),
        ("lost-tail", Wrong.Lost, h => h.Journal.Remove(h.LastAcknowledged())),
        ("late-after-revoke", Wrong.HeardAfterwards, h => h.BarBefore(h.SomeHeardBeforeAnother())),
        ("stale-read", Wrong.StaleRead, h =>
        {
            var at = h.SomeAcknowledged();
            var asked = h.AskedFor(at);
            h.Acts.Insert(at + 1, new Read(asked.Writer, asked.Topic, ((Acknowledged)h.Acts[at]).Number - 1));
        }),
        ("read-going-back", Wrong.StaleRead, h =>
        {
            var at = h.SomeRead();
            var read = (Read)h.Acts[at];
            h.Acts.Insert(at + 1, read with { Number = read.Number - 1 });
        }),
        ("unequal-hash", Wrong.Unlike, h =>
        {
            var at = h.SomeHolds();
            h.Acts[at] = (Holds)h.Acts[at] with { Digest = "something else" };
        }),
        ("unresolved-command", Wrong.Unanswered, h => h.Acts.RemoveAt(h.SomeAcknowledged())),
    ];
}
