using SocialQI.Cases;
using SocialQI.Client.Frame;
using SocialQI.Client.Live;

namespace SocialQI.Client.Cases;

/// <summary>What is new to a person in a case that lies open before them: since the last visit, below the screen, and not yet told to who cannot see it.</summary>
public sealed class Visit(ClinicianId me)
{
    private CaseState? last;
    private long told;
    private bool hasBegun, isEndSeen = true;

    /// <summary>The first contribution that is new since the last visit; it stays while this visit lasts.</summary>
    public long? NewFrom { get; private set; }

    public int NewCount { get; private set; }

    /// <summary>How many arrived below what is on the screen.</summary>
    public int Below { get; private set; }

    /// <summary>The read mark is known: null when the case was never read. Counts once.</summary>
    public void Begin(CaseState state, long? read)
    {
        if (!hasBegun && read is { } before && state.Contributions > before)
        {
            var news = state.Recent[^(int)Math.Min(state.Contributions - before, state.Recent.Length)..].Where(c => c.By != me).ToArray();
            (NewFrom, NewCount) = (news.FirstOrDefault()?.Number, news.Length);
        }
        hasBegun = true;
    }

    /// <returns>Whether somebody else said something since the last look.</returns>
    public bool Look(CaseState state)
    {
        var before = last;
        last = state;
        if (before is null)
        {
            told = state.Number;
            return false;
        }
        var news = state.Contributions == before.Contributions ? 0 : state.Recent.Count(c => c.Number > before.Number && c.By != me);
        Below += isEndSeen ? 0 : news;
        return news > 0;
    }

    /// <summary>Nothing is below the screen while the end is on it.</summary>
    public void SeeEnd(bool seen) => (isEndSeen, Below) = (seen, seen ? 0 : Below);

    /// <summary>One sentence for all that was not told yet.</summary>
    public string Tell(Words words, Names names)
    {
        var news = last?.Recent.Where(c => c.Number > told && c.By != me).ToArray() ?? [];
        told = last?.Number ?? told;
        return words.Summary(news, names);
    }
}
