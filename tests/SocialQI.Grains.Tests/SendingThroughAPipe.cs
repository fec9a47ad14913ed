using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Grains.FanOut;
using Xunit;

namespace SocialQI.Grains.Tests;

/// <summary>The one way from a silo to a gateway, without a cluster around it.</summary>
public sealed class SendingThroughAPipe
{
    private static readonly Guid gateway = Guid.NewGuid();

    [Fact]
    public async Task Keeps_the_order_and_has_one_call_in_flight()
    {
        var inbox = new Inbox();
        var pipe = new Pipe(inbox, inbox.Broken);

        // Four hands at once, each in its own order.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(hand => Task.Run(() =>
        {
            for (var n = 1; n <= 500; n++)
            {
                pipe.Push(News(n, $"topic {hand}"));
            }
        }, LiveTopic.Stop)));

        await inbox.Has(2_000);
        Assert.All(
            inbox.Parcels.GroupBy(p => p.Topic),
            topic => Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), topic.Select(p => p.First)));
        Assert.Equal(1, inbox.CallsAtOnceMax);
        Assert.Empty(inbox.Breaks);
        Assert.Equal(0, pipe.Depth);
    }

    [Fact]
    public async Task Gathers_what_comes_while_a_call_is_under_way()
    {
        var inbox = new Inbox();
        var pipe = new Pipe(inbox, inbox.Broken);
        var slow = inbox.Hangs();
        pipe.Push(News(1));
        await slow.Reached.Within("the first call");

        for (var n = 2; n <= 100; n++)
        {
            pipe.Push(News(n));
        }
        Assert.Equal(99, pipe.Depth);
        slow.LetGo();

        await inbox.Has(100);
        Assert.Equal([1, 99], inbox.Calls.Select(c => c.Length));
    }

    [Fact]
    public async Task Drops_whole_what_overflows_and_begins_again_with_the_newest()
    {
        var inbox = new Inbox();
        var pipe = new Pipe(inbox, inbox.Broken);
        var slow = inbox.Hangs();
        pipe.Push(News(1));
        await slow.Reached.Within("the first call");

        // Just under half a pipe each: with the third it overflows.
        for (var n = 2; n <= 4; n++)
        {
            pipe.Push(News(n, bytes: (Pipe.BytesMax / 2) - 100));
        }
        slow.LetGo();

        await inbox.Has(2);
        Assert.Equal([1L, 4], inbox.Parcels.Select(p => p.First));
        pipe.Push(News(5));
        await inbox.Has(3);
        Assert.Equal(5, inbox.Parcels.Last().First);
    }

    [Fact]
    public async Task Never_carries_more_than_its_measure()
    {
        var inbox = new Inbox();
        var pipe = new Pipe(inbox, inbox.Broken);
        var slow = inbox.Hangs();
        pipe.Push(News(1));
        await slow.Reached.Within("the first call");

        pipe.Push(News(2, bytes: Pipe.BytesMax + 1));
        slow.LetGo();
        await Until(() => pipe.Depth == 0, "the pipe to be empty");
        pipe.Push(News(3));

        await inbox.Has(2);
        Assert.Equal([1L, 3], inbox.Parcels.Select(p => p.First));
        Assert.All(inbox.Calls, call => Assert.InRange(call.Sum(p => p.Bytes), 1, Pipe.BytesMax));
    }

    [Fact]
    public async Task That_breaks_ends_until_the_next_lease_opens_another()
    {
        var inbox = new Inbox();
        var pipes = new Pipes(NullLogger<Pipes>.Instance);
        pipes.Open(gateway, inbox);
        var slow = inbox.Hangs();
        inbox.FailsAfter(slow);
        pipes.Push(gateway, News(1));
        await slow.Reached.Within("the call that will break");
        pipes.Push(gateway, News(2));
        slow.LetGo();
        await Until(() => pipes.Depth == 0, "the broken pipe to be gone");
        pipes.Push(gateway, News(3));

        pipes.Open(gateway, inbox);
        pipes.Push(gateway, News(4));

        await inbox.Has(2);
        Assert.Equal([1L, 4], inbox.Parcels.Select(p => p.First));
    }

    [Fact]
    public async Task Is_one_for_each_gateway_however_often_it_is_opened()
    {
        var (inbox, second) = (new Inbox(), new Inbox());
        var pipes = new Pipes(NullLogger<Pipes>.Instance);
        pipes.Open(gateway, inbox);
        pipes.Open(gateway, second);

        pipes.Push(gateway, News(1));
        pipes.Push(Guid.NewGuid(), News(2));

        await inbox.Has(1);
        Assert.Empty(second.Parcels);
    }

    [Fact]
    public void Of_the_gateway_in_the_same_process_is_no_call()
    {
        var inbox = new Inbox();
        var pipes = new Pipes(NullLogger<Pipes>.Instance);
        pipes.UseLocal(gateway, inbox);
        pipes.Open(gateway, inbox);

        pipes.Push(gateway, News(1));

        Assert.Equal([1L], inbox.Parcels.Select(p => p.First));
    }

    [Fact]
    public async Task Of_the_gateway_in_the_same_process_spares_the_others_when_it_fails()
    {
        var (local, other) = (new Inbox(), new Inbox());
        var pipes = new Pipes(NullLogger<Pipes>.Instance);
        var elsewhere = Guid.NewGuid();
        pipes.UseLocal(gateway, local);
        pipes.Open(elsewhere, other);
        local.FailsAtOnce();

        pipes.Push(gateway, News(1));
        pipes.Push(elsewhere, News(1));

        await other.Has(1);
    }

    private static Parcel News(long number, string topic = "topic", int bytes = 10) => new(topic, number, [new byte[bytes - topic.Length]], null, null);

    // Nobody tells when a pipe is gone; it is a matter of one turn of the thread pool.
    private static async Task Until(Func<bool> isSo, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !isSo();)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60), $"Waited in vain for {what}.");
            await Task.Yield();
        }
    }

    private sealed class Inbox : IGatewayInbox
    {
        private readonly Lock gate = new();
        private readonly ConcurrentQueue<Func<Task>> planned = new();
        private readonly List<Parcel[]> calls = [];
        private readonly List<(int Count, TaskCompletionSource Reached)> awaited = [];
        private int callsAtOnce;
        private bool failsAtOnce;

        public IReadOnlyList<Parcel[]> Calls
        {
            get
            {
                lock (gate)
                {
                    return [.. calls];
                }
            }
        }

        public IEnumerable<Parcel> Parcels => Calls.SelectMany(c => c);

        public int CallsAtOnceMax { get; private set; }

        public ConcurrentQueue<Exception> Breaks { get; } = new();

        public void Broken(Exception e) => Breaks.Enqueue(e);

        public Hang Hangs()
        {
            var hang = new Hang();
            planned.Enqueue(hang.Meet);
            return hang;
        }

        /// <summary>The call that waits here fails in the end.</summary>
        public void FailsAfter(Hang hang)
        {
            planned.Clear();
            planned.Enqueue(async () =>
            {
                await hang.Meet();
                throw new TimeoutException();
            });
        }

        public void FailsAtOnce() => failsAtOnce = true;

        public Task Deliver(Parcel[] parcels) => failsAtOnce ? throw new InvalidOperationException() : Take(parcels);

        public Task Has(int count)
        {
            lock (gate)
            {
                if (calls.Sum(c => c.Length) >= count)
                {
                    return Task.CompletedTask;
                }
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                awaited.Add((count, reached));
                return reached.Task.Within($"{count} parcels");
            }
        }

        private async Task Take(Parcel[] parcels)
        {
            CallsAtOnceMax = Math.Max(CallsAtOnceMax, Interlocked.Increment(ref callsAtOnce));
            lock (gate)
            {
                calls.Add(parcels);
                awaited.FindAll(a => a.Count <= calls.Sum(c => c.Length)).ForEach(a => a.Reached.TrySetResult());
            }
            if (planned.TryDequeue(out var next))
            {
                await next();
            }
            await Task.Yield();
            Interlocked.Decrement(ref callsAtOnce);
        }
    }
}
