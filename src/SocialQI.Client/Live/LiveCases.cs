using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>
/// A list of cases kept current while it is on the screen: heads move its lines, a look every few seconds finds what is new and what is gone. While it
/// is held, because somebody points at it or is in it by keyboard, no line changes its place.
/// </summary>
public sealed class LiveCases : IDisposable
{
    /// <summary>Heads tell of the lines that are known; what became visible since is found by looking again.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    private readonly Api api;
    private readonly Rounds rounds;
    private readonly ReadMarks marks;
    private readonly TimeProvider time;
    private readonly Action changed;
    private readonly int take;
    private readonly HashSet<TopicId> ahead = [];
    private Dictionary<TopicId, CaseLine> known = [];
    private CaseFilter? filter;
    private Func<IEnumerable<CaseLine>, IEnumerable<CaseLine>> order = l => l.OrderByDescending(c => c.Moved);
    private string? next;
    private bool isLooking, isAskedAgain, isOver;

    public LiveCases(Api api, Rounds rounds, ReadMarks marks, TimeProvider time, Action changed, int take = Api.Take)
    {
        (this.api, this.rounds, this.marks, this.time, this.changed, this.take) = (api, rounds, marks, time, changed, take);
        rounds.HeadsMoved += OnHeads;
        rounds.CameBack += OnCameBack;
        _ = KeepLooking();
    }

    /// <summary>The lines in the order in which they are drawn.</summary>
    public IReadOnlyList<CaseLine> Shown { get; private set; } = [];

    /// <summary>How many lines wait until the list is let go.</summary>
    public int Incoming { get; private set; }

    public bool IsLoaded { get; private set; }

    public bool HasMore => next is not null;

    /// <summary>Why nothing can be listed.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether every line stays where it is for now.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>From now on lists these.</summary>
    public async Task Show(CaseFilter filter)
    {
        if (filter != this.filter)
        {
            (this.filter, IsLoaded, next) = (filter, false, null);
            await Look();
        }
    }

    public void OrderBy(Func<IEnumerable<CaseLine>, IEnumerable<CaseLine>> order)
    {
        this.order = order;
        Settle(force: true);
    }

    public void Hold(bool isHeld)
    {
        IsHeld = isHeld;
        Settle(force: false);
    }

    /// <summary>Puts what waits in its place at once: somebody asked for it.</summary>
    public void TakeIn() => Settle(force: true);

    /// <summary>Reads the first page anew. Another look that is asked for meanwhile comes after it.</summary>
    public async Task Look()
    {
        (isAskedAgain, var isMine) = (isLooking, !isLooking);
        while (isMine && filter is { } asked && !isOver)
        {
            (isLooking, isAskedAgain) = (true, false);
            try
            {
                var page = await api.Cases(asked, null, take);
                await marks.Load(page.Lines.Select(c => c.Topic));
                if (asked == filter)
                {
                    Take(page);
                }
            }
            catch (HttpRequestException)
            {
                // The next look, or the return of the connection, tries again.
            }
            isLooking = false;
            isMine = isAskedAgain || asked != filter;
        }
    }

    public async Task More()
    {
        var asked = filter;
        try
        {
            var page = await api.Cases(asked!, next, take);
            await marks.Load(page.Lines.Select(c => c.Topic));
            if (asked == filter)
            {
                next = page.Next;
                Learn(page.Lines);
                Settle(force: true);
            }
        }
        catch (HttpRequestException)
        {
            // The button stays.
        }
    }

    public void Dispose()
    {
        isOver = true;
        rounds.HeadsMoved -= OnHeads;
        rounds.CameBack -= OnCameBack;
        rounds.Watch(this, []);
    }

    private async Task KeepLooking()
    {
        while (!isOver)
        {
            await Task.Delay(BetweenLooks, time);
            await (rounds.Line == Line.Up ? Look() : Task.CompletedTask);
        }
    }

    private void OnCameBack() => _ = Look();

    private void OnHeads(IReadOnlyList<TopicHead> heads)
    {
        var isSaid = false;
        foreach (var head in heads)
        {
            if (known.TryGetValue(head.Topic, out var line) && head.Number > line.Number)
            {
                var moved = head.Contributions > line.Contributions ? Moment.Of(time.GetUtcNow()) : line.Moved;
                isSaid |= moved != line.Moved;
                known[head.Topic] = line with { Number = head.Number, Contributions = head.Contributions, Moved = moved };
                ahead.Add(head.Topic);
            }
        }
        Settle(force: false);
        // Heads do not say who.
        _ = isSaid ? Look() : Task.CompletedTask;
    }

    private void Take(Listed<CaseLine> page)
    {
        var isFirst = !IsLoaded;
        if (isFirst)
        {
            known = [];
        }
        next = isFirst ? page.Next : next;
        // Whatever would stand within this page and does not is gone from the list; what a head moved since may not be in it yet, and has until the next.
        var oldest = page.Next is null || page.Lines.IsEmpty ? default : page.Lines[^1].Moved;
        var there = page.Lines.Select(l => l.Topic).ToHashSet();
        known = known.Where(k => there.Contains(k.Key) || ahead.Contains(k.Key) || k.Value.Moved < oldest).ToDictionary();
        ahead.Clear();
        Learn(page.Lines);
        (IsLoaded, Refusal) = (true, page.Refusal);
        Settle(force: isFirst);
    }

    private void Learn(IEnumerable<CaseLine> lines)
    {
        foreach (var line in lines.Where(l => !known.TryGetValue(l.Topic, out var before) || before.Number <= l.Number))
        {
            known[line.Topic] = line;
        }
    }

    private void Settle(bool force)
    {
        if (!IsLoaded)
        {
            return;
        }
        var wanted = order(known.Values.Where(l => filter!.Fits(l, rounds, time.GetUtcNow()))).ToList();
        Shown = IsHeld && !force ? [.. Shown.Select(s => known.GetValueOrDefault(s.Topic, s))] : wanted;
        var there = Shown.Select(s => s.Topic).ToHashSet();
        Incoming = wanted.Count(w => !there.Contains(w.Topic));
        rounds.Watch(this, [.. there.Union(known.Keys)]);
        changed();
    }
}
