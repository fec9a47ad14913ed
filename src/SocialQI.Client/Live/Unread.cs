using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>A topic that the person follows.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Where its page is.</param>
/// <param name="Unread">How many contributions are new.</param>
/// <param name="Moved">When something last happened in it; null where that is not known.</param>
public sealed record FollowedLine(TopicId Topic, string Name, string Path, long Unread, Moment? Moved);

/// <summary>What the person follows and has not read, kept current by heads wherever they are in the program.</summary>
public sealed class Unread
{
    private readonly Rounds rounds;
    private readonly Names names;
    private readonly ReadMarks marks;
    private readonly Api api;
    private readonly TimeProvider time;
    private readonly Dictionary<TopicId, CaseLine> cases = [];
    private HashSet<TopicId> follows = [];
    private bool isLooking;

    public Unread(Rounds rounds, Names names, ReadMarks marks, Api api, TimeProvider time)
    {
        (this.rounds, this.names, this.marks, this.api, this.time) = (rounds, names, marks, api, time);
        rounds.Moved += topic => _ = topic == rounds.Me?.Id.Topic ? LookIfOthers() : Task.CompletedTask;
        rounds.HeadsMoved += OnHeads;
        rounds.CameBack += () => _ = Look();
        marks.Changed += Tell;
        names.Changed += Tell;
    }

    public event Action? Changed;

    /// <summary>All that is followed, the last moved first.</summary>
    public IReadOnlyList<FollowedLine> Followed { get; private set; } = [];

    /// <summary>How many contributions are unread in all of it.</summary>
    public long Total { get; private set; }

    private Task LookIfOthers() => rounds.Mine is { } mine && !follows.SetEquals(mine.Follows) ? Look() : Task.CompletedTask;

    private async Task Look()
    {
        if (isLooking || rounds.Mine is not { } mine)
        {
            return;
        }
        isLooking = true;
        follows = [.. mine.Follows];
        try
        {
            string? after = null;
            do
            {
                var page = await api.Cases(new CaseFilter(Followed: true), after, Api.TakeMax);
                foreach (var line in page.Lines.Where(c => follows.Contains(c.Topic)))
                {
                    cases[line.Topic] = line;
                }
                after = page.Next;
            }
            while (after is not null);
            await marks.Load(follows);
            rounds.Watch(this, follows);
        }
        catch (HttpRequestException)
        {
            // The return of the connection looks again.
            follows = [];
        }
        isLooking = false;
        Tell();
    }

    private void OnHeads(IReadOnlyList<TopicHead> heads)
    {
        foreach (var head in heads)
        {
            if (cases.TryGetValue(head.Topic, out var line) && head.Number > line.Number)
            {
                cases[head.Topic] = line with { Number = head.Number, Contributions = head.Contributions, Moved = Moment.Of(time.GetUtcNow()) };
            }
        }
        Tell();
    }

    private void Tell()
    {
        Followed = [.. follows.Select(LineOf).OfType<FollowedLine>().OrderByDescending(l => l.Moved ?? default)];
        Total = Followed.Sum(l => l.Unread);
        Changed?.Invoke();
    }

    private FollowedLine? LineOf(TopicId topic) => topic.Kind switch
    {
        TopicKind.Case when cases.TryGetValue(topic, out var line) =>
            new(topic, line.Title, $"case/{topic}", marks.Unread(new(topic, line.Number, line.Contributions)), line.Moved),
        TopicKind.Community => new(topic, names.NameOf(CommunityId.Of(topic)), $"community/{topic}", 0, null),
        _ => null,
    };
}
