using System.Diagnostics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>
/// Makes lists again from the journal, a few topics at a time, in the order of their names. How far it has come is kept: whoever asks goes on from there,
/// after whatever came between. Between two goes the readers of the tail read on. A topic's old lines stand until its new ones take their place, so
/// that whoever reads sees the old or the new. Topics that begin meanwhile are the readers' alone: however fast people write, it comes to its end.
/// </summary>
internal sealed class Remakes(Store store, IReadOnlyList<IMadeAgain> lists)
{
    private const int TopicsAtOnce = 20;

    /// <summary>The readers of the tail wait for no longer.</summary>
    private static readonly TimeSpan GoesFor = TimeSpan.FromMilliseconds(200);

    public async Task<RemadeSome> Go(string name, bool anew)
    {
        var list = lists.Single(l => l.Name == name);
        var progress = (anew ? null : await store.Tables.Remaking(name, CancellationToken.None)) ?? await store.Tables.BeginRemaking(name, CancellationToken.None);
        var since = Stopwatch.GetTimestamp();
        do
        {
            var topics = await store.Tables.TopicsAfter(progress.After, progress.Through, TopicsAtOnce, CancellationToken.None);
            if (topics.Count == 0)
            {
                await store.Tables.EndRemaking(name, CancellationToken.None);
                return new(progress.Total, progress.Total, true);
            }
            // Before the journal is read: lines from later are the better ones.
            var position = await store.Tables.TailPosition(name, CancellationToken.None);
            if ((await list.MakeAgain(topics, position, keep: true)).IsLate)
            {
                break;
            }
            progress = progress with { After = topics[^1].ToString(), Done = progress.Done + topics.Count };
            await store.Tables.KeepRemaking(name, progress, CancellationToken.None);
        }
        while (Stopwatch.GetElapsedTime(since) < GoesFor);
        return new(progress.Done, progress.Total, false);
    }
}

/// <summary>A list that can be made again from the journal.</summary>
internal interface IMadeAgain : ICompared
{
    /// <summary>Puts the lines of these topics, as they are when its reader stands at this position, in place of those that are there, or only compares them.</summary>
    Task<Replaced> MakeAgain(IReadOnlyList<TopicId> topics, long position, bool keep);

    Task<Replaced> ICompared.Compare(IReadOnlyList<TopicId> topics, long position) => MakeAgain(topics, position, keep: false);
}
