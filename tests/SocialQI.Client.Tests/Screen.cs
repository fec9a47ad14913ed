using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Cases;
using SocialQI.Client.Cases.Marking;
using SocialQI.Client.Frame;
using SocialQI.Client.Frame.Languages;
using SocialQI.Client.Live;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>A page with everything under it but the server, whose answers the test decides.</summary>
public abstract class Screen : BunitContext
{
    private readonly TaskCompletionSource<Answer?> silence = new();

    protected Screen()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        // How long something may take before it counts as never: a busy machine is not a fault.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        var hub = new Hub(
            Open: topic => Task.FromResult(Opening(topic)),
            Follow: (_, after) => Task.FromResult<Answer?>(new Answer(after, Math.Max(after, Head))),
            Unfollow: _ => Task.CompletedTask,
            Send: (_, _, command) =>
            {
                Sent.Add(Json.TryReadCommand(Encoding.UTF8.GetBytes(command.GetRawText()))!);
                return Reply is { } reply ? Task.FromResult<Answer?>(reply) : silence.Task;
            },
            Page: (_, _) => Task.FromResult<Page?>(null),
            Typing: _ =>
            {
                Signs++;
                return Task.CompletedTask;
            },
            Watch: _ => Task.FromResult<TopicHead[]?>([]),
            Own: Owned,
            Point: (topic, at) => { Pointed.Add(at); return Task.CompletedTask; });
        Services.AddSingleton<TimeProvider>(new Brisk());
        Services.AddSingleton(hub);
        Services.AddSingleton(new HttpClient(new Directory(Asked)) { BaseAddress = new Uri("http://localhost/") });
        Services.AddSingleton<Api>().AddSingleton<RoundsApi>().AddSingleton<Browser>().AddSingleton<Outbox>().AddSingleton<Names>().AddSingleton<ReadMarks>().AddSingleton<Keys>().AddSingleton<Unread>().AddSingleton<SharedMachine>().AddSingleton<Drafts>()
            .AddSingleton(new Typesetter(() => Task.CompletedTask)).AddSingleton<Titles>().AddSingleton<Invitations>();
        Services.AddSingleton(services => new Connection(null!, services.GetRequiredService<Rounds>(), services.GetRequiredService<Api>(), services.GetRequiredService<Browser>(), services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Connection>.Instance));
        Services.AddTexts().AddSingleton<Look>().AddSingleton<Confirming>().AddSingleton(new QrDrawing(() => Task.CompletedTask));
        Services.AddSingleton(services => new Rounds(hub, services.GetRequiredService<Outbox>(), TimeProvider.System, _ => new TaskCompletionSource().Task));
    }

    /// <summary>What had happened when the case is opened.</summary>
    protected List<Envelope> History { get; } = [Started, Opened];

    /// <summary>How far the topic is, where it was opened with a state of some time ago.</summary>
    protected long Head { get; set; }

    protected List<Command> Sent { get; } = [];

    /// <summary>How often others were told that this person writes.</summary>
    protected int Signs { get; private set; }

    /// <summary>Where others were told that this person points.</summary>
    protected List<PointedAt> Pointed { get; } = [];

    /// <summary>What the next command is answered; null: nothing yet.</summary>
    protected Answer? Reply { get; set; }

    protected Rounds Rounds => Services.GetRequiredService<Rounds>();

    protected IRenderedComponent<CasePage> ShowCase()
    {
        Rounds.WentUp(Me());
        var page = Render<CasePage>(p => p.Add(c => c.Name, Fever.ToString()));
        // The name in the head is the last that comes by itself; from then on only the test moves anything.
        page.WaitForAssertion(() => Assert.Contains("Dr 00000001", page.Markup));
        return page;
    }

    /// <summary>Finds and acts in one go: between the two nothing can be drawn anew. What the act waits for, an answer for instance, is not waited for here.</summary>
    protected static Task Act(IRenderedComponent<CasePage> page, string selector, Func<IElement, Task> act)
    {
        page.WaitForElement(selector);
        return page.InvokeAsync(() => { _ = act(page.Find(selector)); });
    }

    protected static Task Click(IRenderedComponent<CasePage> page, string selector) => Act(page, selector, e => e.ClickAsync());

    protected static Task Type(IRenderedComponent<CasePage> page, string selector, string text) => Act(page, selector, e => e.InputAsync(text));

    protected Task Happens(IRenderedComponent<CasePage> page, params Envelope[] events) =>
        page.InvokeAsync(() => Rounds.EventsArrived(Fever, Array.ConvertAll(events, Encoded)));

    protected virtual OpenedTopic? Opening(TopicId topic) => Ward.AsOpened(Fold(History));

    /// <summary>One's own seat in a ballot; null: there is none.</summary>
    protected virtual Task<OwnBallot?> Owned(TopicId ballot) => Task.FromResult<OwnBallot?>(null);

    /// <summary>What a plain request is answered; null: as always.</summary>
    protected virtual string? Asked(string path, string query) => null;

    /// <summary>Whoever looks at this clock finds a second gone: nothing waits to be drawn.</summary>
    private sealed class Brisk : TimeProvider
    {
        private long ticks;

        public override long GetTimestamp() => Interlocked.Add(ref ticks, TimestampFrequency);
    }

    /// <summary>Answers what is asked by plain requests: everybody is called by the first digits of their id.</summary>
    private sealed class Directory(Func<string, string, string?> asked) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // What is looked for stands in the body.
            var sought = request.Method == HttpMethod.Post ? JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)) : default;
            var query = sought.ValueKind == JsonValueKind.Object && sought.TryGetProperty("text", out var text) ? " " + text : request.RequestUri!.Query;
            var json = asked(request.RequestUri!.AbsolutePath, query) ?? request.RequestUri.AbsolutePath switch
            {
                "/api/directory" when query.StartsWith("?q=", StringComparison.Ordinal) => Encoding.UTF8.GetString(Json.Encode<DirectoryEntry[]>([new(Ben, "Ben Ask", "", Grade.Attending, [], 1), new(new(new Guid(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), "Benita Grey", "", Grade.Attending, [], 1)])),
                "/api/directory" => Encoding.UTF8.GetString(Json.Encode<DirectoryEntry[]>([.. query["?ids=".Length..].Split(',').Select(ClinicianId.Parse).Select(id => new DirectoryEntry(id, "Dr " + id.ToString()[..8], "", Grade.Attending, [], 1))])),
                "/api/read-positions" => "{}",
                _ => "[]",
            };
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        }
    }
}
