using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Samples.Tests;

/// <summary>Calendars as a program by strangers reads them: ical.js, which knows no zones but those that stand in the file, makes of them what the API says.</summary>
public sealed class ReadingACalendar : IAsyncLifetime
{
    // Both hemispheres, half an hour off, and the far side of the date line.
    private static readonly string[] zones = ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Pacific/Apia"];

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-calendar-").FullName;
    private ServerProcess server = null!;
    private HttpClient imani = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record Event(string Uid, int Sequence, long Start, string Zone, int Minutes, string Status, string Summary, string Url, string[] Properties);

    public async ValueTask InitializeAsync()
    {
        await Sample.Install(folder, "npm-calendar");
        server = await ServerProcess.StartNew();
        imani = await server.SignIn("imani.cole", "rounds-at-seven");
    }

    public async ValueTask DisposeAsync()
    {
        imani.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Finds_every_session_at_the_instant_that_the_service_says_through_changes_of_clocks()
    {
        var sessions = new List<string>();
        foreach (var zone in zones)
        {
            // Every second week of a year: winter, summer, and the weeks between.
            for (var week = 1; week <= 52; week += 2)
            {
                sessions.Add(await Plan(zone, DateTime.UtcNow.Date.AddDays(7 * week).AddHours(7)));
            }
        }
        var (moved, cancelled) = (sessions[3], sessions[4]);
        var later = DateTime.UtcNow.Date.AddDays(200).AddHours(16);
        await Ask(moved, new { k = "revise-rounds", plan = PlanOf("Australia/Sydney", later) });
        await Ask(moved, new { k = "revise-rounds", plan = PlanOf("America/New_York", later) });
        await Ask(cancelled, new { k = "cancel-rounds", reason = "Nobody can come" });
        var states = new Dictionary<string, JsonElement>();
        foreach (var session in sessions)
        {
            states[session + "@socialqi"] = (await imani.GetFromJsonAsync<JsonElement>("api/topics/" + session, Stop)).GetProperty("state");
        }
        var address = (await (await imani.PostAsync("api/rounds/calendar", null, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("address").GetString()!;

        var events = await Read(() => Anonymously(address), all => states.All(s => all.Any(e => e.Uid == s.Key && e.Sequence == s.Value.GetProperty("sequence").GetInt32())));

        foreach (var shown in events.Where(e => states.ContainsKey(e.Uid)))
        {
            Agrees(shown, states[shown.Uid]);
        }
        Assert.Equal(states.Count, events.Count(e => states.ContainsKey(e.Uid)));
        Assert.Equal(2, events.Single(e => e.Uid == moved + "@socialqi").Sequence);
        Assert.Equal((1, "CANCELLED"), events.Where(e => e.Uid == cancelled + "@socialqi").Select(e => (e.Sequence, e.Status)).Single());

        foreach (var session in new[] { moved, cancelled, sessions[^1] })
        {
            var alone = Assert.Single(await Read(() => imani.GetByteArrayAsync($"api/topics/{session}/calendar.ics", Stop), _ => true));
            Agrees(alone, states[session + "@socialqi"]);
        }
    }

    private static void Agrees(Event shown, JsonElement state)
    {
        var plan = state.GetProperty("plan");
        Assert.Equal(
            (state.GetProperty("at").GetInt64() / 1_000_000, plan.GetProperty("zone").GetString(), plan.GetProperty("minutes").GetInt32(), state.GetProperty("sequence").GetInt32()),
            (shown.Start, shown.Zone, shown.Minutes, shown.Sequence));
        Assert.Equal(state.GetProperty("stage").GetString() == "cancelled" ? "CANCELLED" : "CONFIRMED", shown.Status);
        Assert.Equal("Rounds, North Harbour General", shown.Summary);
        Assert.EndsWith("/rounds/" + shown.Uid.Split('@')[0], shown.Url, StringComparison.Ordinal);
        Assert.Equal(["dtstamp", "dtstart", "duration", "last-modified", "sequence", "status", "summary", "uid", "url"], shown.Properties.Order(StringComparer.Ordinal));
    }

    // The lists follow the journal a moment later.
    private async Task<Event[]> Read(Func<Task<byte[]>> calendar, Func<Event[], bool> isAllThere)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (true)
        {
            var file = Path.Combine(folder, "calendar.ics");
            await File.WriteAllBytesAsync(file, await calendar(), Stop);
            var printed = await Sample.Run(folder, "read.mjs", file);
            Event[] events = [.. printed.Skip(1).Select(line => JsonSerializer.Deserialize<Event>(line, JsonSerializerOptions.Web)!)];
            if (isAllThere(events))
            {
                return events;
            }
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<byte[]> Anonymously(string address)
    {
        using var program = new HttpClient();
        return await program.GetByteArrayAsync(address, Stop);
    }

    private async Task<string> Plan(string zone, DateTime local)
    {
        var topic = $"rounds.north-harbour.open.{Guid.CreateVersion7():N}";
        await Ask(topic, new { k = "plan-rounds", plan = PlanOf(zone, local) });
        return topic;
    }

    private static object PlanOf(string zone, DateTime local) => new
    {
        title = "Grand rounds",
        about = "Less sepsis",
        local = local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        zone,
        minutes = 45,
        visibility = new { kind = "institution" },
    };

    private async Task Ask(string topic, object command)
    {
        using var answer = await imani.PostAsJsonAsync($"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command }, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
