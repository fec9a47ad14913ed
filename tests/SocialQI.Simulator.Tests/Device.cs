using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Grains.FanOut;
using SocialQI.Wire;

namespace SocialQI.Simulator.Tests;

/// <summary>A browser in which the case is open: it writes lines, and shows what it has made of what it heard.</summary>
internal sealed class Device
{
    private readonly Installation around;
    private readonly Passport person;
    private readonly Client.Live.Rounds rounds;
    private readonly HashSet<Guid> attempted = [];
    private readonly HashSet<Cable> followed = [];
    private OpenTopic open = null!;
    private Cable? cable;
    private object? shown;
    private int lines;

    public Device(Installation around, string name, Passport person)
    {
        (this.around, this.person, Name) = (around, person, name);
        Actor = new Actor(around.World, name, isOrdered: true);
        var hub = new Hub(
            Open: topic => Ask(c => c.Gateway.Asking.Open(person.Person, topic, c.Gone)),
            Follow: Follow,
            Unfollow: _ => Task.CompletedTask,
            Send: Send,
            Page: (_, _) => Task.FromResult<Page?>(null),
            Typing: _ => Task.CompletedTask,
            Watch: _ => Task.FromResult<TopicHead[]?>(null),
            Own: _ => Task.FromResult<OwnBallot?>(null),
            Point: (_, _) => Task.CompletedTask);
        rounds = new(hub, new Outbox(), Actor.Clock, attempt => Task.Delay(Backoff.After(attempt, around.World.Fraction()), Actor.Clock));
        rounds.Moved += _ => Look();
        rounds.Sender.Answered += Answered;
        Actor.Post(() => open = rounds.Open(around.Topic));
        _ = Actor.Run(StayConnected);
        _ = Actor.Run(Write);
    }

    public string Name { get; }

    public Actor Actor { get; }

    /// <summary>Whether it writes on.</summary>
    public bool IsWriting { get; set; } = true;

    /// <summary>Whether all that it wrote is answered, and what it shows is up to date.</summary>
    public bool IsSettled =>
        !rounds.Outbox.All.Any(s => s.IsUnanswered || (s.Refusal is { } no && Installation.Passes(no))) && open.Feed.Last == around.Disk.Number && open.Feed.Epoch == around.Disk.Epoch;

    /// <summary>Its connection is lost.</summary>
    public void Cut() => cable?.Cut();

    /// <summary>Notes what it shows now.</summary>
    public void Look()
    {
        if (open.Feed.State is { Case: not null } state && open.Feed.Epoch == around.Disk.Epoch && !ReferenceEquals(state, shown))
        {
            shown = state;
            around.Observed.Holds(Name, open.Feed.Last, Digest(state));
        }
    }

    /// <summary>Of what is shown of a case.</summary>
    public static string Digest(TopicState state) => Convert.ToHexStringLower(SHA256.HashData(Json.Encode(state.Case!))[..8]);

    private async Task StayConnected()
    {
        for (var attempt = 0; ; attempt++)
        {
            if (around.LivingGateways is { Count: > 0 } living)
            {
                cable = new Cable(around, around.World.Some(living), Actor, person.Person, Hears);
                around.Connected(cable);
                if (await cable.Connect())
                {
                    attempt = 0;
                    rounds.WentUp(new Me(person.Person, Name, person.ChosenActing, person.Affiliations, [], cable.Gateway.Epoch));
                    await cable.Lost;
                }
                cable.Cut();
                cable = null;
            }
            rounds.WentDown();
            await Task.Delay(Backoff.After(attempt, around.World.Fraction()), Actor.Clock);
        }
    }

    private async Task Write()
    {
        while (true)
        {
            await Task.Delay(around.World.Between(0.05, around.IsBusy ? 0.5 : 4), Actor.Clock);
            for (var many = around.World.Chance(0.2) ? 4 : 1; many > 0 && IsWriting; many--)
            {
                var (id, text) = (around.World.Id(), $"{Name}, line {++lines}.");
                around.Observed.Asks(Name, id, text);
                // What is no fact without its day is refused.
                var kind = around.World.Chance(0.1) ? ContributionKind.Fact : ContributionKind.Comment;
                var command = new PostContribution(kind, text, Attestation: new(0));
                _ = rounds.Sender.Send(new Sending(id, around.Topic, command, Moment.Of(Actor.Clock.GetUtcNow()), open.Feed.Last));
            }
        }
    }

    // What says "in a moment" its writer asks again.
    private void Answered(Sending sending, Answer answer)
    {
        if (answer.Refusal is { } no && Installation.Passes(no))
        {
            _ = TryAgain(sending);
        }
    }

    private async Task TryAgain(Sending sending)
    {
        await Task.Delay(around.World.Between(0.5, 2), Actor.Clock);
        rounds.TryAgain(sending);
    }

    private async Task<Answer?> Follow(TopicId topic, long after)
    {
        if (around.Bug == Planted.GapNotAskedFor && cable is { } known && !followed.Add(known))
        {
            return new Answer(after, after);
        }
        return await Ask(c => c.Gateway.Follow(c.Connection, topic, after, c.Gone));
    }

    private async Task<Answer?> Send(TopicId topic, Guid id, JsonElement command)
    {
        var used = around.Bug == Planted.NewIdForEachAttempt && !attempted.Add(id) ? around.World.Id() : id;
        return await Ask(
            c => c.Gateway.Asking.Send(person.Person, topic, used, JsonSerializer.SerializeToUtf8Bytes(command), c.Gone),
            answer => around.Observed.Answered(id, answer));
    }

    private Task<T?> Ask<T>(Func<Cable, Task<T>> what, Action<T>? arrives = null) where T : class =>
        cable is { } to ? to.Ask(() => what(to), arrives) : Task.FromResult<T?>(null);

    private void Hears(JsonElement call)
    {
        var arguments = call.GetProperty("arguments");
        switch (call.GetProperty("target").GetString())
        {
            case RoundsProtocol.Events:
                rounds.EventsArrived(around.Topic, [.. arguments[1].EnumerateArray().Select(Numbered)]);
                break;
            case RoundsProtocol.CatchUp:
                around.World.Meet(Met.CatchUp);
                rounds.ToldToCatchUp(around.Topic, arguments[1].GetInt64());
                break;
            case RoundsProtocol.Closed:
                rounds.WasClosed(around.Topic);
                break;
            case RoundsProtocol.Signals:
                rounds.SignalArrived(Json.Decode<TopicSignal>(JsonSerializer.SerializeToUtf8Bytes(arguments[0])));
                break;
        }
    }

    private JsonElement Numbered(JsonElement envelope, int index)
    {
        if (around.Bug != Planted.NumbersIgnored)
        {
            return envelope;
        }
        var other = JsonNode.Parse(envelope.GetRawText())!;
        other["n"] = open.Feed.Last + 1 + index;
        return JsonSerializer.SerializeToElement(other);
    }
}
