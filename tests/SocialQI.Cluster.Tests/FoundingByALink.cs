using System.Net;
using System.Text.RegularExpressions;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>An empty service prints a link. Whoever uses it first is its first administrator, and nobody after them.</summary>
public sealed partial class FoundingByALink : IAsyncLifetime
{
    private const string Secret = "a long enough secret";

    private readonly ServerProcess server = ServerProcess.New(null, "--demo", "false");
    private Uri link = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var printed = server.Says("/welcome/");
        await server.Start();
        await printed;
        link = new(Link().Match(server.Said).Value);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Is_done_by_one_of_two_who_come_at_once_and_lets_them_in()
    {
        var pages = await Task.WhenAll(Fill("north-harbour", "mona"), Fill("thornmere", "nils"));
        var first = Assert.Single(pages, p => p.Status == HttpStatusCode.Redirect);
        Assert.Contains("used already", Assert.Single(pages, p => p.Status != HttpStatusCode.Redirect).Body, StringComparison.Ordinal);

        using var founder = await Person.SignIn(server.Address, first.User, Secret);
        Assert.Equal(InstitutionRole.Administrator, Assert.Single((await founder.Me(server.Address)).Affiliations).Role);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Person.SignIn(server.Address, first.User == "mona" ? "nils" : "mona", Secret));
        Assert.Contains("used already", (await Fill("skerry-point", "sol")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task May_be_mended_when_it_was_filled_in_wrongly()
    {
        Assert.Contains("short name", (await Fill("North Harbour!", "mona")).Body, StringComparison.Ordinal);
        Assert.Contains("not the same", (await Fill("north-harbour", "mona", again: "another secret")).Body, StringComparison.Ordinal);
        Assert.Contains("password", (await Fill("north-harbour", "mona", "short", "short")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Fill("north-harbour", "mona")).Status);
    }

    [Fact]
    public async Task Is_too_late_when_it_was_done_from_the_command_line()
    {
        string[] setup = ["setup", "north-harbour", "--called", "North Harbour General", "--user", "mona", "--name", "Mona Ash", "--data", server.Data];
        Assert.Equal(0, (await ServerProcess.Run(ServerProcess.Built, setup, Secret)).Code);
        Assert.Contains("used already", (await Fill("thornmere", "nils")).Body, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body, string User)> Fill(string institution, string user, string password = Secret, string? again = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = await http.GetStringAsync(link, Stop);
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("institution", institution), new("called", "A hospital"), new("name", "Somebody Ash"),
            new("user", user), new("password", password), new("again", again ?? password)]);
        using var answer = await http.PostAsync(link, form, Stop);
        // A link that leads nowhere has no form, and so no token.
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.BadRequest ? page : await answer.Content.ReadAsStringAsync(Stop), user);
    }

    [GeneratedRegex(@"http://\S+/welcome/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
