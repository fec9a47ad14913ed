using Microsoft.JSInterop;

namespace SocialQI.Client.Cases;

/// <summary>What only the browser knows of a text field: where its caret is, and how to type into it.</summary>
public sealed class ComposerScript(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? module;

    public async Task<int> Caret(string field) => await (await Module()).InvokeAsync<int>("caret", field);

    /// <summary>Types a text in place of a stretch.</summary>
    public async Task Replace(string field, int from, int to, string text) => await (await Module()).InvokeVoidAsync("replace", field, from, to, text);

    /// <summary>Puts a sign around what is chosen, or before its lines.</summary>
    public async Task Mark(string field, string sign) => await (await Module()).InvokeVoidAsync("mark", field, sign);

    public async Task Place(string field, string list) => await (await Module()).InvokeVoidAsync("place", field, list);

    public async Task Leave(string field) => await (await Module()).InvokeVoidAsync("blur", field);

    public async ValueTask DisposeAsync()
    {
        if (module is { IsCompletedSuccessfully: true })
        {
            await module.Result.DisposeAsync();
        }
    }

    private Task<IJSObjectReference> Module() => module ??= js.InvokeAsync<IJSObjectReference>("import", "./composer.js").AsTask();
}
