using Microsoft.JSInterop;

namespace SocialQI.Client.Cases;

/// <summary>What of a timeline is on the screen, and where the focus is in it: only the browser knows.</summary>
public sealed class TimelineScript(IJSRuntime js) : IAsyncDisposable
{
    private readonly TaskCompletionSource begun = new();
    private IJSObjectReference? module;

    /// <summary>From now on tells the timeline which of its parts are near the screen, and keeps what is read where it is.</summary>
    public async Task Begin<T>(DotNetObjectReference<T> timeline, string elementId) where T : class
    {
        module = await js.InvokeAsync<IJSObjectReference>("import", "./timeline.js");
        await module.InvokeVoidAsync("begin", timeline, elementId);
        begun.TrySetResult();
    }

    /// <summary>Brings a contribution onto the screen, wherever it is in the timeline; an address may ask for it before the timeline is there.</summary>
    public async Task Reveal(long number, bool takesFocus)
    {
        await begun.Task;
        await Do("reveal", TimelineWindow.KeyOf(number), $"n{number}", takesFocus);
    }

    public Task ShowEnd(bool takesFocus) => Do("showEnd", takesFocus);

    /// <summary>Moves the focus by so many contributions.</summary>
    public Task Step(int by) => Do("step", by);

    /// <summary>The contribution that has the focus; 0 when none has.</summary>
    public async Task<long> Current() => module is null ? 0 : await module.InvokeAsync<long>("current");

    public Task Print() => Do("print");

    public Task Copy(string text) => Do("copy", text);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Do("end");
            await (module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and what it kept with it.
        }
    }

    private async Task Do(string what, params object?[] with)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync(what, with);
        }
    }
}
