using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Panels;
using Xunit;

namespace SocialQI.Server.Tests.Panels;

/// <summary>A panel over the wire: a round is a ballot that comes back by itself, and the report is a table.</summary>
public sealed class HoldingAPanel(TheService service)
{
    private const string Formula = "=HYPERLINK(\"http://evil.example\",\"Syncope\")";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_a_sealed_round_to_a_report_in_which_nothing_runs()
    {
        var seats = new List<Somebody>();
        for (var i = 0; i < PanelPlan.SeatsMin; i++)
        {
            seats.Add(await service.Register(i == 2 ? TheService.Thornmere : TheService.NorthHarbour));
        }
        var panel = TopicId.Panel(TheService.NorthHarbour, Guid.CreateVersion7());
        var plan = new PanelPlan("Telemetry", "1 never, 9 always", ["New atrial fibrillation", Formula], [.. seats.Select(s => s.Id)], new(Rounds: 1), new Visibility(VisibilityKind.Institution));
        await service.Done(seats[0], panel, new PlanPanel(plan, new(1)));
        await service.Done(seats[2], panel, new RecuseFrom("I advise the maker.", [1]));
        await service.Done(seats[0], panel, new BeginRound());
        var ballot = (await Shown(seats[2], panel)).OpenRound!.Ballot;
        foreach (var seat in seats.Skip(1))
        {
            await Waiting.Until("the seat is told", async () => Json.Decode<ClinicianState>((await service.Grains.Topic(seat.Id.Topic).Show()).State).Inbox.Any(l => l.Topic == panel && l.Reason == MentionReason.Seat));
        }
        foreach (var (seat, i) in seats.Select((s, i) => (s, i)))
        {
            await Takes(seat, ballot, new CastEntry(new Entry(i == 2 ? [new(0, 8)] : [new(0, 7, Comment: "+1"), new(1, 2)])));
        }
        await Waiting.Until("the round has come back", async () => (await Shown(seats[1], panel)).Stage == PanelStage.Closed);

        var shown = await Shown(seats[1], panel);
        Assert.Equal((PanelEnd.RoundsUsedUp, 3, 2), (shown.Ends, shown.Rounds[0].Of(0)!.Raters, shown.Rounds[0].Of(1)!.Raters));
        using var http = service.Client(seats[1]);
        using var report = await http.GetAsync($"api/topics/{panel}/report.csv", Stop);
        Assert.Equal("text/csv", report.Content.Headers.ContentType!.MediaType);
        var lines = (await report.Content.ReadAsStringAsync(Stop)).Split("\r\n");
        Assert.All(lines, l => Assert.False(l.StartsWith('=') || l.Contains(",=", StringComparison.Ordinal) || l.Contains(",+", StringComparison.Ordinal), l));
        Assert.Contains(lines, l => l.StartsWith("result,", StringComparison.Ordinal) && l.Contains(",1,1,New atrial fibrillation,3,0,0,0,0,0,0,2,1,0,7,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("recusal,", StringComparison.Ordinal) && l.EndsWith(",2,I advise the maker.", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(l => l == "comment,,,1,1,'+1"));
        // Whose rating is whose stands nowhere.
        Assert.DoesNotContain(lines, l => l.StartsWith("rating", StringComparison.Ordinal));
    }

    private async Task<PanelState> Shown(Somebody who, TopicId panel)
    {
        using var http = service.Client(who);
        var opened = JsonSerializer.Deserialize<JsonElement>(await http.GetByteArrayAsync($"api/topics/{panel}", Stop));
        return Json.Decode<PanelState>(System.Text.Encoding.UTF8.GetBytes(opened.GetProperty("state").GetRawText()));
    }

    // The ballot comes by a reaction: a moment later than the round.
    private Task Takes(Somebody who, TopicId ballot, Command command) => Waiting.Until("the ballot takes an entry", async () =>
    {
        using var http = service.Client(who);
        using var answer = await http.Ask(ballot, command);
        return answer.IsSuccessStatusCode;
    });
}
