using System.Net.Http.Json;
using System.Text.Json;

namespace SocialQI.Tests;

/// <summary>A page of the program, and what is there once it has been drawn.</summary>
/// <param name="Name">For pictures and reports.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Shows">A selector of what it is about.</param>
public sealed record EveryPage(string Name, string Path, string Shows)
{
    // Of the demonstration network, whose names are made of its keys: the case in which opinions were opened and the outcome is told.
    private const string Told = "case.skerry-point.open.5bafc53eb1ac8c1c88069ceeeb3a81ea";

    /// <summary>All of them, as an administrator of the demonstration network sees them.</summary>
    public static async Task<EveryPage[]> Of(HttpClient signedIn)
    {
        var me = await signedIn.GetFromJsonAsync<JsonElement>("api/me");
        var (person, place) = (me.GetProperty("id").GetString(), me.GetProperty("acting").GetString());
        var hallway = await Hallway(signedIn, place);
        var (live, planned) = (await Session(signedIn, place, person, "open-lobby", "go-live"), await Session(signedIn, place, person));
        var panel = await Panel(signedIn, place, person);
        var communities = await signedIn.GetFromJsonAsync<JsonElement>("api/communities?take=50");
        var community = communities.EnumerateArray().First(c => c.GetProperty("isMember").GetBoolean()).GetProperty("community").GetString();
        return
        [
            new("home", "", "main h1"),
            new("inbox", "inbox", "main h1"),
            new("communities", "communities", "main h1"),
            new("community", $"community/community.network.open.{community}", "[data-testid=title]"),
            new("cases", "cases", "main h1"),
            new("case", $"case/{Told}", "[data-testid=contribution]"),
            new("hallway", $"case/{hallway}", "[data-testid=contribution]"),
            new("opinions", $"case/{Told}/opinions", "[data-testid=pool]"),
            new("ask-opinions", $"case/{hallway}/opinions", "main h1"),
            new("outcome", $"case/{Told}/outcome", "main h1"),
            new("outcomes", "outcomes", "main h1"),
            new("rounds", "rounds", "main h1"),
            new("new-rounds", "rounds/new", "main h1"),
            new("session", $"rounds/{live}", "[data-testid=question]"),
            new("planned-session", $"rounds/{planned}", "[data-testid=plan]"),
            new("plan", $"rounds/{planned}/plan", "main h1"),
            new("big-screen", $"rounds/{live}/screen", "[data-testid=screen]"),
            new("record", $"rounds/{live}/record", "[data-testid=record]"),
            new("panels", "panels", "main h1"),
            new("new-panel", "panels/new", "[data-testid=panel-form]"),
            new("panel", $"panel/{panel}", "[data-testid=own-round]"),
            new("panel-report", $"panel/{panel}/report", "[data-testid=report]"),
            new("new-case", "new", "main h1"),
            new("new-hallway", "new/hallway", "main h1"),
            new("import", "import", "main h1"),
            new("search", "search#q=fever", "main h1"),
            new("people", "people", "main h1"),
            new("person", $"person/{person}", "main h1"),
            new("settings", "settings", "main h1"),
            new("calibration", "calibration", "[data-testid=empty]"),
            new("administration", $"administration/{place}", "main h1"),
            new("providers", $"administration/{place}/sign-in", "[data-testid=provider-form]"),
            new("more", "more", "main h1"),
            new("nothing-here", "nothing-here", "[data-testid=shut]"),
        ];
    }

    // The demonstration network has a case of every kind, but no hallway thread that this person may read.
    private static async Task<string> Hallway(HttpClient signedIn, string? place)
    {
        var topic = $"case.{place}.open.{Guid.CreateVersion7():N}";
        await Do(
            signedIn, topic, new { k = "start-hallway", line = "Who has seen this rash?", visibility = new { kind = "network" }, attestation = new { kept = 0 } },
            new { k = "post-contribution", contribution = "comment", text = "Two this month." });
        return topic;
    }

