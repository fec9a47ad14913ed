using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>An account whose password is followed by the code of an authenticator app, which this test is.</summary>
public sealed class ComingInByACode(TheService service)
{
    private const string Secret = "rounds-at-eight";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_for_it_after_the_password_and_takes_it_once()
    {
        var (user, key, _) = await WithCodes();
        Assert.Equal("needs-code", await SignIn(user, Secret, null));
        Assert.Equal("does-not-match", await SignIn(user, "something else", Code(key)));
        Assert.Equal("does-not-match", await SignIn(user, Secret, "000000"));
        Assert.Null(await SignIn(user, Secret, Code(key, steps: 1)));
        Assert.Equal("does-not-match", await SignIn(user, Secret, Code(key, steps: 1)));
    }

    [Fact]
    public async Task Is_no_way_in_of_its_own_and_a_key_that_is_the_last_one_stays()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        using var http = service.Client(ada);
        await service.KeepAccount("keys." + ada.Id, ada.Id, password: null);
        await service.KeepPasskey("keys." + ada.Id, [1, 2, 3]);
        Assert.Equal("last-way-in", await Forget());
        await service.KeepAccount("keys." + ada.Id, ada.Id, Secret);
        Assert.Null(await Forget());
        Assert.Equal("not-there", await Forget());

        async Task<string?> Forget()
        {
            using var answer = await http.DeleteAsync("api/me/account/passkeys/AQID", Stop);
            return answer.IsSuccessStatusCode ? null : await answer.Code();
        }
    }

    [Fact]
    public async Task Asks_on_a_page_of_its_own_and_leads_back_to_where_one_was_going()
    {
        var (user, key, _) = await WithCodes();
        using var http = service.Client();
        using var first = await Post(http, "sign-in", "", ("user", user), ("password", Secret), ("returnUrl", "/cases"));
        Assert.Equal("/sign-in/code", first.Headers.Location!.ToString());
        var passing = string.Join("; ", first.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        using var wrong = await Post(http, "sign-in/code", passing, ("code", "123"));
        Assert.Equal("/sign-in/code?failed=1", wrong.Headers.Location!.ToString());
        using var right = await Post(http, "sign-in/code", passing, ("code", Code(key, steps: 1).Insert(3, " ")));
        Assert.Equal("/cases", right.Headers.Location!.ToString());
        // Without the password before it a code is worth nothing.
        using var alone = await Post(http, "sign-in/code", "", ("code", Code(key)));
        Assert.Equal("/sign-in", alone.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Is_replaced_once_by_each_of_the_codes_that_were_told()
    {
        var (user, _, recovery) = await WithCodes();
        Assert.Equal(10, recovery.Length);
        Assert.Null(await SignIn(user, Secret, recovery[0]));
        Assert.Equal("does-not-match", await SignIn(user, Secret, recovery[0]));
        Assert.Null(await SignIn(user, Secret, recovery[1]));
    }

    [Fact]
    public async Task Is_locked_for_a_while_after_five_wrong_tries_even_to_the_right_one()
    {
        var (user, key, _) = await WithCodes();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("does-not-match", await SignIn(user, Secret, "00000" + i));
        }
        Assert.Equal("does-not-match", await SignIn(user, Secret, Code(key, steps: 1)));
    }

    [Fact]
    public async Task Is_set_up_and_taken_away_with_the_password_only()
    {
        var who = await service.Register(TheService.NorthHarbour);
        var user = "ada." + who.Id;
        await service.KeepAccount(user, who.Id, Secret);
        using var http = service.Client(who);
        using var none = await http.PutAsJsonAsync("api/me/account/authenticator", new { secret = "123456" }, Stop);
        Assert.Equal("no-authenticator-key", await none.Code());
        using var unproven = await http.PostAsJsonAsync("api/me/account/authenticator", new { secret = "not the password" }, Stop);
        Assert.Equal("not-proven", await unproven.Code());

        var key = await NewKey(http);
        using var wrong = await http.PutAsJsonAsync("api/me/account/authenticator", new { secret = "123456" }, Stop);
        Assert.Equal("wrong-code", await wrong.Code());
        Assert.Null(await SignIn(user, Secret, null));

        using var on = await http.PutAsJsonAsync("api/me/account/authenticator", new { secret = Code(key) }, Stop);
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        var own = Json.Decode<OwnAccount>(await http.GetByteArrayAsync("api/me/account", Stop));
        Assert.Equal((user, true, 10), (own.User, own.NeedsCode, own.RecoveryCodesLeft));
        using var still = await http.PostAsJsonAsync("api/me/account/authenticator/off", new { secret = "not the password" }, Stop);
        Assert.Equal("not-proven", await still.Code());
        using var off = await http.PostAsJsonAsync("api/me/account/authenticator/off", new { secret = Secret }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        Assert.Null(await SignIn(user, Secret, null));
    }

    private async Task<(string User, string Key, string[] Recovery)> WithCodes()
    {
        var who = await service.Register(TheService.NorthHarbour);
        var user = "ada." + who.Id;
        await service.KeepAccount(user, who.Id, Secret);
        using var http = service.Client(who);
        var key = await NewKey(http);
        using var on = await http.PutAsJsonAsync("api/me/account/authenticator", new { secret = Code(key) }, Stop);
        return (user, key, [.. Json.Decode<RecoveryCodes>(await on.Content.ReadAsByteArrayAsync(Stop)).Codes]);
    }

    private static async Task<string> NewKey(HttpClient http)
    {
        using var made = await http.PostAsJsonAsync("api/me/account/authenticator", new { secret = Secret }, Stop);
        return Json.Decode<AuthenticatorKey>(await made.Content.ReadAsByteArrayAsync(Stop)).Key;
    }

    // Null: signed in.
    private async Task<string?> SignIn(string user, string password, string? code)
    {
        using var http = service.Client();
        using var answer = await http.PostAsJsonAsync("api/sign-in", new { user, password, code }, Stop);
        return answer.StatusCode == HttpStatusCode.NoContent ? null : await answer.Code();
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string address, string cookies, params (string Name, string Value)[] fields)
    {
        var (cookie, token) = await TheService.FormOf(http, address);
        using var form = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]),
        };
        form.Headers.Add("Cookie", $"{cookie}; {cookies}");
        return await http.SendAsync(form, Stop);
    }

    // RFC 6238: six digits of HMAC-SHA-1 over the half minute.
    private static string Code(string key, int steps = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + steps);
#pragma warning disable CA5350 // Authenticator apps are held to SHA-1 by the standard that they all speak.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
