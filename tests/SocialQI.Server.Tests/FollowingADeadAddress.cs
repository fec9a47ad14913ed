using System.Net;
using Xunit;

namespace SocialQI.Server.Tests;

public sealed class FollowingADeadAddress(TheService service)
{
    [Fact]
    public async Task A_person_gets_a_page()
    {
        var (status, type, body) = await Get("no/such/page", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (status, type));
        Assert.Contains("<base href=\"/\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such/page", "application/json")]
    [InlineData("api/no-such-thing", "text/html")]
    public async Task A_program_is_told(string address, string accept)
    {
        var (status, type, _) = await Get(address, accept);
        Assert.Equal((HttpStatusCode.NotFound, true), (status, type is null or "application/problem+json" or "text/plain"));
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> Get(string address, string accept)
    {
        using var http = service.Client(await service.Demo("imani.cole"));
        http.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
