using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>How far a command is on its way.</summary>
public enum SendStage
{
    /// <summary>Not answered yet.</summary>
    Sending,

    /// <summary>Asked more than once without an answer; it may or may not have arrived.</summary>
    Unsure,

    /// <summary>Durable; its events are not here yet.</summary>
    Sent,

    /// <summary>Not done, for the reason beside it; the person decides.</summary>
    Refused,
}

/// <summary>A command on its way.</summary>
/// <param name="Id">Its own id, the same each time it is asked.</param>
/// <param name="Topic">Where to.</param>
/// <param name="Command">What.</param>
/// <param name="At">When it was written.</param>
/// <param name="After">The last event its writer saw: what it became has a higher number.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Refusal">With a refused one only.</param>
/// <param name="Number">With a sent one: the number of its last event.</param>
/// <param name="Seen">The number of the contribution that it is believed to have become, before the answer says so.</param>
public sealed record Sending(
    Guid Id, TopicId Topic, Command Command, Moment At, long After,
    SendStage Stage = SendStage.Sending, Refusal? Refusal = null, long? Number = null, long? Seen = null)
{
    /// <summary>Whether it stands in the timeline while it is on its way.</summary>
    public bool IsLine => Command is PostContribution or AddFact;

    public bool IsUnanswered => Stage is SendStage.Sending or SendStage.Unsure;
}

/// <summary>
/// All that was asked and is not yet seen to be done, in the order it was written. Nothing leaves it but by an answer or by its writer's decision,
/// and no line is shown both here and in the timeline.
/// </summary>
public sealed class Outbox
{
    public ImmutableArray<Sending> All { get; private set; } = [];

    /// <summary>What a page reload would need to go on.</summary>
    public IEnumerable<Sending> ToKeep => All.Where(s => s.Stage != SendStage.Sent);

    public event Action? Changed;

    /// <summary>The lines to show at the end of a topic's timeline.</summary>
    public ImmutableArray<Sending> Lines(TopicId topic) => [.. All.Where(s => s.Topic == topic && s.IsLine && s.Seen is null)];

    /// <summary>What to ask next in a topic: commands are asked one after the other, so that they keep their order.</summary>
    public Sending? Next(TopicId topic) => All.FirstOrDefault(s => s.Topic == topic && s.IsUnanswered);

    public void Add(Sending sending) => Set(All.Add(sending));

    public void BecameUnsure(Guid id) => Change(id, s => s with { Stage = SendStage.Unsure });

    /// <summary>The server's word. What is refused and not a line goes: whoever asked shows why.</summary>
    public void Answered(Guid id, Answer answer)
    {
        if (All.FirstOrDefault(s => s.Id == id) is not { IsLine: true })
        {
            Discard(id);
        }
        else if (answer.Refusal is { } no)
        {
            Change(id, s => s with { Stage = SendStage.Refused, Refusal = no, Seen = null });
        }
        else
        {
            Change(id, s => s with { Stage = SendStage.Sent, Number = answer.Last, Seen = null });
        }
    }

    public void TryAgain(Guid id) => Change(id, s => s with { Stage = SendStage.Sending, Refusal = null });

    public void Discard(Guid id) => Set(All.RemoveAll(s => s.Id == id));

    /// <summary>Takes away the lines that the timeline shows by now: those whose events are folded in, and those that look the same as what this person said since.</summary>
    public void Reconcile(TopicId topic, CaseState state, ClinicianId me)
    {
        if (!All.Any(s => s.Topic == topic))
        {
            return;
        }
        var next = All.RemoveAll(s => s.Topic == topic && s.Stage == SendStage.Sent && s.Number <= state.Number);
        var taken = next.Where(s => s.Topic == topic).Select(s => s.Seen).ToHashSet();
        foreach (var sending in next.Where(s => s.Topic == topic && s.IsLine && s.IsUnanswered && s.Seen is null))
        {
            if (state.Recent.FirstOrDefault(c => c.By == me && !taken.Contains(c.Number) && Became(sending, c)) is { } seen)
            {
                taken.Add(seen.Number);
                next = next.Replace(sending, sending with { Seen = seen.Number });
            }
        }
        Set(next);
    }

    private static bool Became(Sending sending, Contribution said) => said.Number > sending.After && sending.Command switch
    {
        PostContribution post => said.Kind == post.Contribution && said.Text.Words == post.Text && said.ReplyTo == post.ReplyTo,
        AddFact fact => said.Kind == ContributionKind.Fact && said.Day == fact.Day && said.Text.Words == fact.Text,
        _ => false,
    };

    private void Change(Guid id, Func<Sending, Sending> change) => Set([.. All.Select(s => s.Id == id ? change(s) : s)]);

    private void Set(ImmutableArray<Sending> next)
    {
        if (!next.SequenceEqual(All))
        {
            All = next;
            Changed?.Invoke();
        }
    }
}
