using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Administration;
using SocialQI.Client.Frame;
using SocialQI.Client.Frame.Languages;
using SocialQI.Client.Import;
using SocialQI.Client.Live;
using SocialQI.Client.Settings;
using SocialQI.Client.Tour;
using SocialQI.Clinicians;
using SocialQI.Institutions;
using SocialQI.Wire;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>Ada's own topic and her hospital, open in a browser; the test decides what the service answers.</summary>
public abstract class Desk : BunitContext
{
    protected Desk()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        Notify = JSInterop.SetupModule("./notify.js");
        Notify.Mode = JSRuntimeMode.Loose;
        var hub = new Hub(
            Open: topic => Task.FromResult<OpenedTopic?>(Opening(topic)),
            Follow: (_, after) => Task.FromResult<Answer?>(new Answer(after, after)),
            Unfollow: _ => Task.CompletedTask,
            Send: (topic, _, command) =>
            {
                Sent.Add((topic, Json.TryReadCommand(Encoding.UTF8.GetBytes(command.GetRawText()))!));
                return Task.FromResult<Answer?>(Reply);
            },
            Page: (_, _) => Task.FromResult<Page?>(null),
            Typing: _ => Task.CompletedTask,
            Watch: _ => Task.FromResult<TopicHead[]?>([]),
            Own: _ => Task.FromResult<OwnBallot?>(null),
            Point: (_, _) => Task.CompletedTask);
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(new HttpClient(new Answers(this)) { BaseAddress = new Uri("http://localhost/") });
        Services.AddSingleton<Api>().AddSingleton<Browser>().AddSingleton<Outbox>().AddSingleton<Names>().AddSingleton<ReadMarks>().AddSingleton<Keys>().AddSingleton<Unread>().AddSingleton<Drafts>();
        Services.AddTexts().AddSingleton<Look>().AddSingleton<Confirming>().AddSingleton(new QrDrawing(() => Task.CompletedTask));
        Services.AddSingleton<Notifications>().AddSingleton<TourState>().AddSingleton<AccountsApi>().AddSingleton<OwnAccountApi>().AddSingleton<ProvidersApi>().AddSingleton<AuditApi>().AddSingleton<AuditWords>().AddSingleton<Titles>().AddSingleton<DraftApi>();
        Services.AddSingleton(services => new Rounds(hub, services.GetRequiredService<Outbox>(), TimeProvider.System, _ => new TaskCompletionSource().Task));
    }

    internal WallClock Clock { get; } = new();

    /// <summary>The module that shows notifications.</summary>
    protected BunitJSModuleInterop Notify { get; }

    protected ClinicianState Mine { get; set; } = ClinicianState.None with { Number = 5, Name = "Ada Lindholm" };

    protected InstitutionState Hospital { get; set; } = InstitutionState.None with { Number = 3, Name = "North Harbour General" };

    protected InstitutionRole Role { get; set; } = InstitutionRole.Administrator;

    protected List<(TopicId Topic, Command Command)> Sent { get; } = [];

    /// <summary>What commands are answered.</summary>
    protected Answer Reply { get; set; } = new(6, 6);

    /// <summary>What a path, or a method and a path, is answered by plain requests; anything else is an empty list.</summary>
    protected Dictionary<string, (HttpStatusCode Status, string Type, string Body)> Http { get; } = [];

    /// <summary>What was asked by plain requests, as method, path and body.</summary>
    protected ConcurrentQueue<string> Asked { get; } = [];

    protected Rounds Rounds => Services.GetRequiredService<Rounds>();

    /// <summary>Ada is signed in, and her own topic is open.</summary>
    protected void Begin()
    {
        Rounds.WentUp(Me() with { Affiliations = [new(Harbour, Role, default, null)] });
        Rounds.Open(Ada.Topic);
    }

    /// <summary>Something happens in Ada's topic.</summary>
    protected void Happens(long n, TopicEvent happened) => Rounds.EventsArrived(Ada.Topic, [Encoded(Of(n, Ada, happened))]);

    private OpenedTopic Opening(TopicId topic) => topic.Kind == TopicKind.Clinician
        ? new(topic, "one", Mine.Number, JsonSerializer.SerializeToElement(Mine, Json.Context.ClinicianState))
        : new(topic, "one", Hospital.Number, JsonSerializer.SerializeToElement(Hospital, Json.Context.InstitutionState));

    private sealed class Answers(Desk desk) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            desk.Asked.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery} {body}");
            var path = request.RequestUri.AbsolutePath;
            var (status, type, text) = desk.Http.GetValueOrDefault(desk.Http.ContainsKey($"{request.Method} {path}") ? $"{request.Method} {path}" : path, (HttpStatusCode.OK, "application/json", path switch
            {
                "/api/cases" or "/api/outcomes" => """{"lines":[]}""",
                "/api/read-positions" => "{}",
                _ => "[]",
            }));
            return new(status) { Content = new StringContent(text, Encoding.UTF8, type) };
        }
    }
}

/// <summary>A clock that the test moves, in a zone that the test names; nothing waits to be drawn by it.</summary>
internal sealed class WallClock : TimeProvider
{
    private long ticks;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Interlocked.Add(ref ticks, TimestampFrequency);
}
