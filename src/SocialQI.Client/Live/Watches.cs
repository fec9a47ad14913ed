using System.Collections.Immutable;

namespace SocialQI.Client.Live;

/// <summary>Whose heads are told: what each part of the program asks for, put together.</summary>
internal sealed class Watches
{
    /// <summary>As many as a connection may watch.</summary>
    private const int Max = 1_000;

    private readonly Dictionary<object, IReadOnlyCollection<TopicId>> asked = [];

    public ImmutableArray<TopicId> All { get; private set; } = [];

    /// <returns>Whether all of it together is another than before.</returns>
    public bool Set(object who, IReadOnlyCollection<TopicId> topics)
    {
        asked[who] = topics;
        if (topics.Count == 0)
        {
            asked.Remove(who);
        }
        var all = asked.Values.SelectMany(t => t).Distinct().Take(Max).ToImmutableArray();
        var isOther = !all.SequenceEqual(All);
        All = all;
        return isOther;
    }
}
