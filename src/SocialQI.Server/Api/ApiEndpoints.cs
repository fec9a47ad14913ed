using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Ballots;
using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>The same commands and reads as the hub's, by HTTP. A refusal is problem+json with the refusal's code as its type.</summary>
internal static class ApiEndpoints
{
    public const int BodyBytesMax = 512 * 1024;

    /// <summary>A whole import is one command.</summary>
    public const int CommandBytesMax = 1024 * 1024;

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var topics = app.MapGroup("/api/topics/{topic}").RequireAuthorization().WithTags("Topics");
        topics.MapGet("/", Open).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.Open).ForMachines(TokenScope.Read).Says<OpenedTopic>("The topic as it stands.");
        // Without its shape: the lists in an entry may be left out, and of those no description can be made.
        topics.MapGet("/own", Own).WithMetadata(new DoorAttribute(Who.RulesDecide)).Records(Acts.ReadOwn).Says<JsonElement>("A ballot as one of its voters sees it before it is closed.");
        topics.MapGet("/own/before", OwnBefore).WithMetadata(new DoorAttribute(Who.RulesDecide)).Records(Acts.ReadOwn).Says<JsonElement>("What one of its voters entered in a ballot, the newest first.");
        topics.MapGet("/entries", Entries).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadPage, "entries").ForMachines(TokenScope.Read)
            .Says<JsonElement>("Who said what in a closed ballot whose entries are named, in the order they first entered.");
        topics.MapGet("/page", Page).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadPage).ForMachines(TokenScope.Read).Says<Page>("Contributions before a number.");
        topics.MapGet("/events", Events).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.Export, "events").ForMachines(TokenScope.Export)
            .Says<JsonElement[]>("Events after a number, the oldest first; with the last one's number it goes on, until there are none.");
        topics.MapGet("/contributions/{number:long}/revisions", Revisions).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadRevisions).ForMachines(TokenScope.Read)
            .Says<Revision[]>("What a contribution said before it was written anew.");
        topics.MapGet("/contributions/{number:long}/hidden", Hidden).WithMetadata(new DoorAttribute(Who.ReviewsHidden)).Records(Acts.ReadHidden)
            .Says<HiddenText>("What a hidden contribution says, for its author and those who keep order.");
        topics.MapPost("/commands", Send).WithMetadata(new DoorAttribute(Who.RulesDecide), new RequestSizeLimitAttribute(CommandBytesMax)).Records(Acts.Command).ForMachines(TokenScope.Command)
            .Says<Answer>("Ask the topic for something; the same id does it once.");
        topics.MapGet("/commands/{id:guid}", Done).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadCommand).ForMachines(TokenScope.Command).Says<Answer>("What became of a command.");
    }

    private static async Task<IResult> Open(TopicId topic, ClaimsPrincipal user, Asking asking, CancellationToken stop)
    {
        var opened = await asking.Show(Me(user), topic, stop);
        return opened.Refusal is { } refusal ? Problem(refusal) : Ok(opened) with { Last = opened.Number };
    }

    private static async Task<IResult> Page(TopicId topic, long before, ClaimsPrincipal user, Asking asking, CancellationToken stop)
    {
        var page = await asking.Page(Me(user), topic, before, stop);
        return page.Refusal is { } refusal ? Problem(refusal) : Ok(page) with { First = page.Contributions.FirstOrDefault()?.Number, Last = page.Through, Count = page.Contributions.Length };
    }

    private static async Task<IResult> Entries(TopicId topic, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? after = null) =>
        !int.TryParse(after ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var entered) ? Problem(Refusal.NotA("place in the list"))
        : await asking.RefuseToShow(Me(user), topic, stop) is { } refusal ? Problem(refusal)
        : await rounds.Grains.Topic(topic).More(entered) is { } page ? ListEndpoints.OfList(Json.Decode<Listed<EntryShown>>(page))
        : Problem(Refusal.NotThere);

    private static async Task<IResult> Own(TopicId topic, ClaimsPrincipal user, Asking asking, CancellationToken stop) =>
        await asking.Own(Me(user), topic, stop) is { } own ? Ok(own) : Problem(Refusal.NotThere);

    private static async Task<IResult> OwnBefore(TopicId topic, ClaimsPrincipal user, Asking asking, CancellationToken stop) =>
        await asking.OwnBefore(Me(user), topic, stop) is { } before ? Ok(before) with { Count = before.Length } : Problem(Refusal.NotThere);

    private static async Task<IResult> Events(TopicId topic, ClaimsPrincipal user, Asking asking, CancellationToken stop, long after = 0) =>
        await asking.RefuseToShow(Me(user), topic, stop) is { } refusal ? Problem(refusal) : EventsOf(await asking.Events(topic, after, stop));

    private static JsonAnswer EventsOf(IReadOnlyList<StoredEvent> events)
    {
        using var json = new MemoryStream();
        json.Write("["u8);
        foreach (var stored in events)
        {
            json.Write(json.Length > 1 ? ","u8 : ""u8);
            json.Write(stored.HandedOut());
        }
        json.Write("]"u8);
        return new(json.ToArray()) { First = events is [var first, ..] ? first.Number : null, Last = events is [.., var last] ? last.Number : null, Count = events.Count };
    }

    private static async Task<IResult> Revisions(TopicId topic, long number, ClaimsPrincipal user, Asking asking, CancellationToken stop) =>
        await asking.Revisions(Me(user), topic, number, stop) is { } revisions ? Ok(revisions) : Problem(Refusal.NotThere);

    private static async Task<IResult> Hidden(TopicId topic, long number, ClaimsPrincipal user, Asking asking, CancellationToken stop) =>
        await asking.Hidden(Me(user), topic, number, stop) is { } hidden ? Ok(hidden) with { First = number, Count = hidden.Revisions.Length } : Problem(Refusal.NotThere);

    private static async Task<IResult> Send(TopicId topic, Body<SentCommand> sent, HttpContext http, ClaimsPrincipal user, Asking asking, CancellationToken stop)
    {
        http.Audit().What = CommandName.Of(sent.Value.Command.Bytes);
        var answer = await asking.Send(Me(user), topic, sent.Value.Id, sent.Value.Command.Bytes, stop);
        return answer.Refusal is { } refusal ? Problem(refusal) : Ok(answer) with { IsEvent = !answer.IsUnchanged };
    }

    private static async Task<IResult> Done(TopicId topic, Guid id, ClaimsPrincipal user, Asking asking, CancellationToken stop)
    {
        var answer = await asking.Done(Me(user), topic, id, stop);
        return answer.Refusal is { } refusal ? Problem(refusal) : Ok(answer);
    }

    public static ClinicianId Me(ClaimsPrincipal user) => SignedIn.Person(user) ?? throw new BadHttpRequestException("not signed in", StatusCodes.Status401Unauthorized);

    public static JsonAnswer Ok<T>(T value) => new(Json.Encode(value)) { Count = (value as Array)?.Length };

    public static IResult Problem(Refusal refusal) => Results.Problem(
        refusal.Say, statusCode: StatusOf(refusal.Code), title: refusal.Code, type: "urn:socialqi:refusal:" + refusal.Code);

    private static int StatusOf(string code) => code switch
    {
        "does-not-match" or "token-not-taken" or "needs-code" or "passkey-not-taken" => StatusCodes.Status401Unauthorized,
        "not-there" or "no-such-contribution" or "no-such-event" => StatusCodes.Status404NotFound,
        "not-allowed" or "beyond-scope" or "seen-in-an-emergency" or "machines-attest-nothing" or "needs-https" or "not-your-contribution" or "not-a-member" or "not-a-moderator" or "muted" or "another-looks" => StatusCodes.Status403Forbidden,
        "already-there" or "command-id-reused" or "case-closed" or "last-way-in" => StatusCodes.Status409Conflict,
        "busy" or "slow-down" or "too-many-connections" => StatusCodes.Status429TooManyRequests,
        "storage-full" => StatusCodes.Status507InsufficientStorage,
        "not-now" or "not-audited" or "outcome-unknown" or "provider-down" => StatusCodes.Status503ServiceUnavailable,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>JSON as the answer, and what the audit says of it.</summary>
internal sealed record JsonAnswer(byte[] Bytes) : IResult
{
    /// <summary>The first number of a topic that it tells.</summary>
    public long? First { get; init; }

    /// <summary>The last one.</summary>
    public long? Last { get; init; }

    /// <summary>How many lines it has.</summary>
    public long? Count { get; init; }

    /// <summary>Whether an event stands in the journal for it, which is its record.</summary>
    public bool IsEvent { get; init; }

    public Task ExecuteAsync(HttpContext httpContext) => Results.Bytes(Bytes, "application/json").ExecuteAsync(httpContext);
}

/// <summary>A command with the id that its client made.</summary>
internal sealed record SentCommand(Guid Id, UnreadJson Command);
