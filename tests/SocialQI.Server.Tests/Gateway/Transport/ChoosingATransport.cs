using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialQI.Cases;
using SocialQI.Server.Gateway;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Gateway.Transport;

/// <summary>SignalR's own client, as it is: which way it takes is its own affair, and changes nothing of what it hears.</summary>
public sealed class ChoosingATransport(TheService service)
{
    private const int Frames = 300;

    [Theory]
    [InlineData(HttpTransportType.WebSockets, true, true)]
    [InlineData(HttpTransportType.WebSockets, false, true)]
    [InlineData(HttpTransportType.ServerSentEvents, false, false)]
    [InlineData(HttpTransportType.LongPolling, false, false)]
    public async Task Hears_everything_in_order(HttpTransportType transport, bool skipsNegotiation, bool isOwn)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(service.Address, RoundsProtocol.Path), http =>
        {
            (http.Transports, http.SkipNegotiation) = (transport, skipsNegotiation);
            http.Headers["Cookie"] = ada.Cookie;
        }).Build();
        var heard = new List<long>();
        hub.On<string, System.Text.Json.JsonElement[]>(RoundsProtocol.Events, (_, envelopes) => heard.AddRange(envelopes.Select(e => e.GetProperty("n").GetInt64())));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        Assert.Null((await hub.InvokeAsync<Answer>("Follow", topic.ToString(), 0L, TestContext.Current.CancellationToken)).Refusal);
        Assert.Equal(isOwn, service.Services.GetRequiredService<Rounds>().Connections.Single(c => c.Person == ada.Id).Outlet is not null);
        for (var i = 0; i < 10; i++)
        {
            await service.Done(ada, topic, new PostContribution(ContributionKind.Comment, $"Noon, {Overheard.Canary}."));
        }
        await Waiting.Until("everything is heard", () => Task.FromResult(heard.Count >= 11));
        Assert.Equal(Enumerable.Range(1, 11).Select(n => (long)n), heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Under_TLS_never_writes_past_it(bool isEncrypted)
    {
        using var certificate = Certificate();
        await using var app = Server(isEncrypted ? certificate : null);
        var isDirect = new TaskCompletionSource<bool>();
        app.Map("/", async http =>
        {
            isDirect.SetResult(BarePipe.SocketOf(http) is not null);
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            // The client answers the upgrade with a frame, as SignalR's does.
            await socket.ReceiveAsync(new byte[8], http.RequestAborted);
            var sink = ISink.Of(http);
            for (var i = 0; i < Frames; i++)
            {
                await sink.Write(Frame.Of(Frame.Text, Encoding.ASCII.GetBytes(new string((char)('a' + (i % 26)), i * 10))));
            }
            await socket.ReceiveAsync(new byte[8], http.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new UriBuilder(app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) { Scheme = isEncrypted ? "wss" : "ws" };
        using var client = new ClientWebSocket();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() } });
        await client.ConnectAsync(address.Uri, http, TestContext.Current.CancellationToken);
        await client.SendAsync("here"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        Assert.Equal(!isEncrypted, await isDirect.Task);
        var buffer = new byte[64 * 1024];
        for (var i = 0; i < Frames; i++)
        {
            var length = 0;
            for (var isWhole = false; !isWhole;)
            {
                var part = await client.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
                (length, isWhole) = (length + part.Count, part.EndOfMessage);
            }
            Assert.Equal(new string((char)('a' + (i % 26)), i * 10), Encoding.ASCII.GetString(buffer, 0, length));
        }
        client.Abort();
    }

    private static WebApplication Server(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(BarePipe.Keep);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.UseWebSockets();
        return app;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
