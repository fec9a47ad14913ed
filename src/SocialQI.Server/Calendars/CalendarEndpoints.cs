using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using SocialQI.GrandRounds;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Calendars;

/// <summary>
/// Sessions in people's own calendars. A calendar program carries nothing but an address, so the address is the proof; it opens times and links, and what
/// its person may see is asked anew each time.
/// </summary>
internal static class CalendarEndpoints
{
    /// <summary>The most sessions of a calendar: the nearest to now.</summary>
    public const int SessionsMax = 500;

    private const int SecretBytes = 32;

    private static readonly TimeSpan behind = TimeSpan.FromDays(30);

    private static readonly TimeSpan ahead = TimeSpan.FromDays(400);

    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/rounds/calendar").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).WithTags("Rounds");
        own.MapPost("/", Make).RecordsAround(Acts.ShareCalendar, "make").Says<CalendarFeed>("A secret address for your calendar program; it is told this once, and the one before is void.");
        own.MapDelete("/", End).RecordsAround(Acts.ShareCalendar, "end").WithSummary("The address of your calendar leads nowhere any more.");
        app.MapGet("/api/topics/{topic}/calendar.ics", OfTopic).RequireAuthorization().WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadCalendar, "session")
            .ForMachines(TokenScope.Read).WithTags("Rounds").WithSummary("A session as iCalendar, for who may see it.").Produces<string>(StatusCodes.Status200OK, "text/calendar")
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapGet(SecretAddress.Calendar.Covered, Feed).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RequireRateLimiting(Limits.Calendar)
            .RecordsFirst(Acts.ReadCalendar, "own").ExcludeFromDescription();
    }

    private static async Task<IResult> Make(HttpContext http, ClaimsPrincipal user, Rounds rounds, CancellationToken stop)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        await rounds.Stores.Default.Calendars.Keep(ApiEndpoints.Me(user), DigestOf(secret), stop);
        return ApiEndpoints.Ok(new CalendarFeed(new Uri(AddressOf(http.Request), SecretAddress.Calendar.Of(secret)).ToString()));
    }

    private static async Task<IResult> End(ClaimsPrincipal user, Rounds rounds, CancellationToken stop)
    {
        await rounds.Stores.Default.Calendars.End(ApiEndpoints.Me(user), stop);
        return Results.NoContent();
    }

    private static async Task<IResult> Feed(HttpContext http, Asking asking, Rounds rounds, CancellationToken stop)
    {
        if (http.Features.Get<SecretInPath>()?.Text is not { } secret || secret.Length != Base64Url.GetEncodedLength(SecretBytes)
            || await rounds.Stores.Default.Calendars.Find(DigestOf(secret), stop) is not { } person)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        http.Audit().Person = person;
        if (await asking.Reader(person, stop) is not { } reader)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        var now = rounds.Passports.Now;
        // Who has left every institution would sign in no more either: an address must not last longer than the way in.
        var sessions = reader.IsInNetwork ? await rounds.Tables.RoundsBetween(reader, now + -behind, now + ahead, SessionsMax, stop) : [];
        var calendar = new RoundsCalendar(AddressOf(http.Request), await rounds.Tables.NamesOf([.. sessions.Select(s => s.Line.Rounds.Home).Distinct()], stop));
        return new CalendarAnswer(calendar.Feed(sessions), sessions.Count);
    }

    private static async Task<IResult> OfTopic(TopicId topic, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop)
    {
        if (topic.Kind != TopicKind.Rounds)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        var opened = await asking.Show(ApiEndpoints.Me(user), topic, stop);
        if (opened is not { Refusal: null, State: { } json })
        {
            return ApiEndpoints.Problem(opened.Refusal ?? Refusal.NotThere);
        }
        var state = Json.Decode<RoundsState>(Encoding.UTF8.GetBytes(json.GetRawText()));
        var line = new RoundsLine(topic, "", state.Stage, state.At, state.Plan!.Minutes, state.Plan.Local, state.Plan.Zone, state.Series, IsMine: false);
        var session = new RoundsEntry(line, state.Sequence, await ChangedAt(topic, opened.Number, asking, stop));
        var calendar = new RoundsCalendar(AddressOf(http.Request), await rounds.Tables.NamesOf([topic.Home], stop));
        return new CalendarAnswer(calendar.Published(session, rounds.Passports.Now), 1);
    }

    private static async Task<Moment> ChangedAt(TopicId topic, long through, Asking asking, CancellationToken stop)
    {
        var (changed, after) = (default(Moment), 0L);
        while (after < through && await asking.Events(topic, after, stop) is { Count: > 0 } events)
        {
            changed = events.LastOrDefault(e => e.Number <= through && e.Kind is "rounds-planned" or "rounds-revised" or "rounds-cancelled")?.At ?? changed;
            after = events[^1].Number;
        }
        return changed;
    }

    private static Uri AddressOf(HttpRequest request) => new($"{request.Scheme}://{request.Host}/");

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>A calendar, and how many sessions are in it.</summary>
internal sealed record CalendarAnswer(byte[] Bytes, int Count) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Results.Bytes(Bytes, RoundsCalendar.Type).ExecuteAsync(httpContext);
}
