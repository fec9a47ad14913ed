using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Server.Gateway;
using SocialQI.Server.Gateway.Transport;
using Xunit;

namespace SocialQI.Server.Tests.Gateway.Transport;

/// <summary>Everything that is said on a connection leaves in one order, each frame whole, whoever says it and however slowly the client reads.</summary>
public sealed class WritingOnALine(TheService service)
{
    private const int Writes = 1_000;
    private static readonly TopicId noon = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());

    [Theory]
    [InlineData(null)]
    [InlineData(4096)]
    public async Task A_thousand_times_in_turn_arrives_whole_and_in_order(int? receiveBytes)
    {
        var ada = await service.Register(TheService.NorthHarbour);
        await using var line = await RawLine.Greet(service.Address, ada.Cookie, receiveBytes);
        var connection = service.Services.GetRequiredService<Rounds>().Connections.Single(c => c.Person == ada.Id);
        var writing = Task.Run(() => WriteAll(connection), TestContext.Current.CancellationToken);
        await line.Frame(9, "here");
        var (expected, pongs) = (0, 0);
        while (expected < Writes)
        {
            var heard = await line.HearText();
            Assert.NotNull(heard);
            if (heard.Value.Kind == 10)
            {
                Assert.Equal("here", heard.Value.Text);
                pongs++;
                continue;
            }
            foreach (var record in heard.Value.Text.Split('\u001e', StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (var number in NumbersIn(record))
                {
                    Assert.Equal(expected++, number);
                }
            }
            if (expected % 50 == 0)
            {
                await line.Frame(9, "here");
            }
        }
        await Waiting.For("all to be written", writing);
        Assert.True(pongs > 0);
    }

    // By turns what is fanned out, a small answer of the hub, a large one, and what must arrive; as far ahead of the client as its queue allows.
    private static async Task WriteAll(Connection connection)
    {
        var hub = new FramedWriter(connection.Outlet!);
        for (var n = 0; n < Writes; n++)
        {
            switch (n % 4)
            {
                case 0:
                    while (connection.Waiting.Events > Connection.EventsMax / 2 || connection.Waiting.Bytes > Connection.BytesMax / 2)
                    {
                        await connection.Drained(TestContext.Current.CancellationToken);
                    }
                    byte[][] envelopes = [Encoding.ASCII.GetBytes($$"""{"n":{{n}},"k":"case-dreamt","v":1,"d":"{{new string('x', 200)}}"}""")];
                    Assert.True(connection.TryEvents(noon, envelopes, HubMessages.Events(noon, envelopes)));
                    break;
                case 1 or 2:
                    var answer = Encoding.ASCII.GetBytes($"{{\"type\":3,\"invocationId\":\"{n}\",\"result\":\"{new string('y', n % 4 == 1 ? 20 : (n * 130) % 120_000)}\"}}\u001e");
                    answer.CopyTo(hub.GetSpan(answer.Length));
                    hub.Advance(answer.Length);
                    await hub.FlushAsync(TestContext.Current.CancellationToken);
                    break;
                default:
                    connection.Control(noon, HubMessages.CatchUp(noon, n));
                    break;
            }
        }
    }

    private static IEnumerable<int> NumbersIn(string record)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(record);
        return json.GetProperty("type").GetInt32() switch
        {
            3 => [int.Parse(json.GetProperty("invocationId").GetString()!, CultureInfo.InvariantCulture)],
            6 => [],
            _ when json.GetProperty("target").GetString() == "CatchUp" => [json.GetProperty("arguments")[1].GetInt32()],
            _ => [.. json.GetProperty("arguments")[1].EnumerateArray().Select(e => e.GetProperty("n").GetInt32())],
        };
    }
}
