using Microsoft.JSInterop;
using SocialQI.Client.Live;

namespace SocialQI.Client.Settings;

/// <summary>The browser's own notifications: whether it allows them, and showing one.</summary>
public sealed class Notifications(IJSRuntime js) : IAsyncDisposable
{
    public const string Unsupported = "unsupported", Undecided = "default", Granted = "granted", Denied = "denied";

    private readonly Script script = new(js, "./notify.js");
    private DotNetObjectReference<Notifications>? self;

    /// <summary>The page is looked at no more, or again.</summary>
    public event Action<bool>? Hid;

    /// <summary>A notification was clicked: where it leads.</summary>
    public event Action<string>? Clicked;

    /// <summary>What the browser lets this page do, once <see cref="Begin"/> is done.</summary>
    public string Permission { get; private set; } = Unsupported;

    public async Task Begin()
    {
        if (self is null)
        {
            self = DotNetObjectReference.Create(this);
            Permission = await script.Ask<string>("begin", self) ?? Unsupported;
        }
    }

    /// <summary>Asks the person; only a click of theirs may.</summary>
    public async Task Ask()
    {
        Permission = await script.Ask<string>("ask") ?? Unsupported;
    }

    public async Task Show(string tag, string text, string path)
    {
        if (Permission == Granted)
        {
            await script.Do("show", tag, text, path);
        }
    }

    [JSInvokable]
    public void IsHidden(bool hidden) => Hid?.Invoke(hidden);

    [JSInvokable]
    public void WasClicked(string path) => Clicked?.Invoke(path);

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        await script.DisposeAsync();
    }
}
