using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SocialQI.Cases;
using SocialQI.Client.Cases.Marking;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Cases;

public sealed partial class CaseView
{
    /// <summary>What arrives in quick succession is told in one sentence.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1.5);

    /// <summary>A link to an old contribution loads so many pages at most.</summary>
    private const int PagesForLink = 40;

    private TopicId topic;
    private Visit visit = null!;
    private TimelineScript script = null!;
    private Composer? composer;
    private bool isTelling, areMarksKnown, isHeldUnread, isCurrent;
    private long? shownTarget;
    private int redactions;
    private string announced = "";

    [Inject] private Api Api { get; set; } = null!;
    [Inject] private ReadMarks ReadMarks { get; set; } = null!;
    [Inject] private Browser Browser { get; set; } = null!;
    [Inject] private Typesetter Typesetter { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public required OpenTopic Open { get; set; }

    /// <summary>The contribution that the address names.</summary>
    [Parameter] public long? Target { get; set; }

    /// <summary>Grows when anything moved.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    protected override async Task OnInitializedAsync()
    {
        topic = Open.Feed.Topic;
        visit = new Visit(Rounds.Me?.Id ?? default);
        script = new(Js);
        Browser.EndSeen += OnEndSeen;
        try
        {
            await ReadMarks.Load([topic]);
        }
        catch (HttpRequestException)
        {
            // Without a mark there is no line above what is new; everything else works.
        }
        areMarksKnown = true;
        Look();
    }

    protected override void OnParametersSet() => Look();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Browser.WatchEnd("end");
        }
        if (Target != shownTarget)
        {
            shownTarget = Target;
            await ShowTarget();
        }
    }

    public override void Dispose()
    {
        Browser.EndSeen -= OnEndSeen;
        base.Dispose();
    }

    /// <summary>What follows from what is shown now; a visit begins when all is here that happened before it.</summary>
    private void Look()
    {
        if (!(isCurrent |= Open.Feed.IsCurrent) || Open.Feed.State?.Case is not { } state)
        {
            return;
        }
        if (visit.Look(state))
        {
            _ = Announce();
        }
        if (Open.Feed.Redactions != redactions)
        {
            redactions = Open.Feed.Redactions;
            Typesetter.Forget();
        }
        if (Open.Presence.Writing(Time.GetUtcNow(), Rounds.Me?.Id ?? default).Length > 0)
        {
            _ = RepaintLater();
        }
        if (areMarksKnown)
        {
            visit.Begin(state, ReadMarks.Of(topic));
            if (!isHeldUnread)
            {
                ReadMarks.Read(topic, state.Contributions);
            }
        }
    }

    /// <summary>Who stops writing says nothing: the words go by themselves.</summary>
    private async Task RepaintLater()
    {
        await Task.Delay(Presence.WritingLasts + Live.Repaint.Between, Time);
        Repaint.Ask();
    }

    private async Task Announce()
    {
        if (!isTelling)
        {
            isTelling = true;
            await Task.Delay(Gathering, Time);
            isTelling = false;
            Tell(visit.Tell(Words, Names));
        }
    }

    private async Task ShowTarget()
    {
        for (var page = 0; page < PagesForLink && Open.Feed.Older.HasMore && Target < Open.Feed.Older.Before && await Open.LoadOlder() is null;)
        {
            page++;
        }
        StateHasChanged();
        if (Target is { } number)
        {
            await script.Reveal(number, takesFocus: true);
        }
    }

    private Task<Answer> Send(Command command) => Rounds.Send(topic, command);

    // Whoever has written goes on writing.
    private void Say(Command command) => _ = (Send(command), ShowEnd(takesFocus: false));

    private Refusal? LastRefusal() => Rounds.Outbox.Lines(topic).LastOrDefault(s => s.Stage == SendStage.Refused)?.Refusal;

    private void Reply(Contribution to) => _ = composer?.ReplyTo(to);

    private Task Answer(long number) =>
        composer is null ? Task.CompletedTask
        : (Open.Feed.State?.Case?.Find(number) ?? Open.Feed.Older.All.FirstOrDefault(c => c.Number == number)) is { } said ? composer.ReplyTo(said)
        : composer.Begin(ContributionKind.Comment);

    private Task Begin(ContributionKind kind) => composer?.Begin(kind) ?? Task.CompletedTask;

    /// <summary>From this contribution on it is unread again, as long as this page is open or left, until the case is read anew.</summary>
    private void ReadTo(long number)
    {
        if (Open.Feed.State?.Case is { } state)
        {
            isHeldUnread = true;
            ReadMarks.MarkUnread(topic, state.Contributions - state.Recent.Count(c => c.Number >= number));
            Tell(T["MarkedUnread", number]);
        }
    }

    private void TakeUp(Sending refused)
    {
        composer?.TakeUp(refused.Command, Open.Feed);
        Rounds.Outbox.Discard(refused.Id);
    }

    private async Task Copy(string address)
    {
        await script.Copy(address);
        Tell(T["Copied"]);
    }

    private void Tell(string words)
    {
        announced = words;
        Repaint.Ask();
    }

    private void OnEndSeen(bool seen)
    {
        visit.SeeEnd(seen);
        Repaint.Ask();
    }

    private Task Jump() => visit.NewFrom is { } first ? script.Reveal(first, takesFocus: true) : ShowEnd(takesFocus: true);

    private async Task ShowEnd(bool takesFocus)
    {
        StateHasChanged();
        await Task.Yield();
        await script.ShowEnd(takesFocus);
    }
}
