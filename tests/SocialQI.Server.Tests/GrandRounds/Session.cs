using System.Globalization;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>A session that somebody of North Harbour has planned, for its people, with free text wherever there can be any.</summary>
internal sealed record Session(TheService Service, Somebody Planner, TopicId Topic)
{
    public static RoundsPlan Plan(DateTime local, string zone = "Europe/London") => new(
        $"Rounds of the {Overheard.Canary}", $"About the {Overheard.Canary}", local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), zone, 45,
        new Visibility(VisibilityKind.Institution));

    public static DateTime Tomorrow => DateTime.UtcNow.Date.AddDays(1).AddHours(7);

    public static async Task<Session> Of(TheService service, Somebody planner, RoundsPlan? plan = null)
    {
        var session = new Session(service, planner, TopicId.Rounds(TheService.NorthHarbour, Guid.CreateVersion7()));
        await service.Done(planner, session.Topic, new PlanRounds(plan ?? Plan(Tomorrow), Attestation: new(0)));
        await session.IsListed(RoundsWhen.Coming);
        return session;
    }

    /// <summary>Asks it by its planner.</summary>
    public Task<Answer> Do(RoundsCommand command) => Service.Done(Planner, Topic, command);

    /// <summary>Ends when its planner finds it in this list.</summary>
    public Task IsListed(RoundsWhen when) =>
        Waiting.Until($"the session is {when}", async () => (await Listed(Service, Planner, when)).Any(l => l.Rounds == Topic));

    public static async Task<IReadOnlyList<RoundsLine>> Listed(TheService service, Somebody who, RoundsWhen when)
    {
        using var http = service.Client(who);
        return Json.Decode<Listed<RoundsLine>>(await http.GetByteArrayAsync($"api/rounds?take=200&when={when.ToString("G").ToLowerInvariant()}")).Lines;
    }
}
