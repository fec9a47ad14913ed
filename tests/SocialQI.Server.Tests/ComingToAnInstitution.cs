using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Every address that takes an institution, for every role there and elsewhere: who is not of the rule's role is refused alike, whether or not there is such an institution.</summary>
public sealed class ComingToAnInstitution(TheService service)
{
    // What each is asked with, so that it is not the form that is refused.
    private static readonly Dictionary<string, string?> Bodies = new()
    {
        ["GET /people/"] = null,
        ["POST /people/"] = """{"user":"USER","name":"Noor","specialty":"Nephrology","grade":"fellow","role":"clinician"}""",
        ["POST /people/{person}/link"] = "{}",
        ["PUT /people/{person}/sign-in"] = """{"closed":false}""",
        ["GET /tokens/"] = null,
        ["POST /tokens/"] = """{"purpose":"A registry","scopes":["read"],"days":1}""",
        ["DELETE /tokens/{id:guid}"] = null,
        ["GET /providers/"] = null,
        ["PUT /providers/{id:guid}"] = """{"name":"Ward","issuer":"https://idp.example","client":"rounds","isOn":false,"mapping":{"specialty":{"otherwise":"Medicine","meanings":[]},"grade":{"otherwise":"fellow","meanings":[]},"role":{"otherwise":"clinician","meanings":[]}}}""",
        ["GET /audit/"] = null,
        ["GET /audit/csv"] = null,
        ["GET /audit/fhir"] = null,
    };

    private const string Institutions = "/api/institutions/{institution}";

    private IEnumerable<RouteEndpoint> Endpoints => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(Takes);

    [Fact]
    public void Has_a_row_for_every_address_that_takes_one() => Assert.Equal(Bodies.Keys.Order(), Endpoints.SelectMany(Addresses).Order());

    [Fact]
    public void Without_a_row_an_address_is_caught() => Assert.Equal(
        ["GET /guilty"],
        Addresses(new(_ => Task.CompletedTask, RoutePatternFactory.Parse(Institutions + "/guilty"), 0, new(new HttpMethodMetadata(["GET"])), null)).Except(Bodies.Keys));

    [Fact]
    public async Task Is_for_the_role_of_the_rule_there_and_for_nobody_else()
    {
        var (cells, faults) = (0, new List<string>());
        foreach (var role in Enum.GetValues<InstitutionRole>())
        {
            foreach (var home in (InstitutionId[])[TheService.NorthHarbour, TheService.Thornmere])
            {
                using var http = service.Client(await service.Register(home, role));
                foreach (var endpoint in Endpoints)
                {
                    foreach (var address in Addresses(endpoint))
                    {
                        cells++;
                        faults.AddRange(await Faults(http, endpoint, address, home == TheService.NorthHarbour ? role : null, $"{address} as {role} of {home}"));
                    }
                }
            }
        }
        Figures.Tell("access.institution.cells", cells, "cells");
        Figures.Tell("access.institution.unexpected", faults.Count, "cells");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task<IEnumerable<string>> Faults(HttpClient http, RouteEndpoint endpoint, string address, InstitutionRole? roleThere, string what)
    {
        var may = endpoint.Metadata.GetMetadata<DoorAttribute>()!.Who switch
        {
            Who.Administers => roleThere == InstitutionRole.Administrator,
            Who.KeepsPrivacy => roleThere == InstitutionRole.PrivacyOfficer,
            _ => throw new InvalidOperationException(endpoint.RoutePattern.RawText),
        };
        var told = await Ask(http, address, TheService.NorthHarbour.ToString());
        if (may)
        {
            return told.StartsWith("403", StringComparison.Ordinal) ? [$"{what} is refused: {told}"] : [];
        }
        var ofNothing = await Ask(http, address, "no-such-hospital");
        return told.StartsWith("403", StringComparison.Ordinal) && told == ofNothing ? [] : [$"{what} is told {told} and of nothing {ofNothing}"];
    }

    private static async Task<string> Ask(HttpClient http, string address, string institution)
    {
        var (method, path) = (address.Split(' ')[0], address.Split(' ')[1]);
        path = path.Replace("{person}", Guid.NewGuid().ToString("n"), StringComparison.Ordinal).Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"api/institutions/{institution}{path}");
        if (Bodies[address] is { } body)
        {
            request.Content = Http.JsonOf(body.Replace("USER", "noor." + Guid.NewGuid().ToString("n")[..8], StringComparison.Ordinal));
        }
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        return answer.IsSuccessStatusCode ? $"{(int)answer.StatusCode}" : await answer.Tells(institution);
    }

    private static bool Takes(RouteEndpoint endpoint) => endpoint.RoutePattern.Parameters.Any(p => p.Name == "institution");

    private static IEnumerable<string> Addresses(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {endpoint.RoutePattern.RawText![Institutions.Length..]}");
}
