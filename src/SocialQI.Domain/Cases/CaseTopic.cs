using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>A case as its grain remembers it.</summary>
/// <param name="Topic">Its name; its home is in it.</param>
/// <param name="Shown">What everybody who may follow it sees.</param>
/// <param name="Index">Every contribution, for decisions about old ones.</param>
/// <param name="Audience">The keys that open it.</param>
public sealed record CaseTopic(TopicId Topic, CaseState Shown, ContributionIndex Index, ImmutableArray<string> Audience);

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
            Index = Indexed(state.Index, happened),
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
            ? visibility.AudienceOf(shown.Author, topic.Home)
            : [SocialQI.Audience.Person(shown.Author)];
        return new(topic, shown, ContributionIndex.Of(Frozen.Rows<ContributionStub>(frozen)), audience);
    }

    private static ContributionIndex Indexed(ContributionIndex index, Envelope happened)
    {
        var number = (int)happened.N;
        return happened.Event switch
        {
            FactAdded it => index.Add(new ContributionStub(happened.By.Value, number, number, ContributionMarks.Fact).With(it.Images.OrEmpty().Length)),
            ContributionPosted it => index.Add(new ContributionStub(
                happened.By.Value, number, (int)(it.Thread ?? number),
                it.Contribution == ContributionKind.Question ? ContributionMarks.Question : ContributionMarks.None).With(it.Images.OrEmpty().Length)),
            ContributionWithdrawn it => index.Mark(it.Number, ContributionMarks.Withdrawn),
            TextRedacted it => index.Redact(it.Number),
            _ => index,
        };
    }
}
