using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>What a calendar program was told, line by line as it came and unfolded.</summary>
internal sealed record Calendar(int Status, string Headers, string Text)
{
    public IReadOnlyList<string> Lines => Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The properties of the event of a session; empty where there is none.</summary>
    public IReadOnlyList<string> Of(TopicId session)
    {
        var events = Lines.SkipWhile(l => l != "BEGIN:VEVENT").Aggregate(new List<List<string>>(), (all, line) =>
        {
            if (line == "BEGIN:VEVENT")
            {
                all.Add([]);
            }
            all[^1].Add(line);
            return all;
        });
        return events.SingleOrDefault(e => e.Contains($"UID:{session}@socialqi")) ?? [];
    }

    /// <summary>
    /// Asks for an address as a program does that knows nothing else, byte by byte: a client of this process's would tell its own traces the address.
    /// </summary>
    /// <param name="service">Where.</param>
    /// <param name="path">What.</param>
    /// <param name="from">Another address of this machine to come from.</param>
    public static async Task<Calendar> Read(TheService service, string path, string from = "127.0.0.1")
    {
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(service.Address.Host, service.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {service.Address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var said = await reader.ReadToEndAsync();
        var end = said.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (headers, body) = (said[..end], said[(end + 4)..]);
        return new(int.Parse(headers.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers, headers.Contains("chunked", StringComparison.Ordinal) ? Unchunked(body) : body);
    }

    private static string Unchunked(string body)
    {
        var text = new StringBuilder();
        for (var bytes = Encoding.UTF8.GetBytes(body).AsSpan(); ;)
        {
            var line = bytes.IndexOf("\r\n"u8);
            var length = Convert.ToInt32(Encoding.ASCII.GetString(bytes[..line]), 16);
            if (length == 0)
            {
                return text.ToString();
            }
            text.Append(Encoding.UTF8.GetString(bytes.Slice(line + 2, length)));
            bytes = bytes[(line + 4 + length)..];
        }
    }
}
