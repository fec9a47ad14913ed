using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Without https the service answers on the machine itself only, and every answer carries what a browser is not to do.</summary>
public sealed class RefusingAPlainAddress(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rounds.example", 403)]
    [InlineData("localhost.rounds.example", 403)]
    [InlineData("10.0.0.7", 403)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.9", 200)]
    [InlineData("[::1]", 200)]
    public async Task Is_done_where_the_name_is_not_the_machines_own(string host, int expected)
    {
        using var http = service.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "sign-in");
        request.Headers.Host = host;
        // Nobody was named as a proxy: this counts for nothing.
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await http.SendAsync(request, Stop);
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 403 ? "needs-https" : null, await answer.Code());
    }

    [Fact]
    public async Task Is_not_done_to_who_asks_whether_the_process_lives()
    {
        using var http = service.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "livez");
        request.Headers.Host = "node-3.rounds.example";
        using var answer = await http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:5080", "", true)]
    [InlineData("http://127.0.0.1:5080;https://*:5081", "", true)]
    [InlineData("http://0.0.0.0:5080", "", false)]
    [InlineData("http://localhost:1;http://*:5080", "", false)]
    [InlineData("http://rounds.example:80", "", false)]
    [InlineData("http://0.0.0.0:5080", "10.0.0.7", true)]
    public void Is_done_at_the_start(string urls, string proxies, bool starts) =>
        Assert.Equal(starts, SecureTransport.Fault(urls, new ServiceOptions { TrustedProxies = proxies }) is null);

    [Theory]
    [InlineData("10.0.0.7, 10.1.0.0/16,fd00::/8", true)]
    [InlineData("10.0.0", true)]
    [InlineData("rounds.example", false)]
    [InlineData("10.1.0.0/99", false)]
    public void Believes_only_proxies_that_are_addresses(string proxies, bool isFine)
    {
        Assert.Equal(isFine, new ServiceOptions { TrustedProxies = proxies }.Fault is null);
        Assert.Equal(isFine, new ServiceOptions { MetricsNetworks = proxies }.Fault is null);
    }

    [Fact]
    public async Task Tells_every_browser_what_not_to_do()
    {
        using var http = service.Client();
        foreach (var path in new[] { "", "sign-in", "api/me", "hub/rounds", "livez", "openapi/v1.json", "app.css", "no/such/page", "api/topics/nonsense" })
        {
            using var answer = await http.GetAsync(path, Stop);
            string Header(string name) => string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
            Assert.Contains("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", Header("X-Content-Type-Options"));
            Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
            Assert.Empty(Header("Server"));
        }
    }

    [Fact]
    public async Task Of_the_keys_in_the_database_none_can_be_read_there()
    {
        _ = await service.Register(TheService.NorthHarbour);
        var keys = service.Services.GetRequiredService<SocialQI.Storage.Stores>().Default.Tables.ProtectionKeys();
        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
            Assert.DoesNotContain("<value>", key, StringComparison.Ordinal);
        });
    }
}
