using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>A session that is on: who leads it, of one hospital, and a seat of another, both following.</summary>
internal sealed class LiveRounds : IAsyncDisposable
{
    private LiveRounds()
    {
    }

    public TopicId Topic { get; private init; }

    public RoundsPlan Plan { get; private init; } = null!;

    public Somebody LeadPerson { get; private init; } = null!;

    public Somebody SeatPerson { get; private init; } = null!;

    public Hearing Lead { get; private init; } = null!;

    public Hearing Seat { get; private init; } = null!;

    public static RoundsPlan PlanOf(Somebody lead) => new(
        $"Rounds of the {Overheard.Canary}", $"Fever, says the {Overheard.Canary}.", $"{DateTime.UtcNow.Year + 1}-06-01T07:00", "Europe/London", 60, new Visibility(VisibilityKind.Network),
        Agenda: [new($"Part of the {Overheard.Canary}", lead.Id, 0, 20), new("Another", lead.Id, 20, 20)]);

    public static async Task<LiveRounds> Begin(TheService service)
    {
        var (lead, seat) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var live = new LiveRounds
        {
            Topic = TopicId.Rounds(TheService.NorthHarbour, Guid.CreateVersion7()),
            Plan = PlanOf(lead),
            LeadPerson = lead,
            SeatPerson = seat,
            Lead = await Hearing.Of(service, lead),
            Seat = await Hearing.Of(service, seat),
        };
        foreach (var command in new Command[] { new PlanRounds(live.Plan, Attestation: new(0)), new OpenLobby(), new GoLive() })
        {
            Assert.Null((await live.Lead.Send(live.Topic, command)).Refusal);
        }
        foreach (var hearing in new[] { live.Lead, live.Seat })
        {
            Assert.Null((await hearing.Follow(live.Topic)).Refusal);
        }
        return live;
    }

    /// <summary>Calls a ballot; returns when it takes entries.</summary>
    public async Task<TopicId> Call(BallotTerms terms)
    {
        var key = Guid.CreateVersion7();
        Assert.Null((await Lead.Send(Topic, new CallBallot(key, terms))).Refusal);
        var ballot = TopicId.BallotOf(Topic, key);
        await Waiting.Until("the ballot takes entries", async () => await Seat.Hub.Own(ballot) is not null);
        return ballot;
    }

    public async ValueTask DisposeAsync()
    {
        await Lead.DisposeAsync();
        await Seat.DisposeAsync();
    }
}

internal static class OwnBallots
{
    /// <summary>One's own ballot; null when there is none to this person.</summary>
    public static async Task<OwnBallot?> Own(this HubConnection hub, TopicId ballot) =>
        await hub.InvokeAsync<System.Text.Json.JsonElement?>("Own", ballot.ToString()) is { ValueKind: System.Text.Json.JsonValueKind.Object } own
            ? Json.Decode<OwnBallot>(System.Text.Encoding.UTF8.GetBytes(own.GetRawText()))
            : null;
}
