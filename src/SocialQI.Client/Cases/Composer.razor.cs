using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using SocialQI.Cases;
using SocialQI.Client.Cases.Identifying;
using SocialQI.Client.Cases.Images;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Cases;

public sealed partial class Composer : IAsyncDisposable
{
    private const string Field = "say";

    /// <summary>Others are told at most this often that someone writes.</summary>
    private static readonly TimeSpan BetweenSigns = TimeSpan.FromSeconds(3);

    private readonly WrittenLine line = new();
    private ElementReference area;
    private ComposerScript script = null!;
    private readonly MarkedTexts marks = new();
    private Attachments images = null!;
    private Attesting? attesting;
    private MentionList? list;
    private MentionToken? token;
    private string? chosen;
    private bool isPreview, isFromAbove;
    private Refusal? problem;
    private long? lastSign;
    private TopicId shownTopic;
    private (TopicId, bool, bool, bool, Refusal?) shown;

    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Names Names { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, EditorRequired] public TopicId Topic { get; set; }
    [Parameter] public ClinicianId? Me { get; set; }
    [Parameter] public bool IsAuthor { get; set; }
    [Parameter] public bool IsHallway { get; set; }

    /// <summary>Whether more than the home's people read what is written: then marked words are asked about.</summary>
    [Parameter] public bool LeavesHome { get; set; }

    /// <summary>Why the last line was not taken: its text waits above, where it stands as not sent.</summary>
    [Parameter] public Refusal? LastRefusal { get; set; }
    [Parameter, EditorRequired] public required Action<Command> Say { get; set; }
    [Parameter, EditorRequired] public required Action Typing { get; set; }

    public Task ReplyTo(Contribution to)
    {
        (line.ReplyTo, line.Kind) = (to, to.Kind == ContributionKind.Question ? ContributionKind.Answer : ContributionKind.Comment);
        return Begin();
    }

    public Task Begin(ContributionKind kind)
    {
        line.Kind = kind;
        return Begin();
    }

    /// <summary>Takes back what was not sent, to write it otherwise.</summary>
    public void TakeUp(Command command, TopicFeed feed)
    {
        line.TakeUp(command, feed, Names);
        images.TakeUp(command switch { PostContribution post => post.Images, AddFact fact => fact.Images, _ => default });
        _ = Begin();
    }

    protected override void OnInitialized() => script = new(Js);

    public override Task SetParametersAsync(ParameterView parameters)
    {
        isFromAbove = true;
        return base.SetParametersAsync(parameters);
    }

    // The timeline above moves twenty times a second; what is typed here has nothing to do with that.
    protected override bool ShouldRender()
    {
        var now = (Topic, IsAuthor, IsHallway, LeavesHome, LastRefusal);
        var isNeeded = !isFromAbove || now != shown;
        (shown, isFromAbove) = (now, false);
        return isNeeded;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shownTopic != Topic)
        {
            shownTopic = Topic;
            line.Take(await Drafts.Kept("say." + Topic));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (token is not null)
        {
            await script.Place(Field, "at");
        }
    }

    public ValueTask DisposeAsync() => script.DisposeAsync();

    private async Task Begin()
    {
        isPreview = false;
        StateHasChanged();
        // The key that led here must not be typed into what gets the focus.
        await Task.Delay(1);
        await area.FocusAsync();
    }

    private async Task Typed()
    {
        problem = null;
        if (lastSign is not { } sign || Time.GetElapsedTime(sign) > BetweenSigns)
        {
            lastSign = Time.GetTimestamp();
            Typing();
        }
        token = line.Text.Contains('@') ? MentionToken.At(line.Text, await script.Caret(Field)) : null;
        await Keep();
    }

    private Task TakeOut(MarkedWord word)
    {
        line.TakeOut(word);
        return Keep();
    }

    private Task Keep() => Drafts.Keep("say." + Topic, line.ToFields());

    private void Choose(string? option)
    {
        chosen = option;
        StateHasChanged();
    }

    private void Pick(DirectoryEntry person)
    {
        if (token is { } at)
        {
            line.Mention(person.Id, person.Name);
            (token, chosen) = (null, null);
            StateHasChanged();
            _ = script.Replace(Field, at.From, at.To, $"@{person.Name} ");
        }
    }

    private async Task BeginMention()
    {
        var at = await script.Caret(Field);
        await script.Replace(Field, at, at, at == 0 || char.IsWhiteSpace(line.Text[Math.Min(at, line.Text.Length) - 1]) ? "@" : " @");
    }

    private Task TogglePreview()
    {
        isPreview = !isPreview;
        return isPreview ? Task.CompletedTask : Begin();
    }

    private async Task OnKey(KeyboardEventArgs key)
    {
        switch (key)
        {
            case { Key: "Enter", CtrlKey: true } or { Key: "Enter", MetaKey: true }: await Submit(); break;
            case { Key: "Escape" } when token is not null: (token, chosen) = (null, null); break;
            case { Key: "Escape" }: await script.Leave(Field); break;
            case { Key: "ArrowDown" or "ArrowUp" or "Enter" or "Tab" } when token is not null: list?.Press(key.Key); break;
        }
    }

    /// <summary>What would be refused anyway is said at once, and stays here; everything else goes into the timeline.</summary>
    private async Task Submit()
    {
        problem = line.Problem() ?? images.Problem ?? (attesting is null ? null : await attesting.Problem());
        if (problem is null)
        {
            Say(line.ToCommand(images.Images, LeavesHome ? marks.OfWriting : null));
            marks.Clear();
            line.Clear();
            images.Clear();
            (token, isPreview) = (null, false);
            await Drafts.Forget("say." + Topic);
            await area.FocusAsync();
        }
    }
}
