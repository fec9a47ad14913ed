using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;
using static System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes;

namespace SocialQI.Client.Live;

/// <summary>
/// A module of JavaScript, fetched when first needed. A page may be left while it is on its way, or the network gone: then nothing is done,
/// and nothing of the page that was left reaches it.
/// </summary>
public sealed class Script(IJSRuntime js, string file) : IAsyncDisposable
{
    private Task<IJSObjectReference>? module;
    private bool isLeft;

    public async Task Do(string function, params object?[] with)
    {
        if (await Module() is { } loaded)
        {
            await loaded.InvokeVoidAsync(function, with);
        }
    }

    /// <summary>What the function answers; the default value when it could not be asked.</summary>
    public async Task<T?> Ask<[DynamicallyAccessedMembers(PublicConstructors | PublicFields | PublicProperties)] T>(string function, params object?[] with) =>
        await Module() is { } loaded ? await loaded.InvokeAsync<T>(function, with) : default;

    /// <summary>From now on nothing is done; a last function only where the module is there.</summary>
    public async ValueTask Leave(string? last = null)
    {
        if (!isLeft && module is { IsCompletedSuccessfully: true })
        {
            isLeft = true;
            var loaded = await module;
            if (last is not null)
            {
                await loaded.InvokeVoidAsync(last);
            }
            await loaded.DisposeAsync();
        }
        isLeft = true;
    }

    public ValueTask DisposeAsync() => Leave();

    private async Task<IJSObjectReference?> Module()
    {
        if (isLeft)
        {
            return null;
        }
        try
        {
            var loaded = await (module ??= js.InvokeAsync<IJSObjectReference>("import", file).AsTask());
            if (!isLeft)
            {
                return loaded;
            }
            await loaded.DisposeAsync();
        }
        catch (JSException)
        {
            module = null;
        }
        return null;
    }
}
