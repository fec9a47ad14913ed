using System.Net;
using System.Text;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>Sessions in somebody's calendar program, which carries nothing but an address.</summary>
public sealed class KeepingACalendar(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_each_session_they_may_see_with_times_and_a_link_and_no_word_of_the_plan()
    {
        var (ada, stranger) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var session = await Session.Of(service, ada);
        var calendar = await Calendar.Read(service, await Made(ada));

        Assert.Equal(200, calendar.Status);
        Assert.Contains("content-type: text/calendar; charset=utf-8", calendar.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("cache-control: no-store", calendar.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Overheard.Canary, calendar.Text, StringComparison.OrdinalIgnoreCase);
        var shown = calendar.Of(session.Topic);
        var at = $"{Session.Tomorrow:yyyyMMdd'T'HHmmss}";
        Assert.Contains("DTSTART;TZID=Europe/London:" + at, shown);
        Assert.Contains("SEQUENCE:0", shown);
        Assert.Contains("STATUS:CONFIRMED", shown);
        Assert.Contains("SUMMARY:Rounds\\, North Harbour General", shown);
        Assert.Contains($"URL:{service.Address}rounds/{session.Topic}", shown);
        Assert.Contains(shown, l => l.StartsWith("DURATION:PT45M", StringComparison.Ordinal));
        Assert.Contains(shown, l => l.StartsWith("LAST-MODIFIED:", StringComparison.Ordinal) && l.EndsWith('Z'));
        Assert.DoesNotContain(shown, l => l.StartsWith("DESCRIPTION", StringComparison.Ordinal));
        Assert.Contains("BEGIN:VTIMEZONE", calendar.Lines);
        Assert.Empty((await Calendar.Read(service, await Made(stranger))).Of(session.Topic));
        Assert.Equal((Acts.ReadCalendar, "own", "ok"), (await AuditTable.Of(service, ada)).Where(r => r.Act == Acts.ReadCalendar).Select(r => (r.Act, r.What!, r.Result)).Single());
    }

    [Fact]
    public async Task Follows_what_becomes_of_a_session()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var session = await Session.Of(service, ada);
        var path = await Made(ada);
        await session.Do(new ReviseRounds(Session.Plan(Session.Tomorrow.AddDays(2), "Pacific/Apia"), new(0)));
        await Until(path, session, "SEQUENCE:1");
        var moved = await Calendar.Read(service, path);
        Assert.Contains($"DTSTART;TZID=Pacific/Apia:{Session.Tomorrow.AddDays(2):yyyyMMdd'T'HHmmss}", moved.Of(session.Topic));

        await session.Do(new CancelRounds($"No {Overheard.Canary}."));
        await Until(path, session, "SEQUENCE:2");
        var cancelled = await Calendar.Read(service, path);
        Assert.Contains("STATUS:CANCELLED", cancelled.Of(session.Topic));
        Assert.DoesNotContain(Overheard.Canary, cancelled.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_one_session_is_for_who_may_see_it_and_says_the_same_at_once()
    {
        var (ada, stranger) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var session = await Session.Of(service, ada);
        using var http = service.Client(ada);
        foreach (var (command, sequence, status) in new (RoundsCommand?, int, string)[]
        {
            (null, 0, "CONFIRMED"), (new ReviseRounds(Session.Plan(Session.Tomorrow.AddHours(3)), new(0)), 1, "CONFIRMED"), (new CancelRounds($"No {Overheard.Canary}."), 2, "CANCELLED"),
        })
        {
            if (command is not null)
            {
                await session.Do(command);
            }
            var calendar = new Calendar(200, "", await http.GetStringAsync($"api/topics/{session.Topic}/calendar.ics", Stop));
            Assert.Contains("METHOD:PUBLISH", calendar.Lines);
            var shown = calendar.Of(session.Topic);
            Assert.Contains($"SEQUENCE:{sequence}", shown);
            Assert.Contains("STATUS:" + status, shown);
            Assert.Contains($"DTSTART;TZID=Europe/London:{Session.Tomorrow.AddHours(sequence == 0 ? 0 : 3):yyyyMMdd'T'HHmmss}", shown);
            Assert.DoesNotContain(Overheard.Canary, calendar.Text, StringComparison.OrdinalIgnoreCase);
        }
        using var other = service.Client(stranger);
        using var refused = await other.GetAsync($"api/topics/{session.Topic}/calendar.ics", Stop);
        Assert.Equal((HttpStatusCode.NotFound, "not-there"), (refused.StatusCode, await refused.Code()));
    }

    [Fact]
    public async Task Has_one_address_and_the_one_before_is_void()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var (first, second) = (await Made(ada), await Made(ada));
        Assert.NotEqual(first, second);
        Assert.Equal((404, 200), ((await Calendar.Read(service, first)).Status, (await Calendar.Read(service, second)).Status));

        using var http = service.Client(ada);
        using var ended = await http.DeleteAsync("api/rounds/calendar", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(404, (await Calendar.Read(service, second)).Status);
        Assert.Equal(404, (await Calendar.Read(service, "/calendar/" + new string('A', 43) + ".ics")).Status);
        Assert.Equal(404, (await Calendar.Read(service, "/calendar/" + new string('A', 5_000) + ".ics")).Status);
        Assert.Equal(404, (await Calendar.Read(service, "/calendar/.ics")).Status);
        Assert.Equal(404, (await Calendar.Read(service, "/calendar/secret")).Status);
    }

    [Fact]
    public async Task Is_empty_for_who_belongs_nowhere_any_more_also_where_they_were_to_lead()
    {
        var (ada, leaving) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var session = await Session.Of(service, ada, Session.Plan(Session.Tomorrow) with { Moderators = [leaving.Id] });
        var path = await Made(leaving);
        Assert.NotEmpty((await Calendar.Read(service, path)).Of(session.Topic));

        Assert.Null((await service.Grains.Ask(
            leaving.Id.Topic, Guid.CreateVersion7(), new EndAffiliation(TheService.NorthHarbour), Passport.OfOperator, Moment.Of(DateTimeOffset.UtcNow))).Refusal);
        await Waiting.Until("the calendar is empty", async () => (await Calendar.Read(service, path)) is { Status: 200, Text: var text } && !text.Contains("VEVENT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_folded_and_ended_as_the_standard_has_it_whatever_a_hospital_is_called()
    {
        var home = InstitutionId.Parse("h" + Guid.CreateVersion7().ToString("n")[..20]);
        var name = string.Concat(Enumerable.Repeat("Größtes Ärztehaus; 東京, ", 4)).Trim();
        Assert.Null((await service.Grains.Ask(home.Topic, Guid.CreateVersion7(), new FoundInstitution(name), Passport.OfOperator, Moment.Of(DateTimeOffset.UtcNow))).Refusal);
        var ada = await service.Register(home);
        var topic = TopicId.Rounds(home, Guid.CreateVersion7());
        await service.Done(ada, topic, new PlanRounds(Session.Plan(Session.Tomorrow)));
        var path = await Made(ada);
        await Waiting.Until("the session is in the calendar", async () => (await Calendar.Read(service, path)).Of(topic).Count > 0);

        var calendar = await Calendar.Read(service, path);
        Assert.Contains("SUMMARY:Rounds\\, " + name.Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal), calendar.Of(topic));
        Assert.All(calendar.Text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\n', calendar.Text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asked_for_without_end_is_refused_for_a_while_to_who_comes_from_there()
    {
        const string Restless = "127.0.0.77";
        var path = await Made(await service.Register(TheService.NorthHarbour));
        var told = new List<int>();
        while (told.Count <= 2 * Limits.CalendarsPerMinute && !told.Contains(429))
        {
            told.Add((await Calendar.Read(service, "/calendar/" + new string('A', 43) + ".ics", Restless)).Status);
        }
        Assert.Equal(429, told[^1]);
        Assert.InRange(told.Count, Limits.CalendarsPerMinute + 1, 2 * Limits.CalendarsPerMinute);
        Assert.Contains("retry-after", (await Calendar.Read(service, path, Restless)).Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await Calendar.Read(service, path)).Status);
    }

    /// <summary>The path of a new secret address.</summary>
    private async Task<string> Made(Somebody who)
    {
        using var http = service.Client(who);
        using var answer = await http.PostAsync("api/rounds/calendar", null, Stop);
        answer.EnsureSuccessStatusCode();
        var path = new Uri(Json.Decode<CalendarFeed>(await answer.Content.ReadAsByteArrayAsync(Stop)).Address).AbsolutePath;
        // From here on no log, no trace and no measure may hold it.
        service.Overheard.Hush(path.Split('/')[^1].Replace(".ics", "", StringComparison.Ordinal));
        return path;
    }

    private Task Until(string path, Session session, string line) =>
        Waiting.Until($"the calendar says {line}", async () => (await Calendar.Read(service, path)).Of(session.Topic).Contains(line));
}
