using System.Net.Sockets;
using System.Text;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>
/// What a browser sends in the name of another site's page, with the cookie of this one. CORS does not hold for WebSockets, so the service looks itself: at the
/// negotiation, at every transport directly, and at everything that changes something.
/// </summary>
public sealed class ComingFromElsewhere(TheService service)
{
    private const string Key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n";

    private static readonly (string Name, string Line, string Headers, string Body)[] Doors =
    [
        ("negotiation", "POST /hub/rounds/negotiate?negotiateVersion=1", "", ""),
        ("WebSocket", "GET /hub/rounds", "Upgrade: websocket\r\nConnection: Upgrade\r\n" + Key, ""),
        ("WebSocket after negotiation", "GET /hub/rounds?id=AAAA", "Upgrade: websocket\r\nConnection: Upgrade\r\n" + Key, ""),
        ("server-sent events", "GET /hub/rounds?id=AAAA", "Accept: text/event-stream\r\n", ""),
        ("long polling", "GET /hub/rounds?id=AAAA", "", ""),
        ("sending beside a transport", "POST /hub/rounds?id=AAAA", "", "x"),
        ("the hub in capitals", "GET /HUB/Rounds", "Upgrade: websocket\r\nConnection: Upgrade\r\n" + Key, ""),
        ("API", "POST /api/topics/case.north-harbour.open.0192f5a0c0de70008000000000000c45/commands", "Content-Type: application/json\r\n", "{}"),
        ("images", "POST /api/topics/case.north-harbour.open.0192f5a0c0de70008000000000000c45/images", "Content-Type: image/png\r\n", "x"),
        ("sign-in of programs", "POST /api/sign-in", "Content-Type: application/json\r\n", "{}"),
        ("sign-in", "POST /sign-in", "Content-Type: application/x-www-form-urlencoded\r\n", "user=a"),
        ("sign-out", "POST /sign-out", "", ""),
        ("import", "POST /api/import", "", "{}"),
        ("read positions", "PUT /api/read-positions", "Content-Type: application/json\r\n", "{}"),
    ];

    private string Own => $"http://{service.Address.Authority}";

    private IEnumerable<string> Others =>
    [
        "null", "", "file://", "https://" + service.Address.Authority, "http://localhost:" + service.Address.Port, "http://127.0.0.1", $"http://127.0.0.1:{service.Address.Port + 1}",
        Own + ".evil.example", Own + "0", "http://evil" + service.Address.Authority, "http://evil.example?" + Own, $"http://{service.Address.Authority}@evil.example", Own + "/",
        Own + "#", "http://evil.example", $"http://user@{service.Address.Authority}", $"http://{service.Address.Authority}.", " " + Own + " ,http://evil.example", Own + "," + Own,
        $"http://127.0.0.01:{service.Address.Port}", "ws://" + service.Address.Authority,
    ];

    [Fact]
    public async Task By_whatever_door_is_forbidden()
    {
        var ada = await service.Demo("ines.falkner");
        var faults = new List<string>();
        foreach (var door in Doors)
        {
            foreach (var origin in Others)
            {
                var status = await Status(door, ada, $"Origin: {origin}\r\n");
                if (status != 403)
                {
                    faults.Add($"{door.Name} from {origin}: {status}");
                }
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task And_from_here_at_once_is_forbidden()
    {
        var ada = await service.Demo("ines.falkner");
        foreach (var door in Doors)
        {
            Assert.Equal(403, await Status(door, ada, $"Origin: {Own}\r\nOrigin: http://evil.example\r\n"));
            Assert.Equal(403, await Status(door, ada, $"Origin: http://evil.example\r\nOrigin: {Own}\r\n"));
        }
    }

    [Fact]
    public async Task Is_not_what_ones_own_page_does()
    {
        var ada = await service.Demo("ines.falkner");
        foreach (var origin in new[] { $"Origin: {Own}\r\n", "" })
        {
            Assert.Equal(200, await Status(Doors[0], ada, origin));
            Assert.Equal(101, await Status(Doors[1], ada, origin));
            Assert.NotEqual(403, await Status(Doors.Single(d => d.Name == "API"), ada, origin));
        }
    }

    // Written by hand: a client of the framework would tidy these headers up.
    private async Task<int> Status((string Name, string Line, string Headers, string Body) door, Somebody who, string origin)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(service.Address.Host, service.Address.Port, TestContext.Current.CancellationToken);
        var head = $"{door.Line} HTTP/1.1\r\nHost: {service.Address.Authority}\r\nCookie: {who.Cookie}\r\n{origin}{door.Headers}Content-Length: {door.Body.Length}\r\n";
        head += door.Headers.Contains("Upgrade", StringComparison.Ordinal) ? "\r\n" : "Connection: close\r\n\r\n";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + door.Body), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(tcp.GetStream(), Encoding.ASCII);
        var line = await Waiting.For("an answer to " + door.Name, reader.ReadLineAsync());
        return int.Parse(line!.Split(' ')[1], null);
    }
}
