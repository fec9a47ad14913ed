using System.CommandLine;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Institutions;
using SocialQI.Server.Api;
using SocialQI.Server.SignIn;
using SocialQI.Storage;

namespace SocialQI.Server.Operate;

/// <summary>An institution with its first administrator.</summary>
internal sealed record Setup(InstitutionId Institution, string InstitutionName, string User, string Name, string Password);

/// <summary><c>setup</c>: an empty service gets its first institution and administrator, who makes everything else.</summary>
[Door(Who.Operator)]
internal static class SetupVerb
{
    public static System.CommandLine.Command Make()
    {
        var id = new Argument<string>("INSTITUTION") { Description = "A short name, as in north-harbour." };
        var called = new Option<string>("--called") { Description = "The institution's name.", Required = true };
        var user = new Option<string>("--user") { Description = "The administrator's sign-in name.", Required = true };
        var name = new Option<string>("--name") { Description = "The administrator's name.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        var verb = new System.CommandLine.Command("setup", "Found an institution with its first administrator; the password is read from standard input. The service must be running.")
        {
            id, called, user, name, data,
        };
        verb.SetAction(async (parsed, stop) =>
        {
            if (!InstitutionId.TryParse(parsed.GetValue(id), out var institution))
            {
                return OperatorClient.Fail("The institution's short name is 2 to 32 of a-z, 0-9 and -.");
            }
            await Console.Out.WriteAsync("Password: ");
            var password = await Console.In.ReadLineAsync(stop) ?? "";
            var setup = new Setup(institution, parsed.GetValue(called)!, parsed.GetValue(user)!, parsed.GetValue(name)!, password);
            return await OperatorClient.Call(parsed.GetValue(data)!, async http =>
            {
                using var response = await http.PostAsJsonAsync(new Uri("api/setup", UriKind.Relative), setup, stop);
                return response.IsSuccessStatusCode ? 0 : await OperatorClient.Fail(response, stop);
            });
        });
        return verb;
    }

    public static void MapOperate(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/setup", Run).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).ExcludeFromDescription();

    private static async Task<IResult> Run(
        Body<Setup> body, Accounts accounts, Stores stores, IGrainFactory grains, TimeProvider clock, CancellationToken stop)
    {
        var setup = body.Value;
        if (Accounts.Refuse(setup.Password) is { } tooShort)
        {
            return ApiEndpoints.Problem(tooShort);
        }
        if (setup.User.Trim().Length is 0 or > Accounts.UserLengthMax)
        {
            return ApiEndpoints.Problem(Refusal.OutOfRange("user name's length", 1, Accounts.UserLengthMax));
        }
        if (await accounts.Find(setup.User, stop) is not null)
        {
            return ApiEndpoints.Problem(Refusal.AlreadyThere);
        }
        // All ids are derived, so that what was refused or interrupted half-way is done to its end by asking again.
        var id = DerivedId.Of("setup", setup.Institution, setup.User);
        var person = new ClinicianId(id);
        var now = Moment.Of(clock.GetUtcNow());
        var isFounded = await stores.Default.Journal.Done(setup.Institution.Topic, id, stop) is not null;
        if (!isFounded && (await grains.Ask(setup.Institution.Topic, id, new FoundInstitution(setup.InstitutionName), Passport.OfOperator, now)).Refusal is { } no)
        {
            return ApiEndpoints.Problem(no);
        }
        var register = new RegisterClinician(setup.Name, "Administration", Grade.Other, setup.Institution, InstitutionRole.Administrator);
        var registered = await grains.Ask(person.Topic, id, register, Passport.OfOperator, now);
        if (registered.Refusal is { } refused)
        {
            return ApiEndpoints.Problem(refused);
        }
        await accounts.Keep(new(setup.User, person, setup.Institution), setup.Password, stop);
        return Results.NoContent();
    }
}
