using System.Diagnostics;
using System.Net;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>
/// The load under which a fault happens, and everything that must be so whatever the fault: nothing acknowledged is lost, doubled or out of order, everybody
/// sees the same, nobody is shut out, every error is said in words, and the record can be verified. What it came to is told as figures.
/// </summary>
internal sealed class Ordeal : IAsyncDisposable
{
    private readonly string fault;
    private readonly List<TimeSpan> recoveries = [];
    private readonly List<TimeSpan> untouched = [];
    private readonly Dictionary<int, int> handles = [];
    private int rounds;

    private readonly Uri[] doors;

    private Ordeal(string fault, Ground ground, Uri[] doors) => (this.fault, Ground, this.doors) = (fault, ground, doors);

    public Ground Ground { get; }

    public Ward Ward { get; } = new(Sizes.BetweenLines);

    /// <param name="fault">Under which name figures are told.</param>
    /// <param name="ground">The cluster; whatever is broken of it is mended first.</param>
    /// <param name="doors">Where people connect; nothing: to the ground's own gateways.</param>
    public static async Task<Ordeal> Begin(string fault, Ground ground, params Uri[] doors)
    {
        await ground.Mend();
        var ordeal = new Ordeal(fault, ground, doors.Length > 0 ? doors : ground.Doors);
        foreach (var door in ordeal.doors)
        {
            await Ward.Within($"readiness at {door}", Ready(ground.People[0], door));
        }
        await ordeal.Fill();
        await ordeal.Ward.Calm();
        foreach (var node in ground.Nodes)
        {
            ordeal.handles[node.Pid] = Handles(node.Pid);
        }
        return ordeal;
    }

    /// <summary>Suffers once, and goes on when all is well again. What that was to each topic is measured, unless the fault measures for itself.</summary>
    public async Task Round(Func<Task> suffer, bool measures = true)
    {
        // A silo that was taken for dead ends when it learns of it, perhaps after the last round.
        await Ground.Mend();
        var moment = Stopwatch.GetTimestamp();
        await suffer();
        await Ward.Calm();
        rounds++;
        if (measures)
        {
            recoveries.AddRange(Ward.Watches.Since(moment).Where(r => r.WasHit).Select(r => r.Silence));
        }
        untouched.AddRange(Ward.Watches.Untouched(moment));
    }

    /// <summary>Something took so long to be well again.</summary>
    public void Recovered(TimeSpan after) => recoveries.Add(after);

    /// <summary>Waits until every topic has acknowledged something that is asked from now on, and measures for each how long that took.</summary>
    public async Task Resumes()
    {
        var since = Stopwatch.GetTimestamp();
        await Ward.Within("all topics served again", Task.WhenAll(Ward.Topics.Select(Resumes)));

        async Task Resumes(TopicId topic)
        {
            await Ward.Watches.Next(topic);
            lock (recoveries)
            {
                recoveries.Add(Stopwatch.GetElapsedTime(since));
            }
        }
    }

    /// <summary>Waits until every topic has acknowledged something that is asked from now on.</summary>
    public Task Served() => Ward.Within("all topics served by what is left", Task.WhenAll(Ward.Topics.Select(Ward.Watches.Next)));

    /// <summary>Lets the load go on for so long.</summary>
    public static Task GoesOn(TimeSpan time) => Task.Delay(time, TestContext.Current.CancellationToken);

    /// <summary>A figure of this fault's own.</summary>
    public void Tell(string name, double value, string unit) => Figures.Tell($"faults.{fault}.{name}", value, unit);

    /// <summary>Puts the pens down, tells the figures, and fails with whatever is wrong.</summary>
    public async Task End()
    {
        var findings = await Ward.Check(() => JournalRows.OfPostgres(Ground.Database, Ward.Topics));
        Tell(findings);
        var (code, said) = await Ground.One.Verb("audit", "verify", "--postgres", Ground.Database);

        Finding.None(findings);
        Assert.True(!Ward.Unspoken.Any(), string.Join('\n', [.. Ward.Unspoken, .. Ground.Nodes.Select(n => n.Said)]));
        Assert.Empty(Ward.Recorder.Acts.OfType<LetGo>());
        Assert.True(code == 0, said);
        Assert.All(recoveries, r => Assert.InRange(r, TimeSpan.Zero, Sizes.RecoveryMax));
    }

    public ValueTask DisposeAsync() => Ward.DisposeAsync();

    /// <summary>The value that so much of all are not above.</summary>
    public static double Percentile(IEnumerable<TimeSpan> of, double share) =>
        of.Order().ToList() is { Count: > 0 } sorted ? sorted[(int)(share * (sorted.Count - 1))].TotalMilliseconds : 0;

    private static async Task Ready(Person person, Uri door)
    {
        // A node announces nothing.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await person.Get(door, "readyz")).Status != HttpStatusCode.OK)
        {
            await pace.WaitForNextTickAsync();
        }
    }

    // Half of the topics are the network's, half a community's; everybody knows all doors, and who writes in one topic begins at different ones.
    private async Task Fill()
    {
        var (people, members) = (Ground.People, Ground.Community.Members);
        for (var topic = 0; topic < Sizes.Topics; topic++)
        {
            await Ward.Start(
                members[topic % members.Count], doors[topic % doors.Length],
                topic % 2 == 0 ? new(VisibilityKind.Network) : new(VisibilityKind.Communities, Communities: [Ground.Community.Id]));
        }
        for (var follower = 0; follower < Sizes.Followers; follower++)
        {
            var person = people[follower % people.Count];
            var mayFollow = Ward.Topics.Where((_, i) => i % 2 == 0 || members.Contains(person)).ToList();
            var open = Enumerable.Range(follower, Sizes.OpenTopics).Select(i => mayFollow[i % mayFollow.Count]);
            Ward.AddFollower(person, open.Distinct(), Doors(follower));
        }
        for (var writer = 0; writer < Sizes.Writers; writer++)
        {
            var topic = writer % Sizes.Topics;
            var who = topic % 2 == 0 ? people : members;
            Ward.AddWriter(who[writer % who.Count], Ward.Topics[topic], Doors(topic + writer / Sizes.Topics));
        }
    }

    /// <summary>All doors, beginning at one of them.</summary>
    public Uri[] Doors(int first) => [.. Enumerable.Range(first, doors.Length).Select(i => doors[i % doors.Length])];

    private void Tell(IReadOnlyList<Finding> findings)
    {
        Tell("rounds", rounds, "rounds");
        Tell("acked", Ward.Recorder.Acts.OfType<Acknowledged>().Count(), "commands");
        Tell("lost", Count(Wrong.Lost, Wrong.Gap, Wrong.Unheard, Wrong.Skipped), "events");
        Tell("duplicated", Count(Wrong.Twice, Wrong.Forked), "events");
        Tell("reordered", Count(Wrong.Overtaking, Wrong.OutOfTurn, Wrong.Misnumbered), "events");
        Tell("recovery.p95", Percentile(recoveries, 0.95), "ms");
        Tell("untouched.p99", Percentile(untouched, 0.99), "ms");
        Tell("handles", Ground.Nodes.Where(n => n.IsRunning && handles.ContainsKey(n.Pid)).Select(n => Handles(n.Pid) - handles[n.Pid]).DefaultIfEmpty().Max(), "handles");

        int Count(params Wrong[] kinds) => findings.Count(f => kinds.Contains(f.What));
    }

    private static int Handles(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;
}
