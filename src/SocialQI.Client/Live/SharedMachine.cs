using Microsoft.JSInterop;

namespace SocialQI.Client.Live;

/// <summary>Whether others use this browser too: then nothing that somebody writes is kept in it. Chosen in the settings, and kept in the browser itself.</summary>
public sealed class SharedMachine(IJSRuntime js)
{
    /// <summary>Where the choice is kept, as "on".</summary>
    public const string Key = "shared-machine";

    public async Task<bool> Is() => await js.InvokeAsync<string?>("localStorage.getItem", Key) == "on";
}
