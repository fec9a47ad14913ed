namespace SocialQI.Domain.Tests;

/// <summary>A topic of any kind brought about by commands, each decided by its rules and folded in.</summary>
internal sealed class History<TState>(ITopicRules<TState> rules, TopicId topic)
{
    public TopicId Topic => topic;

    public TState State { get; private set; } = rules.New(topic);

    /// <summary>When the next command is asked.</summary>
    public Moment Now { get; set; } = new(1_000);

    /// <summary>The events of the last command that was done.</summary>
    public IReadOnlyList<TopicEvent> Last { get; private set; } = [];

    /// <summary>Asks; null when it was done.</summary>
    public Refusal? Ask(Passport by, Command command)
    {
        var decision = rules.Decide(State, new Attributed(command, by, Now));
        foreach (var happened in decision.Events)
        {
            State = rules.After(State, new Envelope(rules.NumberOf(State) + 1, Now, by.Person, by.ActingAt(Now), happened));
        }
        Last = decision.Refusal is null ? decision.Events : Last;
        Now += TimeSpan.FromSeconds(1);
        return decision.Refusal;
    }
}
