using Microsoft.JSInterop;
using SocialQI.Client.Live;

namespace SocialQI.Client.Cases;

/// <summary>What of a timeline is on the screen, and where the focus is in it: only the browser knows.</summary>
public sealed class TimelineScript(IJSRuntime js) : IAsyncDisposable
{
    private readonly TaskCompletionSource begun = new();
    private readonly Script script = new(js, "./timeline.js");

    /// <summary>From now on tells the timeline which of its parts are near the screen, and keeps what is read where it is.</summary>
    public async Task Begin<T>(DotNetObjectReference<T> timeline, string elementId) where T : class
    {
        await script.Do("begin", timeline, elementId);
        begun.TrySetResult();
    }

    /// <summary>Brings a contribution onto the screen, wherever it is in the timeline; an address may ask for it before the timeline is there.</summary>
    public async Task Reveal(long number, bool takesFocus)
    {
        await begun.Task;
        await script.Do("reveal", TimelineWindow.KeyOf(number), $"n{number}", takesFocus);
    }

    public Task ShowEnd(bool takesFocus) => script.Do("showEnd", takesFocus);

    /// <summary>Moves the focus by so many contributions.</summary>
    public Task Step(int by) => script.Do("step", by);

    /// <summary>The contribution that has the focus; 0 when none has.</summary>
    public Task<long> Current() => script.Ask<long>("current");

    public Task Print() => script.Do("print");

    public Task Copy(string text) => script.Do("copy", text);

    public ValueTask DisposeAsync() => script.Leave("end");
}
