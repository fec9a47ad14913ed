using System.Security.Claims;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Machines;

/// <summary>
/// Tokens by which machines ask, made by an institution's administrators. Each acts as an account of its own, registered with it as a service of the
/// institution until the token expires: what it may see and do, and what is recorded of it, follows from that as it does for people.
/// </summary>
internal static class TokenEndpoints
{
    private const string Specialty = "Service";

    private static readonly Refusal NoScope = new("no-scope", "Say what the token may ask: at least one of read, command, import, export.");

    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/institutions/{institution}/tokens").RequireAuthorization().WithMetadata(new DoorAttribute(Who.Administers)).WithTags("Administration");
        tokens.MapGet("/", List).RecordsFirst(Acts.ReadList, "tokens").Says<TokenLine[]>("The tokens of your institution's machines, the newest first.");
        tokens.MapPost("/", Make).RecordsAround(Acts.Administer, "make-token").Says<MadeToken>("A token for a machine; it is told this once.");
        tokens.MapDelete("/{id:guid}", End).RecordsAround(Acts.Administer, "end-token").WithSummary("A token lets nobody in any more.");
    }

    private static async Task<IResult> List(InstitutionId institution, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal ? ApiEndpoints.Problem(refusal)
        : ApiEndpoints.Ok<TokenLine[]>([.. (await rounds.Stores.Default.Tokens.Of(institution, stop)).Select(LineOf)]);

    private static async Task<IResult> Make(InstitutionId institution, Body<NewToken> body, ClaimsPrincipal user, Rounds rounds, CancellationToken stop)
    {
        if (await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var asked = body.Value;
        if (Refuse(asked) is { } malformed)
        {
            return ApiEndpoints.Problem(malformed);
        }
        var (id, now) = (Guid.NewGuid(), rounds.Passports.Now);
        var service = new ClinicianId(DerivedId.Of("service", id));
        var token = new MachineToken(
            id, institution, service, asked.Purpose, string.Join(',', asked.Scopes.Distinct()), ApiEndpoints.Me(user), now, now + TimeSpan.FromDays(asked.Days));
        var (secret, digest) = MachineGate.New(id);
        if (!await rounds.Stores.Default.Tokens.Keep(token, digest, stop))
        {
            return ApiEndpoints.Problem(Refusal.TooMany("tokens that last", MachineTokens.LastingMax));
        }
        // Until it is affiliated the token opens nothing; if this breaks off, nobody was told it.
        if (await Affiliate(token, user, rounds, stop) is { } no)
        {
            await rounds.Stores.Default.Tokens.End(id, institution, stop);
            return ApiEndpoints.Problem(no);
        }
        return ApiEndpoints.Ok(new MadeToken(LineOf(token), secret));
    }

    private static async Task<IResult> End(InstitutionId institution, Guid id, ClaimsPrincipal user, Rounds rounds, CancellationToken stop)
    {
        if (await AdministrationEndpoints.Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        if (await rounds.Stores.Default.Tokens.Find(id, stop) is not var (token, _) || token.Institution != institution)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        var ended = await rounds.Stores.Default.Tokens.End(id, institution, stop);
        // Whoever asks again has this done too, if it was not; who is out already stays so.
        var passport = await rounds.Passports.Read(ApiEndpoints.Me(user), stop);
        var left = await rounds.Grains.Ask(token.Service.Topic, DerivedId.Of("end-service", id), new EndAffiliation(institution), passport, rounds.Passports.Now);
        return ended || left.Refusal is null ? Results.NoContent() : ApiEndpoints.Problem(Refusal.NotThere);
    }

    private static async Task<Refusal?> Affiliate(MachineToken token, ClaimsPrincipal user, Rounds rounds, CancellationToken stop)
    {
        var passport = await rounds.Passports.Read(ApiEndpoints.Me(user), stop);
        var register = new RegisterClinician(token.Purpose, Specialty, Grade.Other, token.Institution, InstitutionRole.Service);
        var until = new GrantAffiliation(token.Institution, InstitutionRole.Service, token.Made, token.Expires);
        return (await rounds.Grains.Ask(token.Service.Topic, DerivedId.Of("service", token.Id), register, passport, rounds.Passports.Now)).Refusal
            ?? (await rounds.Grains.Ask(token.Service.Topic, DerivedId.Of("service-until", token.Id), until, passport, rounds.Passports.Now)).Refusal;
    }

    private static Refusal? Refuse(NewToken asked) =>
        PlainText.RefuseLine("purpose", asked.Purpose, ClinicianState.NameLengthMax)
        ?? (asked.Scopes.OrEmpty().IsEmpty || !asked.Scopes.All(Enum.IsDefined) ? NoScope : null)
        ?? (asked.Days is < 1 or > NewToken.DaysMax ? Refusal.OutOfRange("days", 1, NewToken.DaysMax) : null);

    private static TokenLine LineOf(MachineToken token) => new(
        token.Id, token.Service, token.Purpose, [.. MachineGate.Scopes(token)], token.MadeBy, token.Made, token.Expires, token.Used, token.Ended);
}
