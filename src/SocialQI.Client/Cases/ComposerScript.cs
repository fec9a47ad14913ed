using Microsoft.JSInterop;
using SocialQI.Client.Live;

namespace SocialQI.Client.Cases;

/// <summary>What only the browser knows of a text field: where its caret is, and how to type into it.</summary>
public sealed class ComposerScript(IJSRuntime js) : IAsyncDisposable
{
    private readonly Script script = new(js, "./composer.js");

    public Task<int> Caret(string field) => script.Ask<int>("caret", field);

    /// <summary>Types a text in place of a stretch.</summary>
    public Task Replace(string field, int from, int to, string text) => script.Do("replace", field, from, to, text);

    /// <summary>Puts a sign around what is chosen, or before its lines.</summary>
    public Task Mark(string field, string sign) => script.Do("mark", field, sign);

    public Task Place(string field, string list) => script.Do("place", field, list);

    public Task Leave(string field) => script.Do("blur", field);

    public ValueTask DisposeAsync() => script.DisposeAsync();
}
