using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What is wrong with a history.</summary>
public enum Wrong
{
    /// <summary>The journal's numbers have a gap.</summary>
    Gap,

    /// <summary>The journal has two events of one number.</summary>
    Forked,

    /// <summary>An event in the journal that nobody asked for.</summary>
    FromNowhere,

    /// <summary>An event in the journal does not say what its command asked for.</summary>
    Altered,

    /// <summary>A command was acknowledged, and is not there.</summary>
    Lost,

    /// <summary>A command was acknowledged with a number that is not its own.</summary>
    Misnumbered,

    /// <summary>A command is there more than once.</summary>
    Twice,

    /// <summary>A command was refused, and is there all the same.</summary>
    DoneThoughRefused,

    /// <summary>A command was sent after another one was acknowledged, and stands before it.</summary>
    Overtaking,

    /// <summary>A follower heard an event with another number than its next one.</summary>
    OutOfTurn,

    /// <summary>A follower heard something else than the journal keeps.</summary>
    Differs,

    /// <summary>A follower heard what the journal does not keep.</summary>
    NeverKept,

    /// <summary>A follower went on from a number that it had not come to.</summary>
    Skipped,

    /// <summary>A follower did not hear the last events.</summary>
    Unheard,

    /// <summary>A follower heard an event after it was told that it may follow no more.</summary>
    HeardAfterwards,

    /// <summary>A reader was not shown what they had written, or less than they were shown before.</summary>
    StaleRead,

    /// <summary>After the same event of a topic two hold it to be different.</summary>
    Unlike,

    /// <summary>A command had no answer, though nothing was broken any more.</summary>
    Unanswered,
}

/// <summary>A finding, in words.</summary>
public sealed record Finding(Wrong What, string Words)
{
    private const int ShownMax = 20;

    public override string ToString() => $"{What}: {Words}";

    /// <summary>Fails with what was found.</summary>
    public static void None(IReadOnlyList<Finding> findings) => Assert.True(findings.Count == 0, string.Join('\n', findings.Take(ShownMax)));
}

/// <summary>
/// Compares what writers and followers saw with what the journal keeps in the end. Each check goes once over what it reads, so that a history of any
/// length can be checked.
/// </summary>
public sealed class HistoryCheck
{
    private readonly IReadOnlyList<Act> acts;
    private readonly Dictionary<(string Topic, long Number), Kept> kept = [];
    private readonly Dictionary<Guid, Kept> done = [];
    private readonly Dictionary<string, long> heads = [];
    private readonly List<Finding> findings = [];

    private HistoryCheck(IReadOnlyList<Act> acts) => this.acts = acts;

    /// <summary>Everything that is wrong.</summary>
    /// <param name="acts">What was seen, in this order.</param>
    /// <param name="journal">Each topic's events, in the order of their numbers.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<Act> acts, IEnumerable<Kept> journal)
    {
        var check = new HistoryCheck(acts);
        check.ReadJournal(journal);
        check.Commands();
        check.RealTime();
        check.Deliveries();
        check.Reads();
        check.Holdings();
        check.Answers();
        return check.findings;
    }

    private void ReadJournal(IEnumerable<Kept> journal)
    {
        foreach (var it in journal)
        {
            var head = heads.GetValueOrDefault(it.Topic);
            if (it.Number <= head)
            {
                Find(Wrong.Forked, $"{it.Topic} {it.Number}");
            }
            else if (it.Number > head + 1)
            {
                Find(Wrong.Gap, $"{it.Topic} goes from {head} to {it.Number}");
            }
            heads[it.Topic] = Math.Max(head, it.Number);
            kept.TryAdd((it.Topic, it.Number), it);
            if (!done.TryAdd(it.Command, it))
            {
                Find(Wrong.Twice, $"{it.Command} at {done[it.Command].Number} and {it.Number} of {it.Topic}");
            }
        }
    }

    // Acknowledged: there, once. Refused: not there. Unknown: there once, or not.
    private void Commands()
    {
        var asked = new Dictionary<Guid, Asked>();
        foreach (var act in acts)
        {
            switch (act)
            {
                case Asked it:
                    asked[it.Command] = it;
                    break;
                case Acknowledged it when !done.ContainsKey(it.Command):
                    Find(Wrong.Lost, $"{it.Command}, acknowledged as {it.Number} of {asked[it.Command].Topic}");
                    break;
                case Acknowledged it when done[it.Command].Number != it.Number:
                    Find(Wrong.Misnumbered, $"{it.Command} was acknowledged as {it.Number} and is {done[it.Command].Number} of {done[it.Command].Topic}");
                    break;
                case Refused it when done.TryGetValue(it.Command, out var there):
                    Find(Wrong.DoneThoughRefused, $"{it.Command}, {there.Number} of {there.Topic}");
                    break;
            }
        }
        foreach (var it in done.Values)
        {
            if (!asked.TryGetValue(it.Command, out var by))
            {
                Find(Wrong.FromNowhere, $"{it.Number} of {it.Topic}, by {it.Command}");
            }
            else if (by.Topic != it.Topic || !it.Content.Contains(by.Text, StringComparison.Ordinal))
            {
                Find(Wrong.Altered, $"{it.Number} of {it.Topic} does not say '{by.Text}'");
            }
        }
    }

    // What was sent after an acknowledgement stands behind what was acknowledged, also when its own answer never came.
    private void RealTime()
    {
        var acknowledged = new Dictionary<string, long>();
        foreach (var act in acts)
        {
            switch (act)
            {
                case Asked it when done.TryGetValue(it.Command, out var became) && became.Number <= acknowledged.GetValueOrDefault(it.Topic):
                    Find(Wrong.Overtaking, $"{it.Command} is {became.Number} of {it.Topic}, and was sent after {acknowledged[it.Topic]} had been acknowledged");
                    break;
                case Acknowledged it when done.TryGetValue(it.Command, out var became):
                    acknowledged[became.Topic] = Math.Max(acknowledged.GetValueOrDefault(became.Topic), it.Number);
                    break;
            }
        }
    }

