using System.Text.Json;
using Xunit;

namespace SocialQI.Storage.Tests;

/// <summary>The one writer, over a database that does as it is told.</summary>
public sealed class GroupCommitting : IAsyncDisposable
{
    private readonly ObedientDatabase database = new();
    private readonly GroupCommit commit;

    public GroupCommitting() => commit = new GroupCommit(database, "test");

    [Fact]
    public async Task Takes_whatever_waits_as_one()
    {
        var lone = await Stuck();
        var waiting = Many(100);

        database.LetGo();

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        await lone;
        Assert.Equal([1, 100], database.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task Takes_at_most_512_at_once()
    {
        await Stuck();
        var waiting = Many(1_000);

        database.LetGo();

        await Task.WhenAll(waiting);
        Assert.Equal([1, 512, 488], database.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task Takes_about_a_mebibyte_at_once_and_a_larger_append_alone()
    {
        await Stuck();
        var half = new string('x', 400 * 1024);
        var waiting = new[] { half, half, half, new string('y', 2 * 1024 * 1024), half }.Select(text => Append(Chain.OfCase(), text)).ToArray();

        database.LetGo();

        await Task.WhenAll(waiting);
        Assert.Equal([1, 2, 1, 1, 1], database.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task Takes_a_topic_once_and_its_next_appends_in_order_after()
    {
        await Stuck();
        var (chain, other) = (Chain.OfCase(), Chain.OfCase());
        var waiting = new[] { Append(chain, "1"), Append(other, "1"), Append(chain, "2"), Append(chain, "3"), Append(other, "2") };

        database.LetGo();

        await Task.WhenAll(waiting);
        Assert.Equal([(2, "11"), (2, "22"), (1, "3")], database.Batches.Skip(1).Select(b => (b.Count, string.Concat(b.Select(ObedientDatabase.TextOf)))));
    }

    [Fact]
    public async Task Turns_away_at_once_what_comes_when_ten_thousand_wait()
    {
        var lone = await Stuck();
        var waiting = Many(AppendQueue.LengthMax);

        Assert.Equal(AppendOutcome.Busy, await Append(Chain.OfCase(), "one too many"));

        database.LetGo();
        await Task.WhenAll(waiting);
        await lone;
        Assert.Equal(AppendOutcome.Committed, await Append(Chain.OfCase(), "room again"));
    }

    [Fact]
    public async Task Tries_again_one_by_one_when_a_batch_is_spoiled()
    {
        await Stuck();
        var waiting = new[] { "good", "spoiled", "full", "good" }.Select(text => Append(Chain.OfCase(), text)).ToArray();

        database.LetGo();

        Assert.Equal(AppendOutcome.Committed, await waiting[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[1]);
        Assert.Equal(AppendOutcome.StorageFull, await waiting[2]);
        Assert.Equal(AppendOutcome.Committed, await waiting[3]);
        Assert.Equal([1, 4, 1, 1, 1, 1], database.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task Never_tries_again_when_it_does_not_know_what_became_of_a_batch()
    {
        await Stuck();
        var waiting = new[] { "good", "unknown", "good" }.Select(text => Append(Chain.OfCase(), text)).ToArray();

        database.LetGo();

        foreach (var append in waiting)
        {
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => append);
        }
        Assert.Equal([1, 3], database.Batches.Select(b => b.Count));
        Assert.Equal(AppendOutcome.Committed, await Append(Chain.OfCase(), "good"));
    }

    [Fact]
    public async Task Asks_an_absent_database_once_not_once_for_each_who_waits()
    {
        await Stuck();
        // Spoiled, so that they go one by one; the database goes away after the second.
        var waiting = new[] { "good", "spoiled", "absent", "good", "good" }.Select(text => Append(Chain.OfCase(), text)).ToArray();

        database.LetGo();

        Assert.Equal(AppendOutcome.Committed, await waiting[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting[1]);
        foreach (var append in waiting[2..])
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => append);
        }
        Assert.Equal([1, 5, 1, 1, 1], database.Batches.Select(b => b.Count));
    }

    [Fact]
    public async Task Commits_what_waits_before_it_ends()
    {
        await Stuck();
        var waiting = Many(50);

        var ending = commit.DisposeAsync();
        database.LetGo();
        await ending;

        Assert.All(waiting, append => Assert.Equal(AppendOutcome.Committed, append.Result));
        Assert.True(database.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Append(Chain.OfCase(), "too late"));
    }

    public async ValueTask DisposeAsync()
    {
        database.LetGo();
        await commit.DisposeAsync();
    }

    private Task<AppendOutcome> Append(Chain chain, string text)
    {
        var append = chain.Next(Chain.Said(text));
        chain.Advance(append);
        return commit.Append(append).AsTask();
    }

    private Task<AppendOutcome>[] Many(int count) => [.. Enumerable.Range(0, count).Select(_ => Append(Chain.OfCase(), "good"))];

    // One append that the database has taken and not answered: all that come now must wait.
    private async Task<Task<AppendOutcome>> Stuck()
    {
        var first = Append(Chain.OfCase(), "stuck");
        await database.Taken;
        return first;
    }

    private sealed class ObedientDatabase : ICommitBatches
    {
        private readonly ManualResetEventSlim free = new();
        private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<IReadOnlyList<Append>> Batches { get; } = [];

        public Task Taken => taken.Task;

        public bool IsDisposed { get; private set; }

        public static string TextOf(Append append)
        {
            using var payload = JsonDocument.Parse(append.Events[0].Payload);
            return payload.RootElement.GetProperty("text").GetString()!;
        }

        public void LetGo() => free.Set();

        public AppendOutcome[] Commit(IReadOnlyList<Append> batch)
        {
            Batches.Add(batch);
            taken.TrySetResult();
            free.Wait();
            var texts = batch.Select(TextOf).ToList();
            return texts.Contains("spoiled") ? throw new InvalidOperationException()
                : texts.Contains("unknown") ? throw new OutcomeUnknownException("lost", new IOException())
                : texts.Contains("absent") ? throw new StoreUnavailableException(new IOException())
                : texts.Contains("full") ? throw new StorageFullException(new IOException())
                : [.. texts.Select(_ => AppendOutcome.Committed)];
        }

        public bool Tidy() => true;

        public void Dispose() => IsDisposed = true;
    }
}
