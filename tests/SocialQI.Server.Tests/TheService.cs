using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Server.Demo;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using SocialQI.Server.Tests;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

[assembly: AssemblyFixture(typeof(TheService))]

namespace SocialQI.Server.Tests;

/// <summary>Somebody with an account, and the cookie of their signing in.</summary>
internal sealed record Somebody(ClinicianId Id, string Cookie);

/// <summary>
/// The whole service as an operator gets it, over the embedded database and with the demonstration network, in this process: one for all tests.
/// Every test makes people and topics of its own. What they write has <see cref="Overheard.Canary"/> in it, and nothing that is logged may.
/// </summary>
public sealed class TheService : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-server-").FullName;
    private Store store = null!;
    private WebApplication app = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    /// <summary>The data folder.</summary>
    public string Folder => folder;

    internal static InstitutionId NorthHarbour { get; } = InstitutionId.Parse("north-harbour");

    internal static InstitutionId Thornmere { get; } = InstitutionId.Parse("thornmere");

    internal Overheard Overheard { get; } = new();

    /// <summary>How many words of one institution others were searched for, and how many they had; null when nobody looked.</summary>
    internal (int Canaries, int Found)? Apart { get; set; }

    internal IJournal Journal => store.Journal;

    internal IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    private static Moment Now => Moment.Of(DateTimeOffset.UtcNow);

    public async ValueTask InitializeAsync()
    {
        store = await SqliteStore.Open(folder);
        await store.ApplyOrleansScript();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Service).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--urls", "http://127.0.0.1:0"],
        });
        builder.Logging.ClearProviders();
        // Rules for one provider come before those for all of them: this one hears every level of every part.
        Overheard.HearMeasures();
        builder.Logging.AddProvider(Overheard).AddFilter<Overheard>(null, LogLevel.Trace);
        app = Service.Build(builder, new ServiceOptions { Data = folder, SignInsPerMinute = 10_000, SiloPort = FreePort.Next(), GatewayPort = FreePort.Next() }, store, postgres: null);
        await app.StartAsync();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        await Waiting.Until("the service is ready", async () =>
        {
            using var http = Client();
            using var answer = await http.GetAsync("readyz");
            return answer.IsSuccessStatusCode && File.Exists(Path.Combine(folder, OperatorKey.FileName));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        if (Apart is var (canaries, found))
        {
            Figures.Tell("leak.canaries", canaries, "canaries");
            Figures.Tell("leak.found", found + Overheard.Leaks.Count, "canaries");
        }
        Overheard.Dispose();
        Assert.True(Overheard.Leaks.Count == 0, "What was written stands in a log or a problem:\n" + string.Join("\n", Overheard.Leaks.Take(10)));
    }

    /// <summary>Somebody new, registered at a hospital and signed in.</summary>
    internal async Task<Somebody> Register(InstitutionId home, InstitutionRole role = InstitutionRole.Clinician)
    {
        var person = new ClinicianId(Guid.CreateVersion7());
        var register = new RegisterClinician($"Ada {Overheard.Canary}", $"Medicine of the {Overheard.Canary}", Grade.Attending, home, role);
        Assert.Null((await Grains.Ask(person.Topic, Guid.CreateVersion7(), register, SocialQI.Passport.OfOperator, Now)).Refusal);
        return new(person, await CookieOf(person, home));
    }

    /// <summary>The same person in another browser.</summary>
    internal async Task<Somebody> SignInAgain(Somebody who, InstitutionId institution) => who with { Cookie = await CookieOf(who.Id, institution) };

    /// <summary>Somebody of the demonstration network.</summary>
    internal async Task<Somebody> Demo(string user) => new(Seeder.Person(user), await CookieOf(Seeder.Person(user), null));

    /// <summary>A client with somebody's cookie; nobody's without.</summary>
    internal HttpClient Client(Somebody? who = null)
    {
        var http = new HttpClient(new HearingProblems(Overheard, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = Address };
        if (who is not null)
        {
            http.DefaultRequestHeaders.Add("Cookie", who.Cookie);
        }
        return http;
    }

    /// <summary>A client with the operator's key.</summary>
    internal HttpClient OperatorClient()
    {
        var http = Client();
        http.DefaultRequestHeaders.Add(OperatorKey.Header, OperatorKey.Read(folder)!.Value.Key);
        return http;
    }

    /// <summary>A connection to the hub as the browser makes it.</summary>
    internal async Task<HubConnection> Hub(Somebody who, Action<HubConnection>? before = null)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(Address, RoundsProtocol.Path), options => options.Headers["Cookie"] = who.Cookie).Build();
        before?.Invoke(hub);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    /// <summary>A local account of somebody.</summary>
    internal async Task KeepAccount(string user, ClinicianId person, string? password)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LocalAccounts>().Keep(new(user, person, NorthHarbour), password);
    }

    /// <summary>A key that no device holds.</summary>
    internal ValueTask KeepPasskey(string user, byte[] id) =>
        store.Accounts.Keep(user, new(id, "A phone", [7], Moment.Of(DateTimeOffset.UtcNow), 1, "internal", IsVerified: true, IsEligible: true, IsBackedUp: false, [8], [9]), TestContext.Current.CancellationToken);

    /// <summary>Chooses a password on the page of a link; the answer to the form.</summary>
    internal async Task<HttpResponseMessage> Choose(string link, string password, params (string Name, string Value)[] more)
    {
        using var http = Client();
        var (cookie, token) = await FormOf(http, link);
        using var form = new HttpRequestMessage(HttpMethod.Post, link)
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("password", password), new("again", password), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]),
        };
        form.Headers.Add("Cookie", cookie);
        return await http.SendAsync(form, TestContext.Current.CancellationToken);
    }

    /// <summary>The cookie and the token of the form on a page.</summary>
    internal static async Task<(string Cookie, string Token)> FormOf(HttpClient http, string page)
    {
        using var answer = await http.GetAsync(page, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "";
        return (cookies, System.Text.RegularExpressions.Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
    }

    /// <summary>What the rules know of somebody.</summary>
    internal ValueTask<Passport> Passport(Somebody who) => store.Tables.Passport(who.Id, TestContext.Current.CancellationToken);

    /// <summary>Asks a topic by HTTP; fails when it is refused.</summary>
    internal async Task<Answer> Done(Somebody who, TopicId topic, Command command)
    {
        using var http = Client(who);
        using var answer = await http.Ask(topic, command);
        var said = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{command.GetType().Name}: {System.Text.Encoding.UTF8.GetString(said)}");
        return Json.Decode<Answer>(said);
    }

    // As the sign-in does it, without its door: that one bounds how often it is tried.
    private async Task<string> CookieOf(ClinicianId person, InstitutionId? institution)
    {
        var session = await Services.GetRequiredService<LiveSessions>().Begin(person, institution, "password", "tests", "127.0.0.1", CancellationToken.None);
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SignedIn.Scheme);
        var lasting = new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow, ExpiresUtc = DateTimeOffset.UtcNow.AddHours(1) };
        return $"{SessionCookies.Plain}={options.TicketDataFormat.Protect(new AuthenticationTicket(SignedIn.In(session!), lasting, SignedIn.Scheme))}";
    }

    /// <summary>What a problem says may end up in any log and on any screenshot.</summary>
    private sealed class HearingProblems(Overheard overheard, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode && (int)answer.StatusCode >= 400)
            {
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                overheard.Hear("problem", await answer.Content.ReadAsStringAsync(cancellationToken));
            }
            return answer;
        }
    }
}
