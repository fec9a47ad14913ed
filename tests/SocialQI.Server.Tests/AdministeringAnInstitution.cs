using System.Net;
using System.Net.Http.Json;
using System.Text;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

public sealed class AdministeringAnInstitution(TheService service)
{
    private static readonly string People = $"api/institutions/{TheService.NorthHarbour}/people";

    private static NewPerson Noor(string user) =>
        new(user, $"Noor {Overheard.Canary}", "Nephrology", Grade.Fellow, InstitutionRole.Clinician);

    [Fact]
    public async Task Registers_somebody_who_then_chooses_a_password_by_the_link_that_was_told_once()
    {
        using var http = service.Client(await Chief());
        var user = "noor." + Guid.NewGuid().ToString("n")[..8];
        using var answer = await Post(http, Noor(" " + user.ToUpperInvariant() + " "));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var registered = await Read<Registered>(answer);
        Assert.Equal(user, registered.User);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(user, ""));
        using var chosen = await service.Choose(registered.Link, "a long enough secret");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (chosen.StatusCode, chosen.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, "a long enough secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(user, "a long enough secretx"));
        var affiliation = Assert.Single((await service.Passport(new Somebody(registered.Who, ""))).Affiliations);
        Assert.Equal((TheService.NorthHarbour, InstitutionRole.Clinician), (affiliation.Institution, affiliation.Role));
    }

    [Fact]
    public async Task Gives_a_sign_in_name_once()
    {
        using var http = service.Client(await Chief());
        var user = "noor." + Guid.NewGuid().ToString("n")[..8];
        using var first = await Post(http, Noor(user));
        using var again = await Post(http, Noor(user));
        Assert.Equal("sign-in-name-taken", await again.Code());
        // The first one's link still leads there.
        using var chosen = await service.Choose((await Read<Registered>(first)).Link, "a long enough secret");
        Assert.Equal(HttpStatusCode.NoContent, await SignIn(user, "a long enough secret"));
    }

    [Fact]
    public async Task At_once_gives_a_sign_in_name_to_one_of_two()
    {
        using var harbour = service.Client(await Chief());
        using var thornmere = service.Client(await service.Register(TheService.Thornmere, InstitutionRole.Administrator));
        var user = "noor." + Guid.NewGuid().ToString("n")[..8];
        var both = await Task.WhenAll(Post(harbour, Noor(user)), Post(thornmere, Noor(user), TheService.Thornmere));
        Assert.Single(both, a => a.IsSuccessStatusCode);
        Assert.Equal("sign-in-name-taken", await both.Single(a => !a.IsSuccessStatusCode).Code());
        Array.ForEach(both, a => a.Dispose());
    }

    [Fact]
    public async Task Is_for_its_administrators_alone()
    {
        foreach (var who in new[]
        {
            await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour, InstitutionRole.Moderator),
            await service.Register(TheService.Thornmere, InstitutionRole.Administrator),
        })
        {
            using var http = service.Client(who);
            using var list = await http.GetAsync(People, TestContext.Current.CancellationToken);
            Assert.Equal("not-allowed", await list.Code());
            // Whether a name is taken is not told either.
            using var register = await Post(http, Noor("ines.falkner"));
            Assert.Equal("not-allowed", await register.Code());
        }
    }

    [Fact]
    public async Task Lists_its_people_with_their_roles_a_page_at_a_time()
    {
        var chief = await Chief();
        using var http = service.Client(chief);
        var seen = new List<StaffLine>();
        await Waiting.Until("the new administrator is in the list", async () =>
        {
            seen.Clear();
            for (string? after = "?take=3"; after is not null;)
            {
                using var answer = await http.GetAsync(People + after, TestContext.Current.CancellationToken);
                var page = await Read<Listed<StaffLine>>(answer);
                Assert.True(page.Lines.Length <= 3);
                seen.AddRange(page.Lines);
                after = page.Next is { } place ? "?take=3&after=" + Uri.EscapeDataString(place) : null;
            }
            return seen.Any(l => l.Who == chief.Id);
        });
        Assert.Equal(InstitutionRole.Administrator, seen.Single(l => l.Who == chief.Id).Role);
        Assert.Equal(seen.Count, seen.DistinctBy(l => l.Who).Count());
        Assert.DoesNotContain(seen, l => l.Person!.Institutions.All(i => i != TheService.NorthHarbour));
    }

    [Theory]
    [InlineData("", "Noor", "empty")]
    [InlineData("no\u202Eor", "Noor", "bad-characters")]
    [InlineData("somebody.new", "", "empty")]
    public async Task Refuses_by_name_what_is_no_name(string user, string name, string code)
    {
        using var http = service.Client(await Chief());
        using var answer = await Post(http, Noor(user) with { Name = name });
        Assert.Equal(code, await answer.Code());
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(user, "rounds-at-seven"));
    }

    private Task<Somebody> Chief() => service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);

    private async Task<HttpStatusCode> SignIn(string user, string password)
    {
        using var http = service.Client();
        using var answer = await http.PostAsJsonAsync("api/sign-in", new { user, password }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> Post(HttpClient http, NewPerson somebody, InstitutionId? institution = null) => http.PostAsync(
        $"api/institutions/{institution ?? TheService.NorthHarbour}/people", Http.JsonOf(Encoding.UTF8.GetString(Json.Encode(somebody))), TestContext.Current.CancellationToken);

    private static async Task<T> Read<T>(HttpResponseMessage answer) =>
        Json.Decode<T>(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
}