    private void Deliveries()
    {
        var last = new Dictionary<(string Follower, string Topic), long>();
        var letGo = new HashSet<(string Follower, string Topic)>();
        foreach (var act in acts)
        {
            switch (act)
            {
                case Followed it:
                    if (last.TryGetValue((it.Follower, it.Topic), out var cameTo) && it.After != cameTo)
                    {
                        Find(Wrong.Skipped, $"{it.Follower} had come to {cameTo} of {it.Topic} and went on from {it.After}");
                    }
                    letGo.Remove((it.Follower, it.Topic));
                    last[(it.Follower, it.Topic)] = it.After;
                    break;
                case LetGo it:
                    letGo.Add((it.Follower, it.Topic));
                    break;
                case Barred it:
                    letGo.Add((it.Follower, it.Topic));
                    break;
                case Heard it:
                    if (letGo.Contains((it.Follower, it.Topic)))
                    {
                        Find(Wrong.HeardAfterwards, $"{it.Follower} heard {it.Number} of {it.Topic}");
                    }
                    Check(it, last.GetValueOrDefault((it.Follower, it.Topic)));
                    last[(it.Follower, it.Topic)] = it.Number;
                    break;
            }
        }
        foreach (var ((follower, topic), number) in last)
        {
            if (number < heads.GetValueOrDefault(topic) && !letGo.Contains((follower, topic)))
            {
                Find(Wrong.Unheard, $"{follower} came to {number} of {topic}, which has {heads[topic]}");
            }
        }
    }

    private void Check(Heard heard, long last)
    {
        if (heard.Number != last + 1)
        {
            Find(Wrong.OutOfTurn, $"{heard.Follower} heard {heard.Number} of {heard.Topic} after {last}");
        }
        if (!kept.TryGetValue((heard.Topic, heard.Number), out var it))
        {
            Find(Wrong.NeverKept, $"{heard.Follower} heard {heard.Number} of {heard.Topic}");
        }
        else if (it.Content != heard.Content)
        {
            Find(Wrong.Differs, $"{heard.Follower} heard {heard.Number} of {heard.Topic} as {heard.Content}, it is {it.Content}");
        }
    }

    private void Reads()
    {
        var writers = new Dictionary<Guid, Asked>();
        var least = new Dictionary<(string Reader, string Topic), long>();
        foreach (var act in acts)
        {
            switch (act)
            {
                case Asked it:
                    writers[it.Command] = it;
                    break;
                case Acknowledged it when writers.TryGetValue(it.Command, out var by):
                    Raise((by.Writer, by.Topic), it.Number);
                    break;
                case Read it:
                    if (it.Number < least.GetValueOrDefault((it.Reader, it.Topic)))
                    {
                        Find(Wrong.StaleRead, $"{it.Reader} was shown {it.Topic} at {it.Number} after {least[(it.Reader, it.Topic)]}");
                    }
                    Raise((it.Reader, it.Topic), it.Number);
                    break;
            }
        }

        void Raise((string, string) reader, long number) => least[reader] = Math.Max(least.GetValueOrDefault(reader), number);
    }

    // Nobody's view of a topic goes back, and those that have come as far are alike.
    private void Holdings()
    {
        var alike = new Dictionary<(string Topic, long Number), Holds>();
        var last = new Dictionary<(string Holder, string Topic), long>();
        foreach (var it in acts.OfType<Holds>())
        {
            if (alike.TryGetValue((it.Topic, it.Number), out var other) && other.Digest != it.Digest)
            {
                Find(Wrong.Unlike, $"{it.Holder} holds {it.Topic} after {it.Number} to be {it.Digest}, {other.Holder} to be {other.Digest}");
            }
            alike.TryAdd((it.Topic, it.Number), it);
            if (it.Number < last.GetValueOrDefault((it.Holder, it.Topic)))
            {
                Find(Wrong.StaleRead, $"{it.Holder} went from {last[(it.Holder, it.Topic)]} of {it.Topic} back to {it.Number}");
            }
            last[(it.Holder, it.Topic)] = it.Number;
        }
        foreach (var ((holder, topic), number) in acts.Any(a => a is Calm) ? last : [])
        {
            if (number < heads.GetValueOrDefault(topic))
            {
                Find(Wrong.Unheard, $"{holder} came to {number} of {topic}, which has {heads[topic]}");
            }
            else if (number > heads.GetValueOrDefault(topic))
            {
                Find(Wrong.NeverKept, $"{holder} came to {number} of {topic}, which has {heads.GetValueOrDefault(topic)}");
            }
        }
    }

    private void Answers()
    {
        var open = new Dictionary<Guid, Asked>();
        foreach (var act in acts)
        {
            switch (act)
            {
                case Asked it:
                    open[it.Command] = it;
                    break;
                case Acknowledged it:
                    open.Remove(it.Command);
                    break;
                case Refused it:
                    open.Remove(it.Command);
                    break;
                case GaveUp it:
                    open.Remove(it.Command);
                    break;
                case Calm:
                    findings.AddRange(open.Values.Select(a => new Finding(Wrong.Unanswered, $"{a.Command}, of {a.Writer} in {a.Topic}")));
                    open.Clear();
                    break;
            }
        }
    }

    private void Find(Wrong what, string words) => findings.Add(new(what, words));
}
