using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
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
    public static void MapImport(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/import", Import).AllowAnonymous().WithMetadata(new DoorAttribute(Who.RulesDecide)).RequireRateLimiting(Limits.Import)
            .WithTags("Import").WithSummary("A FHIR R4 bundle becomes a draft case. Signed in, or with the operator's key and ?as=USER.");

    private static async Task<IResult> Import(
        HttpContext http, ClaimsPrincipal user, OperatorKey key, Accounts accounts, Rounds rounds, CancellationToken stop, string? @as = null)
    {
        var person = @as is not null && key.Is(http.Request) ? await accounts.Find(@as, stop) : SignedIn.Person(user);
        if (person is not { } author || await rounds.Passports.Read(author, stop) is not { } passport)
        {
            return Results.Problem("There is no such user, or nobody is signed in.", statusCode: StatusCodes.Status401Unauthorized);
        }
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
