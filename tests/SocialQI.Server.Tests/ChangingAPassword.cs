using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace SocialQI.Server.Tests;

public sealed class ChangingAPassword(TheService service)
{
    private const string Before = "rounds-at-eight", After = "rounds-at-nine-thirty";

    [Fact]
    public async Task Ends_the_old_one()
    {
        var (ada, user) = await WithAccount();
        Assert.Null(await Change(ada, user, Before, After));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(user, Before));
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, After));
    }

    [Fact]
    public async Task Needs_the_old_one()
    {
        var (ada, user) = await WithAccount();
        Assert.Equal("not-your-password", await Change(ada, user, After, After));
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, Before));
    }

    [Fact]
    public async Task Of_somebody_else_is_refused_also_with_theirs()
    {
        var (_, user) = await WithAccount();
        var (ben, _) = await WithAccount();
        Assert.Equal("not-your-password", await Change(ben, user, Before, After));
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, Before));
    }

    [Fact]
    public async Task Takes_none_that_is_too_short()
    {
        var (ada, user) = await WithAccount();
        Assert.Equal("out-of-range", await Change(ada, user, Before, "short"));
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, Before));
    }

    private async Task<(Somebody Who, string User)> WithAccount()
    {
        var who = await service.Register(TheService.NorthHarbour);
        var user = "ada." + who.Id;
        await service.KeepAccount(user, who.Id, Before);
        return (who, user);
    }

    private async Task<string?> Change(Somebody who, string user, string current, string next)
    {
        using var http = service.Client(who);
        using var answer = await http.PutAsJsonAsync("api/me/password", new { user, current, next }, TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? null : await answer.Code();
    }

    private async Task<HttpStatusCode> SignIn(string user, string password)
    {
        using var http = service.Client();
        using var answer = await http.PostAsJsonAsync("api/sign-in", new { user, password }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
