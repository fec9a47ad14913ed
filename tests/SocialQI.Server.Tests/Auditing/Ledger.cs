using System.Collections.Concurrent;
using SocialQI.Storage.Audit;
using SocialQI.Wire;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>An act as the one who did it knows it, from the answer they got.</summary>
internal sealed record DoneAct(string Who, string Act, string? What, string? Topic, string Result);

/// <summary>
/// What people did, kept by themselves. It knows the rules of the record: an event is the record of what was written, a list that is read again is one act, and
/// to open a topic and follow it from there is one act that ends.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentBag<DoneAct> acts = [];
    private readonly ConcurrentBag<string> events = [];
    private readonly ConcurrentDictionary<string, bool> lists = new();
    private int ends;
    private int done;

    /// <summary>Acts of all kinds.</summary>
    public int Done => done;

    public IReadOnlyCollection<DoneAct> Acts => acts;

    public IReadOnlyCollection<string> Events => events;

    /// <summary>Acts that have an end of their own.</summary>
    public int Ends => ends;

    public void Act(Somebody who, string act, string? what, TopicId? topic, string? refusal = null)
    {
        Interlocked.Increment(ref done);
        acts.Add(new(who.Id.ToString(), act, what, topic?.ToString(), refusal ?? AuditEntry.Done));
    }

    /// <summary>An act that is recorded when it begins and when it ends.</summary>
    public void ActWithEnd(Somebody who, string act, string? what, TopicId? topic, string result)
    {
        Act(who, act, what, topic, result);
        Interlocked.Increment(ref ends);
    }

    public void List(Somebody who, string act, string what, TopicId? topic, string asked, string? refusal)
    {
        if (refusal is not null || lists.TryAdd($"{who.Id} {asked}", true))
        {
            Act(who, act, what, topic, refusal);
        }
        else
        {
            Interlocked.Increment(ref done);
        }
    }

    public void Wrote(TopicId topic, Answer answer)
    {
        Interlocked.Increment(ref done);
        for (var number = answer.First; number <= answer.Last; number++)
        {
            events.Add($"{topic} {number}");
        }
    }

    /// <summary>It left no trace, and needs none.</summary>
    public void Nothing() => Interlocked.Increment(ref done);

    /// <summary>What is in the one and not in the other, each as often as it is missing.</summary>
    public static List<T> Without<T>(IEnumerable<T> all, IEnumerable<T> those) where T : notnull
    {
        var left = those.CountBy(t => t).ToDictionary();
        return [.. all.Where(one => !left.TryGetValue(one, out var count) || (left[one] = count - 1) < 0)];
    }
}
