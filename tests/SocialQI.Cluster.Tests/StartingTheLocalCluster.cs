using System.Net;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>One command makes a database, three nodes and a proxy on this machine; another ends them.</summary>
[Collection<OneAtATime>]
public sealed class StartingTheLocalCluster(LocalCluster cluster) : IClassFixture<LocalCluster>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_people_a_service_that_goes_on_without_the_node_they_are_at()
    {
        using var imani = await Person.SignIn(cluster.Address, "imani.cole");
        await using var ward = new Ward();
        await ward.Start(imani, cluster.Address, new(VisibilityKind.Network));
        ward.AddFollower(imani, cluster.Address);
        ward.AddWriter(imani, ward.Topics[0], cluster.Address);
        await ward.Calm();
        var node = imani.Cookies.GetCookies(cluster.Address)["socialqi-node"]!.Value;

        using var killed = System.Diagnostics.Process.GetProcessById(cluster.Pid(node));
        killed.Kill();
        await Ward.Within("the connections that it had to be lost", killed.WaitForExitAsync(Stop));
        await ward.Calm();

        Assert.NotEqual(node, imani.Cookies.GetCookies(cluster.Address)["socialqi-node"]!.Value);
        Finding.None(await ward.Check(() => JournalRows.OfPostgres(cluster.Database, ward.Topics)));
        Assert.Empty(ward.Unspoken);
    }

    [Fact]
    public async Task Is_done_once_in_a_folder()
    {
        var (code, said) = await cluster.Up();

        Assert.Equal(1, code);
        Assert.StartsWith($"It runs already in {cluster.Folder} (", said, StringComparison.Ordinal);
        Assert.True(LocalCluster.IsThere(cluster.Pid("haproxy")));
    }

    [Fact]
    public async Task Is_refused_where_a_port_is_taken() => Assert.Equal(
        (1, $"Port {cluster.Port} is taken. Name another one with --port: it and the eight after it are used.\n"), await cluster.UpBeside());

    [Fact]
    public async Task Is_refused_where_a_program_is_missing()
    {
        var (code, said) = await cluster.UpBeside(("SOCIALQI_PG", "/nowhere"));

        Assert.Equal(1, code);
        Assert.StartsWith("There is no initdb in /nowhere. Install with: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("METRICS/")]
    [InlineData("%6Detrics")]
    [InlineData("readyz")]
    [InlineData("livez")]
    public async Task Shows_nobody_outside_what_is_for_who_operates_it(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{cluster.Address}{path}"), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Logs_no_secret_address_and_nothing_that_is_searched_for()
    {
        using var http = new HttpClient();
        foreach (var path in (string[])["welcome/unsaid-1", "calendar/unsaid-2.ics", "Calendar/unsaid-3.ics", "sign-in?q=unsaid-4", "told"])
        {
            using var answer = await http.GetAsync(new Uri(cluster.Address, path), Stop);
        }
        var log = await File.ReadAllTextAsync(Path.Combine(cluster.Folder, "logs/haproxy.log"), Stop);

        Assert.Contains(" GET /told", log, StringComparison.Ordinal);
        Assert.DoesNotContain("unsaid", log, StringComparison.Ordinal);
    }
}
