using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>What a decision needs and the topic's state does not say: read before it is decided, for the rules ask nobody.</summary>
/// <param name="KindAt">The kind of the event that a redaction names; null when there is none.</param>
/// <param name="Kept">Of the images that a contribution names, those that the topic keeps.</param>
/// <param name="Begins">When the time on the wall is that a session is planned for; null when there is none.</param>
/// <param name="Present">With an anonymous question: how many are here for the institution acted for.</param>
internal sealed record Facts(string? KindAt, IReadOnlyCollection<KeptImage> Kept, Moment? Begins = null, int Present = 0)
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
        _ => none,
    };

    private static async ValueTask<string?> ReadKind(TopicId topic, long number, Store store) =>
        await store.Journal.Read(topic, number, 1, CancellationToken.None) is [var named] && named.Number == number ? named.Kind : null;

    private static ValueTask<IReadOnlyCollection<KeptImage>> ReadKept(TopicId topic, IEnumerable<CaseImage> named, Store store) =>
        store.Images.Of(topic, [.. named.Take(Contribution.ImagesMax).OfType<CaseImage>().Select(i => i.Hash)], CancellationToken.None);
}
