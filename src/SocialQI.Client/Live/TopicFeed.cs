using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>What a feed wants to ask the hub for next.</summary>
public enum Need { Nothing, Follow, Open }

/// <summary>
/// One topic as this browser knows it: its state after event <see cref="Last"/>, and what must be asked for to know more. Pure: it is told what
/// arrived, and says in <see cref="Need"/> what is missing. Each event is folded once and in order, whatever is lost, repeated or overtaken on the way.
/// </summary>
public sealed class TopicFeed(TopicId topic)
{
    /// <summary>How many events beyond a gap are kept while it is asked for.</summary>
    public const int HeldMax = 256;

    private static readonly Refusal Outdated = new("outdated-page", "This page is older than the service. Reload it; what you wrote is kept.");

    private readonly SortedDictionary<long, Envelope> held = [];
    private long? askedAfter;
    private bool isFollowed;
    private long? staleSince;

    public TopicId Topic => topic;

    /// <summary>The store's epoch in which the numbers count; null until the topic was opened.</summary>
    public string? Epoch { get; private set; }

    /// <summary>The last event folded in.</summary>
    public long Last { get; private set; }

    /// <summary>The furthest event heard of, seen or not.</summary>
    public long Head { get; private set; }

    public TopicState? State { get; private set; }

    /// <summary>The contributions before those in the state: loaded pages, and what has since moved out of the state's window.</summary>
    public OlderContributions Older { get; } = new();

    /// <summary>What is asked for next. A new feed begins by opening.</summary>
    public Need Need { get; private set; } = Need.Open;

    /// <summary>Why nothing is shown; null while the topic is open to this person.</summary>
    public Refusal? Shut { get; private set; }

    /// <summary>Grows when a text was destroyed: whoever holds an older version of it lets it go.</summary>
    public int Redactions { get; private set; }

    /// <summary>The last event since this was opened that this program cannot read: of a newer kind or version than it knows. Null when there was none.</summary>
    public long? Newer { get; private set; }

    public bool IsBehind => State is not null && Last < Head;

    /// <summary>The service has said how far the topic is, and all of that is here. The state that it is opened with may be one of some time ago.</summary>
    public bool IsCurrent => isFollowed && State is not null && !IsBehind;

    /// <summary>The question that <see cref="Need"/> names is on its way now.</summary>
    public void Asking()
    {
        askedAfter = Need == Need.Follow ? Last : askedAfter;
        Need = Need.Nothing;
    }

    /// <summary>The question was lost with the connection or refused by an outage: it stands again.</summary>
    public void AskAgain(Need lost) => Need = (Need)Math.Max((int)Need, (int)lost);

    public void Opened(OpenedTopic answer)
    {
        if (answer.Refusal is { } no)
        {
            Close(no);
            return;
        }
        var startsAfresh = Epoch is not null && answer.Epoch != Epoch;
        // A gateway may answer with a state older than what was already shown here; what is shown never goes back.
        if (State is null || startsAfresh || answer.Number > Last || answer.Number >= staleSince)
        {
            try
            {
                State = TopicState.Read(topic.Kind, answer.State!.Value);
            }
            catch (JsonException)
            {
                Close(Outdated);
                return;
            }
            Redactions++;
            (Last, staleSince) = (answer.Number, null);
            Older.StartAt(State.Case, Last);
        }
        if (startsAfresh)
        {
            held.Clear();
            Head = 0;
        }
        (Epoch, Shut, askedAfter, isFollowed) = (answer.Epoch, null, null, false);
        Head = Math.Max(Head, Last);
        Arrived([]);
        Need = Need.Follow;
    }

    /// <summary>Takes events in whatever order and however often they come.</summary>
    public void Arrived(IEnumerable<Envelope> events)
    {
        foreach (var happened in events.Where(e => e.N > Last && Shut is null))
        {
            Head = Math.Max(Head, happened.N);
            held.TryAdd(happened.N, happened);
        }
        while (State is not null && held.Count > 0 && held.First().Key <= Last + 1)
        {
            var (number, next) = held.First();
            held.Remove(number);
            if (number > Last)
            {
                Fold(next);
            }
        }
        while (held.Count > HeldMax)
        {
            held.Remove(held.Last().Key);
        }
        if (held.Count > 0 && State is not null && askedAfter != Last)
        {
            AskAgain(Need.Follow);
        }
    }

    /// <summary>The server dropped events for this browser: its queue was full.</summary>
    public void CatchUp(long head)
    {
        Head = Math.Max(Head, head);
        AskAgain(State is null || head - Last > RoundsProtocol.FollowBehindMax ? Need.Open : Need.Follow);
    }

    /// <summary>The answer to a follow: the events themselves come as events.</summary>
    public void Followed(Answer answer)
    {
        if (answer.Refusal is null)
        {
            (Head, isFollowed) = (Math.Max(Head, answer.Last), true);
        }
        else if (answer.Refusal.Code == Refusal.NotThere.Code)
        {
            Close(answer.Refusal);
        }
        else
        {
            // Too far behind, or ahead of a history that was restored: only the state as it stands helps.
            AskAgain(Need.Open);
        }
    }

    /// <summary>The connection is back, to a store of this epoch.</summary>
    public void Reconnected(string epoch)
    {
        askedAfter = null;
        AskAgain(State is null || epoch != Epoch ? Need.Open : Need.Follow);
    }

    /// <summary>Lets go of everything: the topic is not open to this person, or not any more.</summary>
    public void Close(Refusal why)
    {
        (State, Last, Head, Shut, Need) = (null, 0, 0, why, Need.Nothing);
        held.Clear();
        Older.StartAt(null, 0);
    }

    /// <summary>A page of older contributions arrived.</summary>
    public bool Paged(Page page) => Older.Paged(page, Last);

    private void Fold(Envelope happened)
    {
        var before = State!;
        State = before.After(happened);
        Redactions += happened.Event is TextRedacted or ContributionHidden ? 1 : 0;
        if (happened.Event is ContributionRestored)
        {
            // What it says only the service knows.
            staleSince = happened.N;
            AskAgain(Need.Open);
        }
        Newer = happened.Event is Unknown ? happened.N : Newer;
        Last = happened.N;
        Older.After(happened, before.Case, State.Case);
    }
}
