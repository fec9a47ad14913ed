using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Cases;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Gateway;
using SocialQI.Server.SignIn;

namespace SocialQI.Server.Import;

/// <summary>What became of an import.</summary>
/// <param name="Topic">The draft.</param>
/// <param name="Title">Its title.</param>
/// <param name="Facts">How many days have a fact.</param>
/// <param name="Taken">By FHIR resource type.</param>
/// <param name="LeftOut">By kind.</param>
internal sealed record Imported(
    TopicId Topic, string Title, int Facts, IReadOnlyDictionary<string, int> Taken, IReadOnlyDictionary<string, int> LeftOut);

/// <summary>Makes a draft case of a FHIR bundle: by its author, or by the operator in an author's name.</summary>
internal static class ImportEndpoint
{
    private static readonly Refusal NoSuchUser = new("no-such-user", "There is no such user.");

    // A little more than a bundle may have, so that one which has too much is refused by name.
    private const int BodyBytesMax = BundleBytes.LengthMax + (1024 * 1024);

    public static void MapImport(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api").RequireRateLimiting(Limits.Import).WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax)).WithTags("Import");
        imports.MapPost("/import", ImportOwn).RequireAuthorization().WithMetadata(new DoorAttribute(Who.RulesDecide))
            .WithSummary("A FHIR R4 bundle becomes a draft case of who is signed in.");
        imports.MapPost("/import-as", ImportAs).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).ExcludeFromDescription();
    }

    private static Task<IResult> ImportOwn(HttpContext http, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        Import(http, ApiEndpoints.Me(user), rounds, stop);

    private static async Task<IResult> ImportAs(HttpContext http, string user, Accounts accounts, Rounds rounds, CancellationToken stop) =>
        await accounts.Find(user, stop) is { } author ? await Import(http, author, rounds, stop) : ApiEndpoints.Problem(NoSuchUser);

    private static async Task<IResult> Import(HttpContext http, ClinicianId author, Rounds rounds, CancellationToken stop)
    {
        var passport = await rounds.Passports.Read(author, stop);
        if (passport.ActingAt(rounds.Passports.Now) is not { } home)
        {
            return ApiEndpoints.Problem(Refusal.NoAffiliation);
        }
        return await BundleReader.Read(http.Request.Body, http.Request.ContentLength, stop) switch
        {
            ImportResult.Refused refused => ApiEndpoints.Problem(new Refusal(refused.Refusal.Code, refused.Refusal.Message)),
            ImportResult.Drafted drafted => await Keep(drafted.Case, TopicId.Case(home, Guid.CreateVersion7()), passport, rounds),
            _ => Results.StatusCode(StatusCodes.Status500InternalServerError),
        };
    }

    private static async Task<IResult> Keep(ImportedCase imported, TopicId topic, Passport passport, Rounds rounds)
    {
        var condition = imported.Condition is { } coded && Condition.IsCode(coded.Code) ? new Condition(coded.Code, coded.Text) : null;
        ImmutableArray<Section> sections = [.. imported.Sections.Select(s => new Section(Enum.Parse<SectionKind>(s.Key, ignoreCase: true), s.Value))];
        IEnumerable<Command> commands =
        [
            new StartCase(imported.Title, "What is the question this case should answer?", condition, sections),
            .. imported.Facts.Select(f => new AddFact(f.Day, f.Text)),
        ];
        foreach (var (command, index) in commands.Select((command, index) => (command, index)))
        {
            var id = DerivedId.Of(topic, index.ToString(CultureInfo.InvariantCulture));
            if ((await rounds.Grains.Ask(topic, id, command, passport, rounds.Passports.Now)).Refusal is { } refusal)
            {
                return ApiEndpoints.Problem(refusal);
            }
        }
        return Results.Json(new Imported(topic, imported.Title, imported.Facts.Count, imported.Report.Taken, imported.Report.LeftOut));
    }
}
