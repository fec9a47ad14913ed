using Microsoft.AspNetCore.Http.HttpResults;
using SocialQI.Server.Api;
using SocialQI.Server.Calendars;
using SocialQI.Server.Gateway;
using SocialQI.Server.SignIn;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>Records what comes through an address as its <see cref="Recorded"/> says. The answer is known by then, and not a byte of it has left.</summary>
internal sealed class RecordingFilter(AuditTrail trail, AuditedLately lately, Closings closings) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var recorded = http.GetEndpoint()!.Metadata.GetMetadata<Recorded>()!;
        try
        {
            return recorded.How == Recorded.Manner.Around ? await Around(recorded, context, next) : await Answer(recorded, context, next);
        }
        catch (NotAuditedException)
        {
            // What the handler was about to give, as the cookie of a sign-in, is not given.
            http.Response.Headers.SetCookie = default;
            http.Response.Headers.ETag = default;
            return ApiEndpoints.Problem(Refusal.NotAudited);
        }
    }

    private async Task<object?> Answer(Recorded recorded, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        object? answer;
        try
        {
            answer = await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Record(ActorOf(http), ActOf(recorded, http, Outages.RefusalOf(e)?.Code ?? "failed"));
            throw;
        }
        var said = answer as JsonAnswer;
        var act = ActOf(recorded, http, ResultOf(http, answer)) with { First = said?.First, Last = said?.Last, Count = said?.Count ?? (answer as Exported)?.Count ?? (answer as CalendarAnswer)?.Count };
        if (said?.IsEvent == true || (recorded.How == Recorded.Manner.Refusals && act.Result == AuditEntry.Done))
        {
            return answer;
        }
        await (recorded.How == Recorded.Manner.First && act.Result == AuditEntry.Done
            ? lately.Record(ActorOf(http), act, http.Request.Path + http.Request.QueryString.Value)
            : Record(ActorOf(http), act));
        return answer;
    }

    // As in HubRecording.
    private Task Record(Actor actor, Act act)
    {
        if (Outages.IsSaidBy(act.Result))
        {
            closings.Add(actor, act);
            return Task.CompletedTask;
        }
        return trail.Record(actor, act);
    }

    private async Task<object?> Around(Recorded recorded, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var begun = await trail.Record(ActorOf(http), ActOf(recorded, http, AuditEntry.Begun));
        try
        {
            var answer = await next(context);
            closings.Add(ActorOf(http), ActOf(recorded, http, ResultOf(http, answer)) with { Closes = begun });
            return answer;
        }
        catch (Exception e)
        {
            closings.Add(ActorOf(http), ActOf(recorded, http, Outages.RefusalOf(e)?.Code ?? "failed") with { Closes = begun });
            throw;
        }
    }

    private static Actor ActorOf(HttpContext http) => new(
        http.Audit().Person ?? SignedIn.Person(http.User),
        http.GetEndpoint()!.Metadata.GetMetadata<DoorAttribute>()?.Who == Who.Operator ? AuditEntry.Operator : null,
        http.Connection.RemoteIpAddress?.ToString());

    private static Act ActOf(Recorded recorded, HttpContext http, string result)
    {
        var note = http.Audit();
        return new(recorded.Act!, result)
        {
            What = note.What ?? recorded.What,
            Topic = note.Topic ?? Recording.TopicOf(http.Request.RouteValues),
            Purpose = note.Purpose,
            Flag = note.Flag,
        };
    }

    private static string ResultOf(HttpContext http, object? answer) =>
        http.Audit().Refused ?? answer switch
        {
            ProblemHttpResult { ProblemDetails.Title: { } code } => code,
            IStatusCodeHttpResult { StatusCode: >= 400 and var status } => $"http-{status}",
            _ when http.Response.StatusCode >= 400 => $"http-{http.Response.StatusCode}",
            _ => AuditEntry.Done,
        };
}
