using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Server.Gateway;
using SocialQI.Server.SignIn;
using SocialQI.Storage;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>A clock that goes only when it is moved on.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly DateTimeOffset began = DateTimeOffset.UtcNow;
    private TimeSpan gone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => began + gone;

    public override long GetTimestamp() => gone.Ticks;

    public void Pass(TimeSpan span) => gone += span;
}

/// <summary>
/// A second gateway beside that of the service, reached by pipe as one in another process is. It reads no tail: its clock and what it knows of the tail
/// are the test's.
/// </summary>
internal sealed class OtherGateway : IServiceProvider
{
    private readonly TheService service;

    public OtherGateway(TheService service)
    {
        this.service = service;
        Passports = new Passports(service.Services.GetRequiredService<Stores>(), Clock);
        Rounds = new Rounds(service.Services.GetRequiredService<Stores>(), service.Grains, Passports, NullLogger<Rounds>.Instance);
        Asking = new Asking(Rounds);
    }

    public HandClock Clock { get; } = new();

    public Passports Passports { get; }

    public Rounds Rounds { get; }

    public Asking Asking { get; }

    /// <summary>Somebody connected here.</summary>
    public async Task<Connection> Connect(HeldSocket socket, Somebody who)
    {
        var connection = new Connection(socket, who.Id, Guid.NewGuid());
        Rounds.Add(connection);
        await Passports.Of(who.Id, CancellationToken.None);
        return connection;
    }

    /// <summary>What an address of the API answers somebody who asks it here; of what it names it is asked of themselves.</summary>
    public async Task<(int Status, string? Type, string Body)> Get(string address, Somebody who)
    {
        var endpoint = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Single(e =>
            e.RoutePattern.RawText == address && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains(HttpMethods.Get));
        using var answered = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = this, User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, who.Id.ToString())], SignedIn.Scheme)) };
        (http.Request.Method, http.Request.Path, http.Response.Body) = (HttpMethods.Get, address, answered);
        http.Request.RouteValues = new(endpoint.RoutePattern.Parameters.ToDictionary(p => p.Name, p => (object?)who.Id.ToString()));
        http.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(http);
        return (http.Response.StatusCode, http.Response.ContentType, Encoding.UTF8.GetString(answered.ToArray()));
    }

    object? IServiceProvider.GetService(Type serviceType) =>
        serviceType == typeof(Rounds) ? Rounds : serviceType == typeof(Asking) ? Asking : service.Services.GetService(serviceType);
}
