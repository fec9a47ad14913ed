using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.Demo;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Every address the service answers on, its own and its framework's, states its rule; what it then asks for agrees with the rule, and it keeps it.</summary>
public sealed class ComingThroughADoor(TheService service)
{
    // The framework's: one serves files added while one develops, and what is no such file is no door; the other is asked where to lead to.
    private const string NoFile = "no-such-file.txt";
    private const string NeedsAnAddress = "_framework/opaque-redirect";

    // Whoever knows no secret finds no calendar.
    private const string NoCalendar = "calendar/secret.ics";

    private static readonly Who[] ForStrangers = [Who.Anybody, Who.Operator, Who.Watches];

    private List<RouteEndpoint> Endpoints => [.. service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    [Fact]
    public void Is_by_a_stated_rule_that_its_authorization_agrees_with() => Assert.Empty(Endpoints.SelectMany(Faults).Distinct());

    [Fact]
    public void Without_a_rule_or_against_it_is_caught()
    {
        Assert.Equal(["/guilty has no rule"], Faults(Guilty()));
        Assert.Equal(["/guilty is for SignedIn and lets strangers in"], Faults(Guilty(new DoorAttribute(Who.SignedIn), new AuthorizeAttribute(), new AllowAnonymousAttribute())));
        Assert.Equal(["/guilty is for MaySeeTopic and does not ask who comes"], Faults(Guilty(new DoorAttribute(Who.MaySeeTopic))));
        Assert.Equal(["/guilty is for Anybody and asks who comes"], Faults(Guilty(new DoorAttribute(Who.Anybody), new AuthorizeAttribute())));
        Assert.Equal(["/guilty is for Cluster, which does not come by HTTP"], Faults(Guilty(new DoorAttribute(Who.Cluster), new AuthorizeAttribute())));
    }

    [Fact]
    public async Task As_a_stranger_is_refused_but_where_it_is_for_everybody()
    {
        var topic = await OfSomebodysCase();
        using var http = service.Client();
        var faults = new List<string>();
        foreach (var endpoint in Endpoints)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? (IsHub(endpoint) ? ["GET", "POST"] : ["GET"]))
            {
                var (status, expected) = await Call(http, endpoint, method, topic);
                if (!expected.Contains(status))
                {
                    faults.Add($"{method} {endpoint.RoutePattern.RawText} answers {(int)status}");
                }
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Of_the_operator_without_the_key_finds_nothing_there_whoever_comes()
    {
        using var stranger = service.Client();
        using var administrator = service.Client(await service.Demo("gideon.marsh"));
        foreach (var endpoint in Endpoints.Where(e => e.Metadata.GetMetadata<DoorAttribute>()?.Who == Who.Operator))
        {
            foreach (var http in new[] { stranger, administrator })
            {
                using var guessed = new HttpRequestMessage(HttpMethod.Post, endpoint.RoutePattern.RawText + "?user=ines.falkner") { Content = Http.JsonOf("{}") };
                guessed.Headers.Add(SignIn.OperatorKey.Header, new string('0', 64));
                using var answer = await http.SendAsync(guessed, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }
    }

    private static IEnumerable<string> Faults(RouteEndpoint endpoint)
    {
        var name = endpoint.RoutePattern.RawText;
        if (endpoint.Metadata.GetMetadata<DoorAttribute>() is not { Who: var who })
        {
            yield return $"{name} has no rule";
            yield break;
        }
        var letsIn = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (who == Who.Cluster)
        {
            yield return $"{name} is for {who}, which does not come by HTTP";
        }
        else if (ForStrangers.Contains(who) && !letsIn)
        {
            yield return $"{name} is for {who} and asks who comes";
        }
        else if (!ForStrangers.Contains(who) && letsIn)
        {
            yield return $"{name} is for {who} and lets strangers in";
        }
        else if (!ForStrangers.Contains(who) && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            yield return $"{name} is for {who} and does not ask who comes";
        }
    }

    private static async Task<(HttpStatusCode Status, HttpStatusCode[] Expected)> Call(HttpClient http, RouteEndpoint endpoint, string method, TopicId topic)
    {
        var address = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => Filled(p, topic)))));
        using var request = new HttpRequestMessage(new HttpMethod(method), address + "?before=9");
        if (method is "POST" or "PUT")
        {
            request.Content = address.StartsWith("api/", StringComparison.Ordinal)
                ? Http.JsonOf("""{"user":"nobody","password":"nothing"}""")
                : new FormUrlEncodedContent([new("user", "nobody"), new("password", "nothing")]);
        }
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        HttpStatusCode[] expected = (endpoint.Metadata.GetMetadata<DoorAttribute>()?.Who, method) switch
        {
            (Who.Anybody, "GET" or "HEAD") => [address switch { NoFile => HttpStatusCode.Redirect, NeedsAnAddress => HttpStatusCode.BadRequest, NoCalendar => HttpStatusCode.NotFound, _ => HttpStatusCode.OK }],
            // What a browser needs to look for a passkey is told to whoever asks.
            (Who.Anybody, _) when address == "api/sign-in/passkey/options" => [HttpStatusCode.OK],
            // A wrong password, a form without its token: the refusals of doors that are open to be tried.
            (Who.Anybody, _) => [HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized],
            // This machine is one of those that watch.
            (Who.Watches, _) => [HttpStatusCode.OK],
            (Who.Operator or null, _) => [HttpStatusCode.NotFound],
            _ => [HttpStatusCode.Unauthorized],
        };
        return (answer.StatusCode, expected);
    }

    private static string Filled(RoutePatternPart part, TopicId topic) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "topic" or "Name" } => topic.ToString(),
        RoutePatternParameterPart { Name: "number" } => "1",
        RoutePatternParameterPart { Name: "hash" } => new string('0', 64),
        RoutePatternParameterPart { Name: "id" } => Guid.CreateVersion7().ToString(),
        RoutePatternParameterPart { Name: "person" or "Id" } => Seeder.Person("ines.falkner").ToString(),
        RoutePatternParameterPart { Name: "institution" } => TheService.NorthHarbour.ToString(),
        RoutePatternParameterPart { Name: "community" } => Seeder.Community("blood-and-fever").ToString(),
        RoutePatternParameterPart { Name: "documentName" } => "v1",
        RoutePatternParameterPart { Name: "path" } => NoFile,
        RoutePatternParameterPart { Name: "token" or "key" } => "AAAA",
        _ => throw new InvalidOperationException($"{part} is a part of an address that this test does not know how to fill."),
    };

    private async Task<TopicId> OfSomebodysCase()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new Visibility(VisibilityKind.Network), Attestation: new(0)));
        return topic;
    }

    private static bool IsHub(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.StartsWith("/hub/", StringComparison.Ordinal);

    private static RouteEndpoint Guilty(params object[] metadata) =>
        new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/guilty"), 0, new EndpointMetadataCollection(metadata), "guilty");
}
