using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>What cases are called that are known by their ids only, as in an inbox.</summary>
public sealed class Titles(Api api)
{
    private readonly Dictionary<TopicId, string> titles = [];
    private readonly HashSet<TopicId> asked = [];

    /// <summary>Null while it is not known, or not to be had.</summary>
    public string? Of(TopicId topic) => titles.GetValueOrDefault(topic);

    /// <returns>Whether more is known than before.</returns>
    public async Task<bool> Find(IEnumerable<TopicId> topics)
    {
        var before = titles.Count;
        var unknown = topics.Where(t => !titles.ContainsKey(t) && !asked.Contains(t)).ToArray();
        if (unknown.Length == 0)
        {
            return false;
        }
        asked.UnionWith(unknown);
        try
        {
            foreach (var some in unknown.Chunk(Api.Take))
            {
                foreach (var line in (await api.Cases(new CaseFilter(Topics: some))).Lines)
                {
                    titles[line.Topic] = line.Title;
                }
            }
        }
        catch (HttpRequestException)
        {
            asked.ExceptWith(unknown);
        }
        return titles.Count > before;
    }
}
