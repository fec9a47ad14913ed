using System.CommandLine;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;

namespace SocialQI.Server.Operate;

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
        app.MapPost("/api/setup", Run).AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsAround(Acts.Operate, "setup").ExcludeFromDescription();

    private static async Task<IResult> Run(Body<Setup> body, Founding founding, CancellationToken stop) =>
        await founding.Run(body.Value, stop) is { } refusal ? ApiEndpoints.Problem(refusal) : Results.NoContent();
}
