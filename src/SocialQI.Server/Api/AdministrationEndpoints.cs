using System.Security.Claims;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>What an institution's administrators do that is no command to a topic: see its people with their roles, and give somebody new an account.</summary>
internal static class AdministrationEndpoints
{
    private const int TakeMax = 200;

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/institutions/{institution}/people").RequireAuthorization().WithMetadata(new DoorAttribute(Who.Administers)).WithTags("Administration");
        people.MapGet("/", Staff).RecordsFirst(Acts.ReadList, "staff").Says<Listed<StaffLine>>("People of your institution with their roles, by name.");
        people.MapPost("/{person}/link", NewLink).RecordsAround(Acts.Administer, "new-link").Says<Registered>("Somebody of yours chooses a new password by a link that is told this once.");
        people.MapPost("/", Register).RecordsAround(Acts.Administer, "register-person").Says<Registered>("Somebody new: registered, with an account; the link by which they choose their password is told this once.");
    }

    private static async Task<IResult> Staff(
        InstitutionId institution, ClaimsPrincipal user, Rounds rounds, CancellationToken stop, string? name = null, string? after = null, int take = 50)
    {
        if (await Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        if (name?.Length > ClinicianState.NameLengthMax)
        {
            return ApiEndpoints.Problem(Refusal.TooLong("name", ClinicianState.NameLengthMax));
        }
        var page = await rounds.Tables.People(ApiEndpoints.Me(user), new(name, Institution: institution), new PageAsked(after, Math.Clamp(take, 1, TakeMax)), stop);
        var closed = await rounds.Stores.Default.Sessions.ClosedFor(institution, [.. page.Lines.Select(p => p.Id)], stop);
        var lines = new List<StaffLine>();
        foreach (var person in page.Lines)
        {
            var passport = await rounds.Tables.Passport(person.Id, stop);
            // Who left between the two readings is not there any more.
            if (passport.Affiliations.FirstOrDefault(a => a.Institution == institution) is { } held)
            {
                lines.Add(new(person.Id, held.Role, held.From, held.Until, person)
                {
                    Designated = passport.Designated.OrEmpty().Contains(institution),
                    SignInClosed = closed.Contains(person.Id),
                });
            }
        }
        return ListEndpoints.OfList(new Listed<StaffLine>([.. lines], page.Next, page.Refusal));
    }

    private static async Task<IResult> Register(
        InstitutionId institution, Body<NewPerson> body, ClaimsPrincipal user, Rounds rounds, LocalAccounts accounts, OneTimeLinks links, CancellationToken stop)
    {
        // Before anything is told of who has an account.
        if (await Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var somebody = body.Value with { User = LocalAccounts.Normal(body.Value.User) };
        if (PlainText.RefuseLine("sign-in name", somebody.User, LocalAccounts.UserLengthMax) is { } malformed)
        {
            return ApiEndpoints.Problem(malformed);
        }
        if (await accounts.Find(somebody.User) is not null)
        {
            return ApiEndpoints.Problem(Refusals.UserTaken);
        }
        // The id follows from the sign-in name: two who give it away at once meet in one topic, and one of them is refused; what was interrupted
        // before the account was kept is done to its end by asking the same again.
        var id = DerivedId.Of("account", somebody.User);
        var person = new ClinicianId(id);
        var register = new RegisterClinician(somebody.Name, somebody.Specialty, somebody.Grade, institution, somebody.Role);
        var passport = await rounds.Passports.Read(ApiEndpoints.Me(user), stop);
        if ((await rounds.Grains.Ask(person.Topic, id, register, passport, rounds.Passports.Now)).Refusal is { } no)
        {
            return ApiEndpoints.Problem(no.Code == Refusal.CommandIdReused.Code ? Refusals.UserTaken : no);
        }
        await accounts.Keep(new(somebody.User, person, institution), password: null);
        return ApiEndpoints.Ok(new Registered(person, somebody.User, await links.Make(OneTimeLinks.Password, somebody.User, stop)));
    }

    private static async Task<IResult> NewLink(
        InstitutionId institution, ClinicianId person, ClaimsPrincipal user, Rounds rounds, LocalAccounts accounts, OneTimeLinks links, CancellationToken stop)
    {
        if (await Refuse(institution, user, rounds, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        // Only the institution that answers for an account says who may come in by it.
        return await accounts.Of(person, stop) is { } account && account.Institution == institution
            ? ApiEndpoints.Ok(new Registered(person, account.User, await links.Make(OneTimeLinks.Password, account.User, stop)))
            : ApiEndpoints.Problem(Refusal.NotThere);
    }

    /// <summary>Why somebody does not administer an institution; null when they do.</summary>
    public static async Task<Refusal?> Refuse(InstitutionId institution, ClaimsPrincipal user, Rounds rounds, CancellationToken stop) =>
        await rounds.Passports.Of(ApiEndpoints.Me(user), stop) is not { } passport ? Refusal.NotNow
        : passport.RoleAt(institution, rounds.Passports.Now) == InstitutionRole.Administrator ? null
        : Refusal.NotAllowed;
}
