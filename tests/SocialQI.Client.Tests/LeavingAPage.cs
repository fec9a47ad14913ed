using Microsoft.JSInterop;
using SocialQI.Client.Live;
using Xunit;

namespace SocialQI.Client.Tests;

/// <summary>A page may be left while its script is on the way: what it had handed over is gone by then.</summary>
public sealed class LeavingAPage : IJSRuntime, IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference> onItsWay = new();
    private readonly Module module = new();
    private int imports;

    [Fact]
    public async Task Before_its_script_is_there_hands_it_nothing()
    {
        var script = new Script(this, "./images.js");
        var begun = script.Do("take", "an element");
        await script.DisposeAsync();
        onItsWay.SetResult(module);
        await begun;
        Assert.Equal(["disposed"], module.Heard);
    }

    [Fact]
    public async Task Afterwards_says_its_last_word_and_nothing_more()
    {
        onItsWay.SetResult(module);
        var script = new Script(this, "./timeline.js");
        await script.Do("begin");
        await script.Leave("end");
        await script.Leave("end");
        await script.Do("reveal");
        Assert.Equal(["begin", "end", "disposed"], module.Heard);
    }

    [Fact]
    public async Task Whose_script_could_not_be_fetched_does_nothing_and_asks_for_it_again()
    {
        onItsWay.SetException(new JSException("Failed to fetch dynamically imported module"));
        var script = new Script(this, "./images.js");
        await script.Do("take");
        Assert.Equal(0, await script.Ask<int>("current"));
        Assert.Equal(2, imports);
    }

    public ValueTask DisposeAsync() => module.DisposeAsync();

    public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
    {
        imports++;
        return new((Task<T>)(object)onItsWay.Task);
    }

    public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

    private sealed class Module : IJSObjectReference
    {
        public List<string> Heard { get; } = [];

        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            Heard.Add(identifier);
            return new(default(T)!);
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public ValueTask DisposeAsync()
        {
            Heard.Add("disposed");
            return ValueTask.CompletedTask;
        }
    }
}
