using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>A case as its grain remembers it.</summary>
/// <param name="Topic">Its name; its home is in it.</param>
/// <param name="Shown">What everybody who may follow it sees.</param>
/// <param name="Index">Every contribution, for decisions about old ones.</param>
/// <param name="Audience">The keys that open it.</param>
public sealed record CaseTopic(TopicId Topic, CaseState Shown, ContributionIndex Index, ImmutableArray<string> Audience)
{
    /// <summary>What decisions need of hidden contributions once they are restored, where it was seen.</summary>
    internal ImmutableDictionary<long, ContributionStub> Aside { get; init; } = ImmutableDictionary<long, ContributionStub>.Empty;
}

/// <summary>Folds events into a case and keeps it between activations.</summary>
public sealed class CaseRules : ITopicRules<CaseTopic>
{
    public CaseTopic New(TopicId topic) => new(topic, CaseState.None, ContributionIndex.Empty, []);

    public CaseTopic After(CaseTopic state, Envelope happened)
    {
        var audience = StoreRows.Of(state.Topic, happened).Audience;
        return state with
        {
            Shown = state.Shown.After(happened),
            Index = Indexed(state, happened),
            Aside = Aside(state, happened.Event),
            Audience = audience.IsDefault ? state.Audience : audience,
        };
    }

    public Decision Decide(CaseTopic state, Attributed asked) => CaseDecider.Decide(state, asked);

    public long NumberOf(CaseTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(CaseTopic state) => state.Audience;

    public byte[] Show(CaseTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(CaseTopic state) => Frozen.Join<ContributionStub>(Show(state), state.Index.ToArray());

    public CaseTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen)
    {
        var shown = Json.Decode<CaseState>(Frozen.Shown(frozen));
        ImmutableArray<string> audience = shown.Visibility is { } visibility
            ? SocialQI.Audience.OfOpen(topic, visibility.AudienceOf(shown.Author, topic.Home))
            : [SocialQI.Audience.Person(shown.Author)];
        return new(topic, shown, ContributionIndex.Of(Frozen.Rows<ContributionStub>(frozen)), audience);
    }

    private static ImmutableDictionary<long, ContributionStub> Aside(CaseTopic state, TopicEvent happened) => happened switch
    {
        ContributionHidden it when state.Index.Find(it.Number) is { } stub => state.Aside.SetItem(it.Number, stub),
        ContributionRestored it => state.Aside.Remove(it.Number),
        ContributionWithdrawn it => state.Aside.Remove(it.Number),
        TextRedacted it when state.Aside.TryGetValue(it.Number, out var stub) => state.Aside.SetItem(it.Number, stub.Redacted()),
        _ => state.Aside,
    };

    private static ContributionIndex Indexed(CaseTopic state, Envelope happened)
    {
        var (number, index) = ((int)happened.N, state.Index);
        return happened.Event switch
        {
            FactAdded it => index.Add(new ContributionStub(happened.By.Value, number, number, ContributionMarks.Fact).With(it.Images.OrEmpty().Length)),
            ContributionPosted it => index.Add(new ContributionStub(
                happened.By.Value, number, (int)(it.Thread ?? number),
                it.Contribution == ContributionKind.Question ? ContributionMarks.Question : ContributionMarks.None).With(it.Images.OrEmpty().Length)),
            ContributionWithdrawn it => index.Mark(it.Number, ContributionMarks.Withdrawn),
            TextRedacted it => index.Redact(it.Number),
            ContributionHidden it => index.Redact(it.Number),
            ContributionRestored it => (state.Aside.TryGetValue(it.Number, out var stub) ? index.Put(stub) : index).Mark(it.Number, ContributionMarks.Settled),
            _ => index,
        };
    }
}
