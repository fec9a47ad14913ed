using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialQI.Server.SignIn;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>The secret of an address, in whichever way it is asked for, is in nothing that the service or its framework logs, traces or measures.</summary>
public sealed class HushingAnAddress(TheService service)
{
    [Fact]
    public async Task Leaves_that_of_a_link_for_once_in_no_log_and_no_trace_either()
    {
        var secret = (await service.Services.GetRequiredService<OneTimeLinks>().Make(OneTimeLinks.Password, "nobody.at-all", TestContext.Current.CancellationToken)).Split('/')[^1];
        service.Overheard.Hush(secret);
        var before = Heard();

        foreach (var (path, leads) in new[] { ($"/welcome/{secret}", true), ($"/Welcome/{secret}?again=1", true), ($"/%77elcome/{secret}", true), ($"/welcome/x/{secret}", false), ($"/welcome/{secret}x", false) })
        {
            var (status, headers, text) = await Calendar.Read(service, path);
            Assert.Equal((200, leads), (status, text.Contains("name=\"again\"", StringComparison.Ordinal)));
            Assert.DoesNotContain(secret, headers + text, StringComparison.Ordinal);
        }

        Assert.Empty(service.Overheard.Leaks);
        Assert.True(Heard() > before, "Nothing was heard of these requests at all.");
    }

    [Fact]
    public async Task Leaves_it_in_no_log_and_no_trace()
    {
        using var http = service.Client(await service.Register(TheService.NorthHarbour));
        using var answer = await http.PostAsync("api/rounds/calendar", null, TestContext.Current.CancellationToken);
        var secret = Json.Decode<CalendarFeed>(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Address.Split('/')[^1].Replace(".ics", "", StringComparison.Ordinal);
        service.Overheard.Hush(secret);
        var before = Heard();

        foreach (var path in new[] { $"/calendar/{secret}.ics", $"/Calendar/{secret}.ICS", $"/calendar/{secret}.ics?again=1", $"/calendar/{secret}.ics/", $"/calendar/{secret}", $"/calendar/x/{secret}.ics", $"/%63alendar/{secret}.ics" })
        {
            Assert.Contains((await Calendar.Read(service, path)).Status, (int[])[(int)HttpStatusCode.OK, (int)HttpStatusCode.NotFound]);
        }

        Assert.Empty(service.Overheard.Leaks);
        Assert.True(Heard() > before, "Nothing was heard of these requests at all.");
        using var other = await http.GetAsync("api/me", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public void Is_missed_where_it_is_not_so()
    {
        using var guilty = new Overheard();
        var secret = Convert.ToHexString(Encoding.UTF8.GetBytes(nameof(HushingAnAddress)));
        guilty.Hush(secret);
        guilty.CreateLogger("guilty").Log(LogLevel.Trace, default, "asked for", null, (state, _) => $"{state} /calendar/{secret}.ics");
        Assert.Single(guilty.Leaks);
    }

    // Those of the host are the first to see an address.
    private long Heard() => service.Overheard.Counts.Where(c => c.Key is "Microsoft.AspNetCore.Hosting.Diagnostics" or "trace Microsoft.AspNetCore").Sum(c => c.Value);
}
