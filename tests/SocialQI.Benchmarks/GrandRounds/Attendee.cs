using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Benchmarks.Journal;
using SocialQI.Clinicians;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>Somebody who is signed in: a clinician of their own, with a session of their own and its cookie.</summary>
internal sealed record Attendee(ClinicianId Id, InstitutionId Home, string Cookie)
{
    private static readonly InstitutionId[] homes = [.. new[] { "north-harbour", "thornmere", "skerry-point" }.Select(InstitutionId.Parse)];
    private static readonly string[] specialties = ["Nephrology", "Hematology", "Critical care", "Cardiology", "Hospital medicine"];

    /// <summary>
    /// Registers so many in the database and signs them in there. Thousands of passwords would be hashed for minutes, and none of it measured: rows and
    /// cookies are made by the service's own code.
    /// </summary>
    public static async Task<Attendee[]> Register(Store store, int count)
    {
        var cookies = Cookies(store);
        var people = Enumerable.Range(0, count).Select(i => (Id: new ClinicianId(Guid.CreateVersion7()), Home: homes[i % homes.Length], Specialty: specialties[i % specialties.Length])).ToArray();
        await store.Journal.Commit(people.Select((p, i) => Written.By(
            p.Id, p.Home, p.Id.Topic,
            new ClinicianRegistered(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Clinician {i:0000}"), p.Specialty, Grade.Attending),
            new AffiliationGranted(p.Home, i == 0 ? InstitutionRole.Moderator : InstitutionRole.Clinician, default, null))));
        var attendees = new List<Attendee>();
        foreach (var (id, home, _) in people)
        {
            var now = Moment.Of(DateTimeOffset.UtcNow);
            var session = new Session(Guid.NewGuid(), id, home, SignInEndpoints.Password, now, now, "benchmark", "127.0.0.1");
            await store.Sessions.Begin(session, default);
            var ticket = new AuthenticationTicket(SignedIn.In(session), new() { IssuedUtc = DateTimeOffset.UtcNow, ExpiresUtc = DateTimeOffset.UtcNow.AddHours(12) }, SignedIn.Scheme);
            attendees.Add(new(id, home, $"{SessionCookies.Plain}={cookies.Protect(ticket)}"));
        }
        return [.. attendees];
    }

    private static TicketDataFormat Cookies(Store store)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(new Stores(store));
        ProtectionKeys.Add(services, new ServiceOptions { KeyCertificate = ServerProcess.KeyFile });
        return new(services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", SignedIn.Scheme, "v2"));
    }
}
