using System.Net;
using Microsoft.AspNetCore.Http;
using SocialQI.Server.Operate;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>The figures of a process are for its own machine and for the networks that the operator named, whoever a proxy says that it comes for.</summary>
public sealed class WatchingTheProcess
{
    private static readonly ServiceOptions Options = new() { MetricsNetworks = "10.0.9.0/24, fd00::/8" };

    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("127.0.0.1", "rounds.example", false)]
    [InlineData("10.0.9.4", "node-3.rounds.example", true)]
    [InlineData("::ffff:10.0.9.4", "10.0.9.11", true)]
    [InlineData("fd00::4", "node-3", true)]
    [InlineData("10.0.8.4", "localhost", false)]
    [InlineData("203.0.113.9", "10.0.9.4", false)]
    public void Is_by_where_one_comes_from(string from, string host, bool may) => Assert.Equal(may, Metrics.Watches(Asking(from, host), Options.WatchingNetworks));

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Original-For")]
    [InlineData("Forwarded")]
    public void Is_not_by_what_a_proxy_says(string header)
    {
        foreach (var from in (string[])["127.0.0.1", "10.0.9.4"])
        {
            var http = Asking(from, "localhost");
            http.Request.Headers[header] = "127.0.0.1";
            Assert.False(Metrics.Watches(http, Options.WatchingNetworks));
        }
    }

    private static DefaultHttpContext Asking(string from, string host)
    {
        var http = new DefaultHttpContext();
        http.Request.Host = new HostString(host);
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        // Where somebody from elsewhere arrives.
        http.Connection.LocalIpAddress = IPAddress.IsLoopback(http.Connection.RemoteIpAddress) ? http.Connection.RemoteIpAddress : IPAddress.Parse("10.0.9.11");
        return http;
    }
}
