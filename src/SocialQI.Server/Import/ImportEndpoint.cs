using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Wire;

namespace SocialQI.Server.Import;

/// <summary>
/// Makes a draft case of a FHIR bundle: by its author, or by the operator in an author's name. With <c>review=true</c> it makes nothing, and answers with
/// the command that would; how far it is comes in <see cref="ImportStep"/>s.
/// </summary>
internal static class ImportEndpoint
{
    private static readonly Refusal NoSuchUser = new("no-such-user", "There is no such user.");
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(200);

    // A little more than a bundle may have, so that one which has too much is refused by name.
    private const int BodyBytesMax = BundleBytes.LengthMax + (1024 * 1024);

    public static void MapImport(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api").RequireRateLimiting(Limits.Import).WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax)).WithTags("Import");
        imports.MapPost("/import", ImportOwn).RequireAuthorization().WithMetadata(new DoorAttribute(Who.RulesDecide)).Records(Acts.Import).ForMachines(TokenScope.Import)
            .WithSummary("A FHIR R4 bundle becomes a draft case of who is signed in; with review=true, only what would become of it is told.");
        imports.MapPost("/import-as", ImportAs).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsAround(Acts.Operate, "import").ExcludeFromDescription();
    }

    private static Task<IResult> ImportOwn(HttpContext http, ClaimsPrincipal user, Rounds rounds, CancellationToken stop, bool review = false) =>
        Import(http, ApiEndpoints.Me(user), review, rounds, stop);

    private static async Task<IResult> ImportAs(HttpContext http, string user, LocalAccounts accounts, Rounds rounds, CancellationToken stop) =>
        await accounts.Find(user) is { Person: var author } ? await Import(http, author, review: false, rounds, stop) : ApiEndpoints.Problem(NoSuchUser);

    private static async Task<IResult> Import(HttpContext http, ClinicianId author, bool review, Rounds rounds, CancellationToken stop)
    {
        http.Audit().What ??= review ? "review" : "draft";
        var passport = await rounds.Passports.Read(author, stop);
        if (passport.ActingAt(rounds.Passports.Now) is not { } home)
        {
            return ApiEndpoints.Problem(Refusal.NoAffiliation);
        }
        var (json, unread) = await BundleBytes.Read(http.Request.Body, http.Request.ContentLength, stop);
        if (unread is not null)
        {
            return ApiEndpoints.Problem(Said(unread));
        }
        var topic = TopicId.Case(home, Guid.CreateVersion7());
        return review
            ? Results.Stream(answer => Tell(answer, json, topic, stop), "application/x-ndjson")
            : BundleReader.Read(json, (_, _) => { }, stop) switch
            {
                ImportResult.Drafted drafted => await Keep(Review.Of(drafted.Case, topic), passport, rounds),
                ImportResult.Refused refused => ApiEndpoints.Problem(Said(refused.Refusal)),
                _ => Results.StatusCode(StatusCodes.Status500InternalServerError),
            };
    }

    // All of it is one command: what cannot be kept whole leaves nothing.
    private static async Task<IResult> Keep(Imported imported, Passport passport, Rounds rounds)
    {
        var id = DerivedId.Of(imported.Topic, "import");
        var answer = await rounds.Grains.Ask(imported.Topic, id, imported.Draft!, passport, rounds.Passports.Now);
        return answer.Refusal is { } refusal ? ApiEndpoints.Problem(refusal) : ApiEndpoints.Ok(imported with { Draft = null }) with { IsEvent = true };
    }

    private static async Task Tell(Stream answer, ReadOnlyMemory<byte> json, TopicId topic, CancellationToken stop)
    {
        var (read, of) = (0, 0);
        var reading = Task.Run(() => BundleReader.Read(json, (n, all) => (read, of) = (n, all), stop), stop);
        while (await Task.WhenAny(reading, Task.Delay(BetweenSteps, stop)) != reading)
        {
            await Write(answer, new(read, of), stop);
        }
        await Write(answer, await reading switch
        {
            ImportResult.Drafted drafted => new ImportStep(of, of, Review.Of(drafted.Case, topic)),
            ImportResult.Refused refused => new ImportStep(read, of, Refusal: Said(refused.Refusal)),
            _ => new ImportStep(read, of, Refusal: Refusal.OutcomeUnknown),
        }, stop);
    }

    private static async Task Write(Stream answer, ImportStep step, CancellationToken stop)
    {
        await answer.WriteAsync(Json.Encode(step), stop);
        await answer.WriteAsync("\n"u8.ToArray(), stop);
        await answer.FlushAsync(stop);
    }

    private static Refusal Said(ImportRefusal refusal) => new(refusal.Code, refusal.Message);
}
