using Microsoft.JSInterop;

namespace SocialQI.Client.Settings;

/// <summary>The browser's own notifications: whether it allows them, and showing one.</summary>
public sealed class Notifications(IJSRuntime js) : IAsyncDisposable
{
    public const string Unsupported = "unsupported", Undecided = "default", Granted = "granted", Denied = "denied";

    private IJSObjectReference? module;
    private DotNetObjectReference<Notifications>? self;

    /// <summary>The page is looked at no more, or again.</summary>
    public event Action<bool>? Hid;

    /// <summary>A notification was clicked: where it leads.</summary>
    public event Action<string>? Clicked;

    /// <summary>What the browser lets this page do, once <see cref="Begin"/> is done.</summary>
    public string Permission { get; private set; } = Unsupported;

    public async Task Begin()
    {
        if (module is null)
        {
            module = await js.InvokeAsync<IJSObjectReference>("import", "./notify.js");
            self = DotNetObjectReference.Create(this);
            Permission = await module.InvokeAsync<string>("begin", self) ?? Unsupported;
        }
    }

    /// <summary>Asks the person; only a click of theirs may.</summary>
    public async Task Ask()
    {
        if (module is not null)
        {
            Permission = await module.InvokeAsync<string>("ask") ?? Unsupported;
        }
    }

    public async Task Show(string tag, string text, string path)
    {
        if (module is not null && Permission == Granted)
        {
            await module.InvokeVoidAsync("show", tag, text, path);
        }
    }

    [JSInvokable]
    public void IsHidden(bool hidden) => Hid?.Invoke(hidden);

    [JSInvokable]
    public void WasClicked(string path) => Clicked?.Invoke(path);

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        if (module is not null)
        {
            await module.DisposeAsync();
        }
    }
}
