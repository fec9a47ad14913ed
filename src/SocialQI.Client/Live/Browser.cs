using Microsoft.JSInterop;

namespace SocialQI.Client.Live;

/// <summary>The few things that only the browser knows or does.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private const string SharedMachine = "shared-machine", SingleKeys = "single-keys";

    private readonly Script script = new(js, "./rounds.js");
    private DotNetObjectReference<Browser>? self;

    /// <summary>The network is back, or the page is looked at again.</summary>
    public event Action? Online;

    public event Action? Offline;

    /// <summary>The person did something on the page; told at most twice a minute.</summary>
    public event Action? Active;

    /// <summary>Whether the end of the timeline is on the screen.</summary>
    public event Action<bool>? EndSeen;

    /// <summary>A key was pressed where nobody types, or two in a row.</summary>
    public event Func<string, Task<bool>>? Pressed;

    public async Task Start()
    {
        self = DotNetObjectReference.Create(this);
        await script.Do("begin", self);
        IsShared = await js.InvokeAsync<string?>("localStorage.getItem", SharedMachine) == "on";
        HasSingleKeys = await js.InvokeAsync<string?>("localStorage.getItem", SingleKeys) != "off";
    }

    /// <summary>Whether others use this machine too: nothing that is written here is kept on it.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Whether single letters do something.</summary>
    public bool HasSingleKeys { get; private set; } = true;

    public async Task Share(bool shared)
    {
        IsShared = shared;
        await js.InvokeVoidAsync("localStorage.setItem", SharedMachine, shared ? "on" : "off");
        if (shared)
        {
            await ForgetAll();
        }
    }

    public async Task UseSingleKeys(bool used)
    {
        HasSingleKeys = used;
        await js.InvokeVoidAsync("localStorage.setItem", SingleKeys, used ? "on" : "off");
    }

    /// <summary>How this browser shows the pages: theme and density, joined by a dot.</summary>
    public async Task<string> Look() => await script.Ask<string>("look") ?? "";

    /// <summary>Whether the page is dark now, by choice or by the system's.</summary>
    public Task<bool> IsDark() => script.Ask<bool>("isDark");

    public Task Appear(string theme, string density) => script.Do("appear", theme, density);

    /// <summary>Brings an element into view, and the focus with it where the person asked to go there.</summary>
    public Task Show(string elementId, bool takesFocus) => script.Do("show", elementId, takesFocus);

    /// <summary>Moves the focus to the next row of the lists on the page, or by as many as said.</summary>
    public Task Step(int rows) => script.Do("step", rows);

    /// <summary>Tells whoever follows the address where it is now: the router changes what stands behind the # of a page and tells nobody.</summary>
    public Task TellAddress() => script.Do("tellAddress");

    /// <summary>Remembers where an element stands on the screen.</summary>
    public Task Hold(string elementId) => script.Do("hold", elementId);

    /// <summary>Puts what was remembered back where it stood, whatever has come above it.</summary>
    public Task PutBack() => script.Do("putBack");

    /// <summary>From now on tells whether this element is on the screen.</summary>
    public Task WatchEnd(string elementId) => script.Do("watchEnd", elementId);

    /// <summary>Keeps a text for this tab, over reloads and sign-ins, until it is closed; null forgets it. On a shared machine nothing is kept.</summary>
    public async Task Keep(string key, string? text)
    {
        if (string.IsNullOrEmpty(text) || IsShared)
        {
            await js.InvokeVoidAsync("sessionStorage.removeItem", key);
        }
        else
        {
            await js.InvokeVoidAsync("sessionStorage.setItem", key, text);
        }
    }

    public async Task<string?> Kept(string key) => await js.InvokeAsync<string?>("sessionStorage.getItem", key);

    public async Task ForgetAll() => await js.InvokeVoidAsync("sessionStorage.clear");

    public Task ShowDialog(string elementId) => script.Do("showDialog", elementId);

    public Task CloseDialog(string elementId) => script.Do("closeDialog", elementId);

    [JSInvokable]
    public void IsActive() => Active?.Invoke();

    [JSInvokable]
    public Task IsPressed(string key) => Pressed?.Invoke(key) ?? Task.CompletedTask;

    /// <summary>The pair where it means something, otherwise the last key alone.</summary>
    [JSInvokable]
    public async Task ArePressed(string pair, string key)
    {
        if (Pressed is { } pressed && !await pressed(pair) && pair != key)
        {
            await pressed(key);
        }
    }

    [JSInvokable]
    public void BecameOnline() => Online?.Invoke();

    [JSInvokable]
    public void BecameOffline() => Offline?.Invoke();

    [JSInvokable]
    public void EndIsSeen(bool seen) => EndSeen?.Invoke(seen);

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        await script.DisposeAsync();
    }
}
