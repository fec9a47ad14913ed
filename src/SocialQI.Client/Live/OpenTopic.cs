
namespace SocialQI.Client.Live;

/// <summary>A topic that is open in this browser: asks the hub for what its feed needs, until it needs nothing.</summary>
/// <param name="topic">Which.</param>
/// <param name="hub">Whom to ask.</param>
/// <param name="whenUp">Completes when there is a connection.</param>
/// <param name="pause">Waits before the next attempt, given how many failed before.</param>
/// <param name="moved">Called after each answer.</param>
public sealed class OpenTopic(TopicId topic, Hub hub, Func<Task> whenUp, Func<int, Task> pause, Action<TopicId> moved)
{
    /// <summary>How many pages in a row may be too old before the person is told to try again.</summary>
    private const int PageAttempts = 5;

    private bool isSyncing;

    public TopicFeed Feed { get; } = new(topic);

    public Presence Presence { get; } = new();

    /// <summary>Whether the service will not say anything of it for the moment: what is shown may be old.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>How many components show it.</summary>
    internal int Holders { get; set; } = 1;

    internal void Arrived(Envelope[] events)
    {
        Feed.Arrived(events);
        Array.ForEach(events, e => Presence.Said(e.By));
        _ = Sync();
    }

    internal void CatchUp(long head)
    {
        Feed.CatchUp(head);
        _ = Sync();
    }

    internal async Task Sync()
    {
        if (isSyncing)
        {
            return;
        }
        isSyncing = true;
        for (var attempt = 0; Feed.Need != Need.Nothing && Holders > 0;)
        {
            await whenUp();
            var asked = Feed.Need;
            Feed.Asking();
            if (!(asked == Need.Open ? await Reopen() : await Refollow()))
            {
                Feed.AskAgain(asked);
                await pause(attempt++);
            }
            moved(topic);
        }
        isSyncing = false;
    }

    /// <summary>Loads the page before what is shown.</summary>
    /// <returns>Why not; null when it is there.</returns>
    public async Task<Refusal?> LoadOlder()
    {
        for (var attempt = 0; attempt < PageAttempts; attempt++)
        {
            await whenUp();
            if (await hub.Page(topic, Feed.Older.Before) is { } page && (page.Refusal is not null || Feed.Paged(page)))
            {
                moved(topic);
                return page.Refusal;
            }
            await pause(attempt);
        }
        return Refusal.NotNow;
    }

    private async Task<bool> Reopen()
    {
        if (await hub.Open(topic) is not { } opened || MustWait(opened.Refusal))
        {
            return false;
        }
        Feed.Opened(opened);
        return true;
    }

    private async Task<bool> Refollow()
    {
        if (await hub.Follow(topic, Feed.Last) is not { } answer || MustWait(answer.Refusal))
        {
            return false;
        }
        Feed.Followed(answer);
        // What says "open this anew" is asked again, but not at once: an answer that never changes must not become a storm.
        return answer.Refusal is null || Feed.Shut is not null;
    }

    private bool MustWait(Refusal? no)
    {
        IsHeld = no == Refusal.NotNow || no == Refusal.NotAudited;
        return no?.IsPassing == true;
    }
}
