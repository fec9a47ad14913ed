using Microsoft.JSInterop;

namespace SocialQI.Client.Live;

/// <summary>The few things that only the browser knows or does.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private const string SharedMachine = "shared-machine", SingleKeys = "single-keys";

    private IJSObjectReference? module;
    private DotNetObjectReference<Browser>? self;

    /// <summary>The network is back, or the page is looked at again.</summary>
    public event Action? Online;

    public event Action? Offline;

    /// <summary>Whether the end of the timeline is on the screen.</summary>
    public event Action<bool>? EndSeen;

    /// <summary>A key was pressed where nobody types, or two in a row.</summary>
    public event Func<string, Task<bool>>? Pressed;

    public async Task Start()
    {
        module = await js.InvokeAsync<IJSObjectReference>("import", "./rounds.js");
        self = DotNetObjectReference.Create(this);
        await module.InvokeVoidAsync("begin", self);
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

    /// <summary>The language of the document, as it was written by the server.</summary>
    public async Task<string?> Language() => module is null ? null : await module.InvokeAsync<string>("language");

    /// <summary>How this browser shows the pages: theme and density, joined by a dot.</summary>
    public async Task<string> Look() => module is null ? "" : await module.InvokeAsync<string>("look");

    public async Task Appear(string theme, string density)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("appear", theme, density);
        }
    }

    /// <summary>Brings an element into view, and the focus with it where the person asked to go there.</summary>
    public async Task Show(string elementId, bool takesFocus)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("show", elementId, takesFocus);
        }
    }

    /// <summary>Moves the focus to the next row of the lists on the page, or by as many as said.</summary>
    public async Task Step(int rows)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("step", rows);
        }
    }

    /// <summary>Remembers where an element stands on the screen.</summary>
    public async Task Hold(string elementId)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("hold", elementId);
        }
    }

    /// <summary>Puts what was remembered back where it stood, whatever has come above it.</summary>
    public async Task PutBack()
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("putBack");
        }
    }

    /// <summary>From now on tells whether this element is on the screen.</summary>
    public async Task WatchEnd(string elementId)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("watchEnd", elementId);
        }
    }

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

    public async Task ShowDialog(string elementId)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("showDialog", elementId);
        }
    }

    public async Task CloseDialog(string elementId)
    {
        if (module is not null)
        {
            await module.InvokeVoidAsync("closeDialog", elementId);
        }
    }

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
        if (module is not null)
        {
            await module.DisposeAsync();
        }
    }
}
