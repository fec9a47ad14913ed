using System.Text;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Cluster.Tests;
using SocialQI.Wire;

namespace SocialQI.Simulator.Tests;

/// <summary>What is seen of a simulation from outside, and what is wrong with it. A restore ends one history and begins another with what it left.</summary>
internal sealed class Observed(World world, Disk disk, TopicId topic)
{
    private readonly List<Finding> findings = [];
    private readonly List<string> unexpected = [];
    private readonly HashSet<Guid> answered = [];
    private List<Act> acts = [];
    private long begun;

    /// <summary>How many commands were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>The case is there, as of this number; before that nothing is checked but the numbers.</summary>
    public void Begins(long number) => begun = number;

    public void Asks(string writer, Guid command, string text) => Add(new Asked(writer, topic.ToString(), command, text), $"{writer} asks");

    /// <summary>An answer has reached the writer.</summary>
    public void Answered(Guid command, Answer answer)
    {
        if (answer.Refusal is null)
        {
            Acknowledged += answered.Add(command) ? 1 : 0;
            Add(new Acknowledged(command, answer.Last), $"acknowledged {answer.Last}");
        }
        else if (!Installation.Passes(answer.Refusal))
        {
            Add(new Refused(command), $"refused {answer.Refusal.Code}");
        }
    }

    public void Holds(string who, long number, string digest) => Add(new Holds(who, topic.ToString(), number, digest), $"{who} holds {number}");

    /// <summary>Something threw what nobody expects.</summary>
    public void Unexpected(Exception e) => unexpected.Add($"{world.Now}: {e}");

    /// <summary>The disk is about to go back to what it was after an event: what was acknowledged since is lost, and listed as that.</summary>
    public void Restores(long number)
    {
        findings.AddRange(Check());
        var lost = acts.OfType<Acknowledged>().Where(a => a.Number > number).Select(a => a.Command).ToHashSet();
        acts = [.. acts.Where(a => a is Asked or Refused || (a is Acknowledged it && !lost.Contains(it.Command)))];
        acts.AddRange(lost.Select(l => new GaveUp(l)));
    }

    /// <summary>Everything that is wrong, after all has had its time.</summary>
    public IReadOnlyList<string> End()
    {
        acts.Add(new Calm());
        findings.AddRange(Check());
        return [.. unexpected, .. findings.Select(f => f.ToString())];
    }

    private IReadOnlyList<Finding> Check()
    {
        var events = disk.Events.ToList();
        var before = Enumerable.Range(1, (int)begun).ToDictionary(n => (long)n, n => new Guid(n, 0, 0, new byte[8]));
        return HistoryCheck.Of(
            [
                .. before.Values.SelectMany<Guid, Act>(c => [new Asked("the opening", topic.ToString(), c, ""), new GaveUp(c)]),
                .. Folded(),
                .. acts,
            ],
            events.Select(e => new Kept(
                topic.ToString(), e.Event.Number, e.Event.Number <= begun ? before[e.Event.Number] : e.Command, Encoding.UTF8.GetString(e.Event.Encode()))));
    }

    // What the journal's events make, by the fold that browsers use.
    private IEnumerable<Holds> Folded()
    {
        var state = new TopicState(Case: CaseState.None);
        foreach (var (happened, _) in disk.Events)
        {
            state = state.After(happened.Decode());
            yield return new("the journal", topic.ToString(), happened.Number, Device.Digest(state));
        }
    }

    private void Add(Act act, string words)
    {
        acts.Add(act);
        world.Trace.Add(world.Now.Ticks, words);
    }
}
