using System.Net;
using System.Text.RegularExpressions;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>A browser with its own cookies that goes to a provider and comes back, step by step.</summary>
internal sealed partial class Traveller : IDisposable
{
    private readonly SocketsHttpHandler sockets = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly HttpClient http;

    public Traveller(TheService service) => http = new(sockets) { BaseAddress = service.Address };

    public CookieContainer Cookies => sockets.CookieContainer;

    public HttpClient Http => http;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Somebody who is signed in already.</summary>
    public Traveller As(Somebody who)
    {
        var parts = who.Cookie.Split('=', 2);
        Cookies.Add(http.BaseAddress!, new Cookie(parts[0], parts[1], "/"));
        return this;
    }

    /// <summary>Sent to a provider; where to. A code of a refusal where nobody was sent.</summary>
    public async Task<(Uri? To, string? Refused)> Go(Hospital hospital, string returnUrl = "/cases")
    {
        var page = await http.GetStringAsync($"sign-in?at={hospital.Id}", Stop);
        Assert.Contains($"/sign-in/with/{hospital.Provider}", page, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("returnUrl", returnUrl)]);
        using var answer = await http.PostAsync($"sign-in/with/{hospital.Provider}", form, Stop);
        var said = await answer.Content.ReadAsStringAsync(Stop);
        return Refresh().Match(said) is { Success: true } on ? (new Uri(WebUtility.HtmlDecode(on.Groups[1].Value)), null) : (null, RefusedIn(said));
    }

    /// <summary>Proves to the provider who one is; the link back.</summary>
    public async Task<Uri> Prove(Uri to, string subject)
    {
        using var answer = await http.GetAsync(new Uri($"{to.AbsoluteUri}&as={Uri.EscapeDataString(subject)}"), Stop);
        return answer.Headers.Location ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Follows the link back; where it leads, or the code of the refusal.</summary>
    public async Task<(string? Back, string? Refused)> Return(Uri back)
    {
        using var answer = await http.GetAsync(back, Stop);
        return answer.StatusCode == HttpStatusCode.Redirect ? (answer.Headers.Location!.ToString(), null) : (null, RefusedIn(await answer.Content.ReadAsStringAsync(Stop)));
    }

    /// <summary>All of it. Null: signed in.</summary>
    public async Task<string?> ComeIn(Hospital hospital, string subject)
    {
        var (to, refused) = await Go(hospital);
        return to is null ? refused : (await Return(await Prove(to, subject))).Refused;
    }

    /// <summary>Who is signed in here; null: nobody.</summary>
    public async Task<Me?> Me()
    {
        using var answer = await http.GetAsync("api/me", Stop);
        return answer.IsSuccessStatusCode ? Json.Decode<Me>(await answer.Content.ReadAsByteArrayAsync(Stop)) : null;
    }

    public void Dispose()
    {
        http.Dispose();
        sockets.Dispose();
    }

    private static string? RefusedIn(string page) => Code().Match(page) is { Success: true } found ? found.Groups[1].Value : page;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=([^\"]+)\"")]
    private static partial Regex Refresh();

    [GeneratedRegex("data-code=\"([^\"]+)\"")]
    private static partial Regex Code();
}
