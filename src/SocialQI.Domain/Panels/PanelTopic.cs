using System.Collections.Immutable;

namespace SocialQI.Panels;

/// <summary>A panel as its grain remembers it.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Shown">What everybody who may follow it sees.</param>
/// <param name="Audience">The keys that open it.</param>
public sealed record PanelTopic(TopicId Topic, PanelState Shown, ImmutableArray<string> Audience);

/// <summary>Folds events into a panel and keeps it between activations.</summary>
public sealed class PanelRules : ITopicRules<PanelTopic>
{
    public PanelTopic New(TopicId topic) => new(topic, PanelState.None, []);

    public PanelTopic After(PanelTopic state, Envelope happened)
    {
        var audience = StoreRows.Of(state.Topic, happened).Audience;
        return state with { Shown = state.Shown.After(happened), Audience = audience.IsDefault ? state.Audience : audience };
    }

    public Decision Decide(PanelTopic state, Attributed asked) => PanelDecider.Decide(state, asked);

    public long NumberOf(PanelTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(PanelTopic state) => state.Audience;

    // While a round is open, who writes would be who has not entered yet.
    public bool ShowsTyping => false;

    public byte[] Show(PanelTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(PanelTopic state) => Frozen.Join<byte>(Show(state), Json.Encode(new FrozenPanel(state.Audience)));

    public PanelTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen) =>
        new(topic, Json.Decode<PanelState>(Frozen.Shown(frozen)), Json.Decode<FrozenPanel>(Frozen.Rows<byte>(frozen)).Audience);
}
