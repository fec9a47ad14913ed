using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Storage.Sql;
using SocialQI.Wire;

namespace SocialQI.Server.Terminology;

/// <summary>Type-ahead for whoever is signed in, and the operator's terminologies.</summary>
internal static class TerminologyEndpoints
{
    private const int TakeUsual = 8;
    private const int NameLengthMax = 120;

    private static readonly Refusal TooLarge = new("too-large", $"The file is larger than {TerminologyFile.LengthMax / 1024 / 1024} MB.");
    private static readonly Refusal NotReady = new("not-now", "The list of conditions is being read. Try again in a moment; free text is kept as it is.");
    private static readonly Refusal NoVersion = new("no-version", "The file does not say its version. Name it with --version.");
    private static readonly Refusal NoSuchVersion = new("no-such-version", "There is no such version of this code system. See terminology list.");
    private static readonly Refusal NotYours = new("reserved-name", $"The name {StarterList.System} belongs to the list that comes with the product. Name another with --system.");
    private static readonly Refusal OtherContent = new("other-content", "This version is there already, with other content. Load it with --replace to put this in its place.");

    public static void MapTerminologies(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/conditions", Conditions).RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).RecordsNothing().ForMachines(TokenScope.Read).WithTags("Lists")
            .Says<ConditionLine[]>("Conditions whose code, name, synonym or abbreviation begins like a text, or nearly; the best first.");
        var operators = app.MapGroup("/api/terminologies").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).ExcludeFromDescription();
        operators.MapGet("/", List).Records(Acts.Operate, "list-terminologies");
        operators.MapPost("/", Load).RecordsAround(Acts.Operate, "load-terminology").RequireRateLimiting(Limits.Import).WithMetadata(new RequestSizeLimitAttribute(TerminologyFile.LengthMax));
        operators.MapPost("/current", Choose).RecordsAround(Acts.Operate, "choose-terminology");
    }

    private static IResult Conditions(Terms terms, [FromQuery] string? q = null, int take = TakeUsual) =>
        q?.Length > ConditionLine.QueryLengthMax ? ApiEndpoints.Problem(Refusal.TooLong("condition", ConditionLine.QueryLengthMax))
        : terms.Index is not { } index ? ApiEndpoints.Problem(NotReady)
        : ApiEndpoints.Ok<ConditionLine[]>([.. index.Find(q ?? "", Math.Clamp(take, 1, ConditionLine.TakeMax))]);

    private static async Task<IResult> List(Stores stores, CancellationToken stop) =>
        Results.Json((await stores.Default.Terminologies.Versions(stop)).Select(v => new TerminologyLine(v.System, v.Version, v.Concepts, v.Loaded.Time, v.IsCurrent)));

    private static async Task<IResult> Choose(Stores stores, CancellationToken stop, [FromQuery] string? system = null, [FromQuery] string? version = null) =>
        await stores.Default.Terminologies.Choose(system ?? "", version ?? "", stop) ? Results.NoContent() : ApiEndpoints.Problem(NoSuchVersion);

    private static async Task<IResult> Load(
        HttpContext http, Stores stores, CancellationToken stop,
        [FromQuery] string? system = null, [FromQuery] string? version = null, [FromQuery] string? current = null, [FromQuery] bool replace = false)
    {
        try
        {
            var content = await TerminologyFile.Read(http.Request.Body, stop);
            var load = new TerminologyLoad(system ?? content.System ?? "", version ?? content.Version ?? "", content.Concepts, current, replace);
            return Refuse(load) is { } refusal ? ApiEndpoints.Problem(refusal) : await Keep(http, stores.Default.Terminologies, load, content, stop);
        }
        catch (TerminologyRefusedException e)
        {
            // Who still sends would otherwise lose the connection before reading why.
            await http.Request.Body.CopyToAsync(Stream.Null, stop);
            return ApiEndpoints.Problem(e.Refusal);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiEndpoints.Problem(TooLarge);
        }
    }

    private static Refusal? Refuse(TerminologyLoad load) =>
        load.System == StarterList.System ? NotYours
        : load.Version.Length == 0 ? NoVersion
        : PlainText.RefuseLine("system's name", load.System, NameLengthMax) ?? PlainText.RefuseLine("version", load.Version, NameLengthMax);

    // The answer begins with the first piece written: what is refused before that is an ordinary refusal.
    private static async Task<IResult> Keep(HttpContext http, Terminologies terminologies, TerminologyLoad load, TerminologyContent content, CancellationToken stop)
    {
        var outcome = default(LoadOutcome);
        try
        {
            outcome = await terminologies.Load(load, written => Tell(http, new LoadLine(written, load.Concepts.Count), stop), stop);
        }
        catch (StorageFullException) when (http.Response.HasStarted)
        {
            await Tell(http, new LoadLine(0, load.Concepts.Count, Refusal: Refusal.StorageFull), stop);
            return Results.Empty;
        }
        catch (Exception e) when (http.Response.HasStarted && Outages.IsOutage(e))
        {
            await Tell(http, new LoadLine(0, load.Concepts.Count, Refusal: Refusal.NotNow), stop);
            return Results.Empty;
        }
        var refusal = outcome switch { LoadOutcome.OtherContent => OtherContent, LoadOutcome.NoSuchCurrent => NoSuchVersion, _ => null };
        if (refusal is not null && !http.Response.HasStarted)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var now = (await terminologies.Versions(stop)).FirstOrDefault(v => v.System == load.System && v.IsCurrent)?.Version ?? "";
        var report = new LoadReport(
            outcome.ToString().ToLowerInvariant(), load.System, load.Version, now, content.Concepts.Count, content.Headings,
            content.Bad.What, content.Bad.Count, content.Bad.Kept);
        await Tell(http, new LoadLine(load.Concepts.Count, load.Concepts.Count, refusal is null ? report : null, refusal), stop);
        return Results.Empty;
    }

    private static async Task Tell(HttpContext http, LoadLine line, CancellationToken stop)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "application/x-ndjson";
        }
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web), stop);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), stop);
        await http.Response.Body.FlushAsync(stop);
    }
}