    // With something in every part of it.
    private static async Task<string> Session(HttpClient signedIn, string? place, string? person, params string[] course)
    {
        var topic = $"rounds.{place}.open.{Guid.CreateVersion7():N}";
        var plan = new
        {
            title = "Fever that stays",
            about = "Two cases, and what to do next.",
            local = $"{DateTime.UtcNow.Year + 1}-03-03T07:00",
            zone = "Europe/London",
            minutes = 60,
            visibility = new { kind = "network" },
            agenda = new[] { new { title = "The first", presenter = person, from = 0, minutes = 20 }, new { title = "The second", presenter = person, from = 20, minutes = 20 } },
        };
        await Do(signedIn, topic, [new { k = "plan-rounds", plan, attestation = new { kept = 0 } }, .. course.Select(k => new { k })]);
        if (course.Length > 0)
        {
            var terms = new { kind = "single-choice", question = "What next?", options = new[] { "Lumbar puncture", "Bone marrow" }, isSealed = true };
            await Do(
                signedIn, topic, new { k = "ask-question", text = "Was the marrow looked at?" }, new { k = "ask-question", text = "Is it common?", isAnonymous = true }, new { k = "record-decision", text = "Treat at once." },
                new { k = "record-action", text = "Ask the laboratory.", owner = person, due = new DateTimeOffset(DateTime.UtcNow.Year + 1, 1, 1, 0, 0, 0, default).ToUnixTimeMilliseconds() * 1_000 },
                new { k = "call-ballot", key = Guid.CreateVersion7(), terms });
        }
        return topic;
    }

    // After one round, and in a second.
    private static async Task<string> Panel(HttpClient signedIn, string? place, string? person)
    {
        var topic = $"panel.{place}.open.{Guid.CreateVersion7():N}";
        var people = await signedIn.GetFromJsonAsync<JsonElement>("api/people?take=10");
        var seats = people.GetProperty("lines").EnumerateArray().Select(p => p.GetProperty("id").GetString()).Where(p => p != person).Take(3).Append(person).ToArray();
        var plan = new
        {
            title = "Telemetry on general wards",
            question = "Is it appropriate? 1 means the harm clearly outweighs the benefit, 9 the reverse.",
            statements = new[] { "New atrial fibrillation, rate below 110", "Syncope with a normal ECG" },
            seats,
            rule = new { stopsWhen = "no-disagreement", rounds = 3, percentiles = "type7" },
            visibility = new { kind = "network" },
        };
        await Do(
            signedIn, topic, new { k = "plan-panel", plan, attestation = new { kept = 0 } }, new { k = "say-in-panel", text = "What is a general ward?" },
            new { k = "recuse-from", reason = "Advises the maker.", statements = new[] { 1 }, seat = seats[0] }, new { k = "begin-round" });
        var ballot = await Ballot(signedIn, topic);
        await Do(signedIn, ballot, new { k = "cast-entry", entry = new { choices = new[] { new { option = 0, value = 8, comment = "The first night." }, new { option = 1, value = 2, comment = "A quiet day tells." } } } });
        await Do(signedIn, topic, new { k = "end-ballot", ballot, reason = "Enough for a first look." });
        await Until(async () => await Stage(signedIn, topic) == "between");
        await Do(signedIn, topic, new { k = "begin-round" });
        return topic;
    }

    // What the service does by itself comes a moment later.
    private static async Task<string> Ballot(HttpClient signedIn, string panel)
    {
        var shown = await signedIn.GetFromJsonAsync<JsonElement>($"api/topics/{panel}");
        var ballot = shown.GetProperty("state").GetProperty("rounds").EnumerateArray().Last().GetProperty("ballot").GetString()!;
        await Until(async () => (await signedIn.GetAsync($"api/topics/{ballot}/own")).IsSuccessStatusCode);
        return ballot;
    }

    private static async Task<string?> Stage(HttpClient signedIn, string panel) =>
        (await signedIn.GetFromJsonAsync<JsonElement>($"api/topics/{panel}")).GetProperty("state").GetProperty("stage").GetString();

    private static async Task Until(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task Do(HttpClient signedIn, string topic, params object[] commands)
    {
        foreach (var command in commands)
        {
            using var answer = await signedIn.PostAsJsonAsync($"api/topics/{topic}/commands", new { id = Guid.CreateVersion7(), command });
            answer.EnsureSuccessStatusCode();
        }
    }
}
