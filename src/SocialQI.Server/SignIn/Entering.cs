using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using SocialQI.Server.Auditing;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>The cookie of a session: given to who has proven who they are, and believed as long as the session lasts.</summary>
internal sealed class Entering(LiveSessions sessions, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    /// <summary>Signs somebody in; false when they may not, by this account.</summary>
    public async Task<bool> Enter(HttpContext http, ClinicianId person, InstitutionId? institution, string way)
    {
        // Whoever signs in anew in the same browser leaves nothing behind that lasts.
        await Leave(http, SessionEnd.SignedOut);
        var session = await sessions.Begin(
            person, institution, way, http.Request.Headers.UserAgent.ToString(), http.Connection.RemoteIpAddress?.ToString() ?? "", http.RequestAborted);
        if (session is null)
        {
            return false;
        }
        http.Audit().Person = person;
        await http.SignInAsync(SignedIn.Scheme, SignedIn.In(session));
        return true;
    }

    /// <summary>Ends the session that the request comes in, if it does.</summary>
    public async Task Leave(HttpContext http, SessionEnd reason)
    {
        if (SignedIn.Session(http.User) is { } session)
        {
            await sessions.End(new(Id: session), reason, http.RequestAborted);
        }
    }

    /// <summary>Why the session of a cookie that is still there ended; null when none has.</summary>
    public async Task<SessionEnd?> WhyEnded(HttpContext http)
    {
        var kept = cookies.Get(SignedIn.Scheme);
        return kept.CookieManager.GetRequestCookie(http, kept.Cookie.Name!) is { } cookie && kept.TicketDataFormat.Unprotect(cookie) is { } ticket
            && SignedIn.Session(ticket.Principal) is { } id ? await sessions.WhyEnded(id, http.RequestAborted) : null;
    }

    /// <summary>Refuses a cookie whose session does not last, or that is somebody else's.</summary>
    public async Task Validate(CookieValidatePrincipalContext context)
    {
        var stop = context.HttpContext.RequestAborted;
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<AnswersPlainlyAttribute>() is not null)
        {
            // Whether the process lives is told whoever asks, also while nobody can say who that is.
            context.RejectPrincipal();
        }
        else if (SignedIn.Session(context.Principal) is not { } id || await sessions.Find(id, stop) is not { } session || session.Person != SignedIn.Person(context.Principal))
        {
            context.RejectPrincipal();
        }
        else if (IsActivity(context.HttpContext.Request))
        {
            sessions.Active(id);
        }
    }

    // What a page fetches by itself says nothing about the person; the page tells by the hub when they do something. A program has only its requests.
    private static bool IsActivity(HttpRequest request) => !request.Headers.ContainsKey("Sec-Fetch-Site") && !request.Path.StartsWithSegments("/hub");
}
