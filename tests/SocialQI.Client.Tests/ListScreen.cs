using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Wire;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>A page of lists, whose answers the test decides.</summary>
public abstract class ListScreen : Screen
{
    protected static readonly CommunityId Salt = new(new Guid(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    /// <summary>Which lists were asked for, with their filters.</summary>
    protected ConcurrentQueue<string> AskedFor { get; } = [];

    protected Listed<CaseLine> Cases { get; set; } = new([]);

    protected Listed<OutcomeLine> Outcomes { get; set; } = new([]);

    protected Listed<Found> Found { get; set; } = new([]);

    protected Listed<DirectoryEntry> People { get; set; } = new([]);

    protected ClinicianState Mine { get; set; } = ClinicianState.None with { Number = 1, Name = "Ada Lindholm" };

    protected CommunityState Community { get; set; } = CommunityState.None with { Number = 1, Name = "Salt and Water", Purpose = "Sodium.", Members = 2, Moderators = [Ben] };

    protected Me Person { get; set; } = Ward.Me();

    protected string Address => Services.GetRequiredService<NavigationManager>().Uri["http://localhost/".Length..];

    protected static CaseLine Line(int key, string title, int minutesAgo = 60, long contributions = 0, ClinicianId? by = null, CaseStage stage = CaseStage.Open) =>
        new(TopicOf(key), title, "", null, stage, false, by ?? Ben, 1 + contributions, contributions, Moment.Of(DateTimeOffset.UtcNow.AddMinutes(-minutesAgo)), []);

    protected static TopicId TopicOf(int key) => TopicId.Case(Harbour, new Guid(key, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2));

    protected static Task Point(IRenderedComponent<IComponent> page, string at, bool isOn) => page.InvokeAsync(() =>
    {
        _ = page.Find(at).TriggerEventAsync(isOn ? "onmouseenter" : "onmouseleave", new MouseEventArgs());
    });

    protected static Task Press(IRenderedComponent<IComponent> page, string selector) => page.InvokeAsync(() => { _ = page.Find(selector).ClickAsync(); });

    protected static string[] Rows(IRenderedComponent<IComponent> page) => [.. page.FindAll(".go").Select(a => a.TextContent)];

    /// <summary>Signs in, and opens this person's own topic as the frame does.</summary>
    protected void Arrive()
    {
        Rounds.WentUp(Person);
        Rounds.Open(Ada.Topic);
    }

    /// <summary>The connection comes again: every list looks anew.</summary>
    protected Task LookAgain(IRenderedComponent<IComponent> page) => page.InvokeAsync(() =>
    {
        Rounds.WentDown();
        Rounds.WentUp(Person);
    });

    protected void GoTo(string path) => Services.GetRequiredService<NavigationManager>().NavigateTo(path);

    protected override string? Asked(string path, string query)
    {
        AskedFor.Enqueue(path + Uri.UnescapeDataString(query));
        return path switch
        {
            "/api/cases" => Text(Cases),
            "/api/outcomes" => Text(Outcomes),
            "/api/search" => Text(Found),
            "/api/people" => Text(People),
            "/api/me" => Text(Person),
            _ when path.StartsWith("/api/people/", StringComparison.Ordinal) => Text(People.Lines.Single(p => path.EndsWith(p.Id.ToString(), StringComparison.Ordinal))),
            _ when path.EndsWith("/members", StringComparison.Ordinal) => Text(new Listed<MemberLine>([new(Ben, CommunityRole.Moderator)])),
            _ => null,
        };
    }

    protected override OpenedTopic? Opening(TopicId topic) => topic.Kind switch
    {
        TopicKind.Clinician => new(topic, "one", Mine.Number, JsonSerializer.SerializeToElement(Mine, Json.Context.ClinicianState)),
        TopicKind.Community => new(topic, "one", Community.Number, JsonSerializer.SerializeToElement(Community, Json.Context.CommunityState)),
        _ => base.Opening(topic),
    };

    private static string Text<T>(T answer) => Encoding.UTF8.GetString(Json.Encode(answer));
}
