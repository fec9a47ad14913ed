using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>What is too large, or a cookie that is not the sender's, is refused at the door, and nobody else notices.</summary>
public sealed class ComingWithABomb(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_headers_cookies_or_an_address_is_refused_before_anything_is_read()
    {
        using var http = service.Client();
        foreach (var (headers, expected) in new[]
        {
            (Enumerable.Range(0, 200).Select(i => ($"X-Bomb-{i}", "x")), HttpStatusCode.RequestHeaderFieldsTooLarge),
            ([("X-Bomb", new string('x', 64 * 1024))], HttpStatusCode.RequestHeaderFieldsTooLarge),
            ([("Cookie", $"{SessionCookies.Plain}={new string('x', 64 * 1024)}")], HttpStatusCode.RequestHeaderFieldsTooLarge),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/me");
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
            Assert.Equal(expected, await Status(http, request));
        }
        using var address = new HttpRequestMessage(HttpMethod.Get, "api/people?name=" + new string('x', 10_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await Status(http, address));
        await OthersAreServed();
    }

    [Fact]
    public async Task In_a_body_is_refused_and_what_is_packed_is_never_unpacked()
    {
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        using var large = new HttpRequestMessage(HttpMethod.Post, "api/search") { Content = Http.JsonOf($$"""{"text":"{{new string('x', 1024 * 1024)}}"}""") };
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Status(http, large));
        using var packed = new HttpRequestMessage(HttpMethod.Post, "api/search") { Content = new ByteArrayContent(Packed(100 * 1024 * 1024)) };
        packed.Content.Headers.ContentType = new("application/json");
        packed.Content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.BadRequest, await Status(http, packed));
        await OthersAreServed();
    }

    [Fact]
    public async Task In_the_shape_of_a_cookie_that_is_too_old_or_another_services_or_somebody_elses_lets_nobody_in()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var format = service.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignedIn.Scheme).TicketDataFormat;
        var session = SignedIn.Session(format.Unprotect(ada.Cookie.Split('=', 2)[1])!.Principal)!.Value;
        var now = DateTimeOffset.UtcNow;
        string Cookie(ClinicianId person, Guid id, DateTimeOffset until) => SessionCookies.Plain + "=" + format.Protect(new(
            SignedIn.In(new Session(id, person, null, "password", default, default, "", "")), new AuthenticationProperties { IssuedUtc = now.AddHours(-1), ExpiresUtc = until }, SignedIn.Scheme));

        foreach (var cookie in (string[])
        [
            Cookie(ada.Id, session, now.AddMinutes(-1)), Cookie(ben.Id, session, now.AddHours(1)), Cookie(ada.Id, Guid.NewGuid(), now.AddHours(1)),
            Cookie(ClinicianId.Operator, session, now.AddHours(1)), ada.Cookie[..^4] + "AAAA", SessionCookies.Plain + "=" + new string('A', 400), SessionCookies.Plain + "=",
            ada.Cookie.Replace(SessionCookies.Plain, SessionCookies.Secure, StringComparison.Ordinal),
        ])
        {
            using var http = service.Client(ada with { Cookie = cookie });
            using var read = await http.GetAsync("api/me", Stop);
            using var negotiated = await http.PostAsync(RoundsProtocol.Path[1..] + "/negotiate?negotiateVersion=1", null, Stop);
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (read.StatusCode, negotiated.StatusCode));
        }
        using var own = service.Client(ada);
        using var me = await own.GetAsync("api/me", Stop);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    private async Task OthersAreServed()
    {
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        using var me = await http.GetAsync("api/me", Stop);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    // The server may hang up before all was sent.
    private static async Task<HttpStatusCode> Status(HttpClient http, HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static byte[] Packed(int bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[64 * 1024];
            for (var left = bytes; left > 0; left -= zeros.Length)
            {
                zip.Write(zeros);
            }
        }
        return packed.ToArray();
    }
}
