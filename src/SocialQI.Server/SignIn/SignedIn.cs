using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>Who a request comes from, as its cookie says. What the person may do is never in the cookie: the passport is asked each time.</summary>
internal static class SignedIn
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string SessionClaim = "sid";

    public static ClaimsPrincipal In(Session session) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, session.Person.ToString()), new Claim(SessionClaim, session.Id.ToString("N"))], Scheme));

    public static ClinicianId? Person(ClaimsPrincipal? user) =>
        ClinicianId.TryParse(user?.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var person) && person != ClinicianId.Operator ? person : null;

    public static Guid? Session(ClaimsPrincipal? user) => Guid.TryParseExact(user?.FindFirst(SessionClaim)?.Value, "N", out var session) ? session : null;
}
