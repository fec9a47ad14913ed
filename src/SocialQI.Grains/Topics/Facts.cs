using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Storage;
using SocialQI.Storage.Sql;

namespace SocialQI.Grains.Topics;

/// <summary>What a decision needs and the topic's state does not say: read before it is decided, for the rules ask nobody.</summary>
/// <param name="KindAt">The kind of the event that a redaction names; null when there is none.</param>
/// <param name="Kept">Of the images that a contribution names, those that the topic keeps.</param>
/// <param name="Begins">When the time on the wall is that a session is planned for; null when there is none.</param>
/// <param name="Present">With an anonymous question: how many are here for the institution acted for.</param>
/// <param name="Concepts">Of diagnoses in free text: the concept each one names.</param>
internal sealed record Facts(
    string? KindAt, IReadOnlyCollection<KeptImage> Kept, Moment? Begins = null, int Present = 0, IReadOnlyDictionary<string, Condition>? Concepts = null)
{
    private static readonly Facts none = new(null, []);

    public static async ValueTask<Facts> Of(Waiting asking, TopicId topic, Store store, Func<InstitutionId?, int> present) => asking.Command switch
    {
        AskQuestion { IsAnonymous: true } => none with { Present = present(asking.Passport.ActingAt(asking.At)) },
        PlanRounds { Plan: { } plan } => none with { Begins = WallClock.When(plan.Local, plan.Zone) },
        ReviseRounds { Plan: { } plan } => none with { Begins = WallClock.When(plan.Local, plan.Zone) },
        RedactText { Number: > 0 and var number } => none with { KindAt = await ReadKind(topic, number, store) },
        PostContribution { Images.IsDefaultOrEmpty: false } post => none with { Kept = await ReadKept(topic, post.Images, store) },
        AddFact { Images.IsDefaultOrEmpty: false } add => none with { Kept = await ReadKept(topic, add.Images, store) },
        CastEntry { Entry.Opinion: { } opinion } => none with { Concepts = await Named(opinion.Differential.OrEmpty().Select(d => d?.Of), Opinion.DiagnosesMax, store) },
        RecordOutcome { Outcome: { } outcome } => none with { Concepts = await Named(outcome, store) },
        ReviseOutcome { Outcome: { } outcome } => none with { Concepts = await Named(outcome, store) },
        _ => none,
    };

    private static ValueTask<IReadOnlyDictionary<string, Condition>?> Named(Outcome outcome, Store store) =>
        Named(outcome.Right.OrEmpty().Concat(outcome.RuledOut.OrEmpty()), 2 * Outcome.DiagnosesMax, store);

    // As many as may be named: what has more is refused whatever they are.
    private static async ValueTask<IReadOnlyDictionary<string, Condition>?> Named(IEnumerable<Condition?> diagnoses, int max, Store store)
    {
        string[] texts = [.. diagnoses.OfType<Condition>().Where(c => c is { Code: null, Text.Length: > 0 and <= Condition.TextLengthMax }).Select(c => c.Text).Distinct().Take(max)];
        var named = new Dictionary<string, Condition>();
        foreach (var some in texts.Chunk(Terminologies.NamedMax))
        {
            foreach (var (text, concept) in some.Zip(await store.Terminologies.Named(some, CancellationToken.None)))
            {
                if (concept is not null)
                {
                    named[text] = new(concept.Code, concept.Title);
                }
            }
        }
        return named.Count > 0 ? named : null;
    }

    private static async ValueTask<string?> ReadKind(TopicId topic, long number, Store store) =>
        await store.Journal.Read(topic, number, 1, CancellationToken.None) is [var named] && named.Number == number ? named.Kind : null;

    private static ValueTask<IReadOnlyCollection<KeptImage>> ReadKept(TopicId topic, IEnumerable<CaseImage> named, Store store) =>
        store.Images.Of(topic, [.. named.Take(Contribution.ImagesMax).OfType<CaseImage>().Select(i => i.Hash)], CancellationToken.None);
}
