using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Server.Api;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>Who did what at an institution, for its privacy officers: in pages, as a table for a spreadsheet, and as FHIR. To read it is an act like any other.</summary>
internal static class AuditEndpoints
{
    /// <summary>What is taken out at once. More than that is taken out in parts, by time.</summary>
    public const int ExportMax = 10_000;

    private const int TakeMax = 200;
    private const int ExportedAtOnce = 1_000;

    private static readonly Refusal TooMuch = new("too-many", $"These are more than {ExportMax:n0} acts. Take them out in parts: choose a shorter time, or one person.");

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api/institutions/{institution}/audit").RequireAuthorization().WithMetadata(new DoorAttribute(Who.KeepsPrivacy)).WithTags("Audit");
        audit.MapGet("/", Read).Records(Acts.ReadAudit, "page").Says<Listed<AuditLine>>("Who did what: in the name of the institution or about its topics, the newest first.");
        audit.MapGet("/csv", Csv).Records(Acts.ExportAudit, "csv").WithSummary("The same as a table.");
        audit.MapGet("/fhir", Fhir).Records(Acts.ExportAudit, "fhir").WithSummary("The same as a FHIR R4 Bundle of AuditEvents.");
    }

    private static async Task<IResult> Read(
        InstitutionId institution, [AsParameters] AuditAsked asked, ClaimsPrincipal user, Rounds rounds, CancellationToken stop, string? after = null, int take = 50) =>
        await Refuse(institution, asked, user, rounds, stop) is { } refusal
            ? ApiEndpoints.Problem(refusal)
            : ListEndpoints.OfList(await rounds.Stores.Default.Acts.Read(ApiEndpoints.Me(user), institution, asked.Filter, new(after, Math.Clamp(take, 1, TakeMax)), stop));

    private static Task<IResult> Csv(InstitutionId institution, [AsParameters] AuditAsked asked, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        Export(institution, asked, user, rounds, (lines, names) => new(AuditCsv.Of(lines, names), Api.Csv.Type, "audit.csv", lines.Count), stop);

    private static Task<IResult> Fhir(InstitutionId institution, [AsParameters] AuditAsked asked, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        Export(institution, asked, user, rounds, (lines, names) => new(AuditFhir.Of(lines, names, institution, rounds.Passports.Now), "application/fhir+json", "audit.json", lines.Count), stop);

    private static async Task<IResult> Export(
        InstitutionId institution, AuditAsked asked, ClaimsPrincipal user, Rounds rounds,
        Func<IReadOnlyList<AuditLine>, IReadOnlyDictionary<string, string>, Exported> write, CancellationToken stop)
    {
        if (await Refuse(institution, asked, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var lines = new List<AuditLine>();
        string? after = null;
        do
        {
            var page = await rounds.Stores.Default.Acts.Read(ApiEndpoints.Me(user), institution, asked.Filter, new(after, ExportedAtOnce), stop);
            lines.AddRange(page.Lines);
            after = page.Next;
        }
        while (after is not null && lines.Count <= ExportMax);
        return lines.Count > ExportMax ? ApiEndpoints.Problem(TooMuch) : write(lines, await Names(ApiEndpoints.Me(user), lines, rounds.Tables, stop));
    }

    // By the id that stands in the lines.
    private static async Task<IReadOnlyDictionary<string, string>> Names(ClinicianId reader, List<AuditLine> lines, ITables tables, CancellationToken stop)
    {
        var names = new Dictionary<string, string>();
        var people = lines.Select(l => l.Who).Distinct().Select(who => ClinicianId.TryParse(who, out var person) ? person : default).Where(p => p != default);
        foreach (var some in people.Chunk(TakeMax))
        {
            foreach (var entry in await tables.Directory(reader, some.ToImmutableArray(), stop))
            {
                names[entry.Id.ToString()] = entry.Name;
            }
        }
        return names;
    }

    private static async Task<Refusal?> Refuse(InstitutionId institution, AuditAsked asked, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        await rounds.Passports.Of(ApiEndpoints.Me(user), stop) is not { } passport ? Refusal.NotNow
        : !Access.MayReadAudit(passport, institution, rounds.Passports.Now) ? Refusal.NotAllowed
        : asked.Act?.Length > AuditFilter.ActLengthMax ? Refusal.TooLong("act", AuditFilter.ActLengthMax)
        : null;
}

/// <summary>Which acts, as an address says it.</summary>
internal sealed record AuditAsked(
    [FromQuery] ClinicianId? Person = null, [FromQuery] TopicId? Topic = null, [FromQuery] string? Act = null, [FromQuery] long? From = null, [FromQuery] long? Until = null,
    [FromQuery] AuditResult? Result = null, [FromQuery] bool Flagged = false)
{
    public AuditFilter Filter => new(Person, Topic, string.IsNullOrEmpty(Act) ? null : Act, Of(From), Of(Until), Result, Flagged);

    private static Moment? Of(long? micros) => micros is { } at ? new Moment(at) : null;
}

/// <summary>A file to keep, with how many acts it has.</summary>
internal sealed record Exported(byte[] Bytes, string Type, string Name, int Count) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Results.File(Bytes, Type, Name).ExecuteAsync(httpContext);
}
