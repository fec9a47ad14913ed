namespace SocialQI.Cluster.Tests;

/// <summary>
/// A history as a service without faults could leave it, by a seed: commands overlap, some are refused or given up, followers lag, go and come back, and all
/// have heard everything in the end.
/// </summary>
internal sealed class RightHistory
{
    private const int Steps = 3_000;
    private const int Topics = 5;
    private const int Writers = 4;
    private const int Followers = 4;

    private readonly Random random;
    private readonly Dictionary<string, List<Kept>> kept = [];
    private readonly Dictionary<(string Follower, string Topic), int> heard = [];
    private readonly List<Asked> underWay = [];
    private readonly List<Kept> unacknowledged = [];

    public RightHistory(int seed)
    {
        random = new(seed);
        foreach (var topic in Enumerable.Range(0, Topics).Select(t => $"topic {t}"))
        {
            kept[topic] = [];
            foreach (var follower in Enumerable.Range(0, Followers).Select(f => $"follower {f}"))
            {
                heard[(follower, topic)] = 0;
                Acts.Add(new Followed(follower, topic, 0));
            }
        }
        for (var i = 0; i < Steps; i++)
        {
            Step();
        }
        End();
        Journal = [.. kept.Values.SelectMany(k => k)];
    }

    public List<Act> Acts { get; } = [];

    public List<Kept> Journal { get; }

    public IReadOnlyList<Finding> Check() => HistoryCheck.Of(Acts, Journal);

    public string SomeTopic() => $"topic {random.Next(Topics)}";

    public int Somewhere() => random.Next(Acts.Count);

    public int SomeHeardBeforeAnother() => Some(i => Acts[i] is Heard && NextOfSame(i) >= 0);

    /// <summary>Where the same follower hears the next event of the same topic without having followed anew; negative: nowhere.</summary>
    public int NextOfSame(int at)
    {
        var one = (Heard)Acts[at];
        var next = Acts.FindIndex(at + 1, a => IsOf(one, a));
        return next >= 0 && Acts[next] is Heard ? next : -1;
    }

    public int SomeAcknowledged() => Some(i => Acts[i] is Acknowledged);

    public int SomeRead() => Some(i => Acts[i] is Read { Number: > 1 });

    public int SomeHolds() => Some(i => Acts[i] is Holds { Holder: not "the journal" });

    public int SomeKeptBeforeAnother()
    {
        int at;
        do
        {
            at = random.Next(Journal.Count - 1);
        }
        while (Journal[at].Topic != Journal[at + 1].Topic);
        return at;
    }

    public Asked AskedFor(int acknowledged) => Acts.OfType<Asked>().First(a => a.Command == ((Acknowledged)Acts[acknowledged]).Command);

    public Kept LastAcknowledged() => Journal.Last(k => Acts.Any(a => a is Acknowledged it && it.Command == k.Command) && kept[k.Topic][^1] == k);

    public void BarBefore(int at) => Acts.Insert(at, new Barred(((Heard)Acts[at]).Follower, ((Heard)Acts[at]).Topic));

    private static bool IsOf(Heard one, Act act) => act switch
    {
        Heard it => it.Follower == one.Follower && it.Topic == one.Topic,
        Followed it => it.Follower == one.Follower && it.Topic == one.Topic,
        _ => false,
    };

    private int Some(Predicate<int> fits)
    {
        int at;
        do
        {
            at = Somewhere();
        }
        while (!fits(at));
        return at;
    }

    private void Step()
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                Ask();
                break;
            case 2 when underWay.Count > 0:
                Decide(underWay[random.Next(underWay.Count)]);
                break;
            case 3 when unacknowledged.Count > 0:
                Acknowledge(unacknowledged[random.Next(unacknowledged.Count)]);
                break;
            case 4:
                var reading = SomeTopic();
                Acts.Add(new Read($"writer {random.Next(Writers)}", reading, kept[reading].Count));
                break;
            case 5:
                var (follower, topic) = ($"follower {random.Next(Followers)}", SomeTopic());
                Acts.Add(random.Next(2) == 0 ? new Followed(follower, topic, heard[(follower, topic)]) : new Holds(follower, topic, heard[(follower, topic)], Digest(topic, heard[(follower, topic)])));
                break;
            default:
                Hear($"follower {random.Next(Followers)}", SomeTopic(), random.Next(4));
                break;
        }
    }

    private void Ask()
    {
        var asked = new Asked($"writer {random.Next(Writers)}", SomeTopic(), Guid.NewGuid(), $"line {Acts.Count}.");
        Acts.Add(asked);
        underWay.Add(asked);
    }

    private void Decide(Asked asked)
    {
        underWay.Remove(asked);
        if (random.Next(10) == 0)
        {
            Acts.Add(random.Next(2) == 0 ? new Refused(asked.Command) : new GaveUp(asked.Command));
            return;
        }
        var number = kept[asked.Topic].Count + 1;
        var it = new Kept(asked.Topic, number, asked.Command, $"{number}: {asked.Text}");
        kept[asked.Topic].Add(it);
        unacknowledged.Add(it);
    }

    private void Acknowledge(Kept it)
    {
        unacknowledged.Remove(it);
        Acts.Add(new Acknowledged(it.Command, it.Number));
    }

    private void Hear(string follower, string topic, int most)
    {
        for (; most > 0 && heard[(follower, topic)] < kept[topic].Count; most--)
        {
            var it = kept[topic][heard[(follower, topic)]++];
            Acts.Add(new Heard(follower, topic, it.Number, it.Content));
        }
    }

    private void End()
    {
        underWay.ToList().ForEach(Decide);
        unacknowledged.ToList().ForEach(Acknowledge);
        foreach (var (follower, topic) in heard.Keys.ToList())
        {
            Hear(follower, topic, int.MaxValue);
            Acts.Add(new Holds(follower, topic, kept[topic].Count, Digest(topic, kept[topic].Count)));
        }
        Acts.AddRange(kept.SelectMany(k => Enumerable.Range(0, k.Value.Count + 1).Select(n => new Holds("the journal", k.Key, n, Digest(k.Key, n)))));
        Acts.Add(new Calm());
    }

    private static string Digest(string topic, int number) => $"{topic} after {number}";
}
