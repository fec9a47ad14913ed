using SocialQI.Storage;
using SocialQI.Storage.Sql;

namespace SocialQI.Server.Terminology;

/// <summary>The index of this process, of the versions that were current when it was made.</summary>
internal sealed class Terms(Stores stores)
{
    private const int ConceptsAtOnce = 5_000;

    private volatile ConditionIndex? index;
    private long[] indexed = [];

    /// <summary>Null until the first was made.</summary>
    public ConditionIndex? Index => index;

    private Terminologies Kept => stores.Default.Terminologies;

    /// <summary>Puts the starter list into the store when it is not there, or in an older version.</summary>
    public ValueTask<LoadOutcome> Begin(CancellationToken stop) => Kept.Load(StarterList.Read(), _ => Task.CompletedTask, stop);

    /// <summary>Makes the index anew when other versions are current than those it was made of. Not for two callers at once.</summary>
    public async Task CatchUp(CancellationToken stop)
    {
        // The newest loaded system first: its words are the ones shown where two have the same code.
        var current = (await Kept.Versions(stop)).Where(v => v.IsCurrent).OrderByDescending(v => v.Loaded).ThenBy(v => v.Id).ToList();
        var ids = current.Select(v => v.Id).ToArray();
        if (index is not null && ids.AsSpan().SequenceEqual(indexed))
        {
            return;
        }
        var (loaded, common) = (new List<Concept>(), new List<Concept>());
        foreach (var version in current)
        {
            await Read(version.Id, version.System == StarterList.System ? common : loaded, stop);
        }
        index = await Task.Run(() => new ConditionIndex(loaded, common), stop);
        indexed = ids;
    }

    private async Task Read(long version, List<Concept> into, CancellationToken stop)
    {
        var after = "";
        IReadOnlyList<Concept> page;
        do
        {
            page = await Kept.Concepts(version, after, ConceptsAtOnce, stop);
            into.AddRange(page);
            after = page.Count > 0 ? page[^1].Code : after;
        }
        while (page.Count == ConceptsAtOnce);
    }
}
