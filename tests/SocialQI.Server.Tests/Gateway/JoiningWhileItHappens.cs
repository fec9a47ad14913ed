using System.Collections.Concurrent;
using System.Text;
using SocialQI.Cases;
using SocialQI.Grains.FanOut;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>What a relay was told and has not sent yet is given to who joins just then with all the rest, and is not sent to them again.</summary>
public sealed class JoiningWhileItHappens(TheService service)
{
    // The pool may be quicker than who joins, but not each time.
    private const int Times = 50;

    [Fact]
    public async Task Tells_each_event_once()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        var gateway = new OtherGateway(service);
        var relay = gateway.Rounds.Relay(topic);
        // Then it knows who may follow, and joining waits for the lease alone.
        await relay.Open();
        for (var last = 1; last < 1 + (2 * Times); last += 2)
        {
            var socket = new HeldSocket();
            var connection = await gateway.Connect(socket, ada);
            var (now, next) = (Told(topic, last + 1), Told(topic, last + 2));
            var answer = await new ByHand().Run(() => relay.Follow(connection, last, TestContext.Current.CancellationToken), () => relay.Receive(now));
            Assert.Null(answer!.Refusal);
            relay.Receive(next);
            await Waiting.Until("what comes after it is heard", () => Task.FromResult(socket.NumbersOf(topic).Contains(last + 2)));
            Assert.Equal([last + 1, last + 2], socket.NumbersOf(topic));
            relay.Leave(connection.Id);
        }
    }

    private static Parcel Told(TopicId topic, long number) =>
        new(topic.ToString(), number, [Encoding.UTF8.GetBytes($$"""{"n":{{number}},"k":"case-dreamt","v":1,"at":1,"d":1}""")], null, null);

    /// <summary>Runs what comes after a waiting on the test's own thread, right behind what happens before it.</summary>
    private sealed class ByHand : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Step, object? State)> steps = [];
        private Task? running;

        public Task<T> Run<T>(Func<Task<T>> begin, Action before)
        {
            var asked = Here(begin);
            running = asked;
            while (!asked.IsCompleted)
            {
                var (step, state) = steps.Take(TestContext.Current.CancellationToken);
                before();
                before = () => { };
                Here(() =>
                {
                    step(state);
                    return true;
                });
            }
            return asked;
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            if (running is { IsCompleted: true })
            {
                // What was begun beside it and nobody waits for.
                base.Post(d, state);
            }
            else
            {
                steps.Add((d, state));
            }
        }

        private T Here<T>(Func<T> act)
        {
            var outer = Current;
            SetSynchronizationContext(this);
            try
            {
                return act();
            }
            finally
            {
                SetSynchronizationContext(outer);
            }
        }
    }
}
