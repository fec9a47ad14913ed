using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace SocialQI.Server.SignIn;

/// <summary>Who a request comes from, as its cookie says. What the person may do is never in the cookie: the passport is asked each time.</summary>
internal static class SignedIn
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static ClaimsPrincipal As(ClinicianId person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString())], Scheme));

    public static ClinicianId? Person(ClaimsPrincipal? user) =>
        ClinicianId.TryParse(user?.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var person) && person != ClinicianId.Operator ? person : null;
}
