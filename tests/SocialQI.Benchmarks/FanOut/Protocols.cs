using System.Text;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>What is said on a connection: how one negotiates, follows, publishes, and is acknowledged. Both are SignalR's JSON protocol, one message a record.</summary>
internal abstract class Protocol
{
    private const int PingSeconds = 15;
    private static readonly byte[] hello = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();
    private static readonly byte[] ping = "{\"type\":6}\u001e"u8.ToArray();

    public static int PingEvery => PingSeconds;

    public abstract string Path { get; }

    /// <summary>Asked before the upgrade; its answer names the connection.</summary>
    public virtual bool Negotiates => false;

    /// <summary>More lines of a request's head.</summary>
    public virtual string Headers(Line line) => "";

    public static void Greet(Lines lines, Line line) => lines.Say(line, hello);

    public virtual void Ping(Lines lines, Line line) => lines.Say(line, ping);

    /// <summary>A message that is no delivery.</summary>
    public void Hear(Lines lines, Line line, ReadOnlySpan<byte> message)
    {
        if (line.Stage == Stage.Greeting)
        {
            if (message.IndexOf("\"error\""u8) >= 0)
            {
                lines.Fail(line, message);
                return;
            }
            line.Stage = Stage.Joining;
            if (line.IsPublisher)
            {
                lines.Ready(line);
            }
            else
            {
                lines.Say(line, Follow(line));
            }
            // The greeting's answer and what follows may have come as one.
            message = message[(message.IndexOf((byte)0x1e) + 1)..];
        }
        Heard(lines, line, message);
        if (Count(message, "\"type\":3"u8) is > 0 and var answers)
        {
            if (!line.IsPublisher && IsForLater(message))
            {
                lines.Say(line, Follow(line));
                return;
            }
            if (IsRefused(message))
            {
                lines.Fail(line, message);
            }
            else if (line.Stage == Stage.Joining)
            {
                lines.Ready(line);
            }
            lines.Acknowledged(line, answers);
        }
    }

    /// <summary>Whatever came to a follower.</summary>
    public virtual void Heard(Lines lines, Line line, ReadOnlySpan<byte> message)
    {
    }

    public abstract int Publish(Span<byte> to, string topic, ReadOnlySpan<byte> marker, long call);

    /// <summary>Whether the same is to be asked again.</summary>
    protected virtual bool IsForLater(ReadOnlySpan<byte> answer) => false;

    protected virtual bool IsRefused(ReadOnlySpan<byte> answer) => answer.IndexOf("\"error\""u8) >= 0;

    protected abstract byte[] Follow(Line line);

    protected static byte[] Call(string id, string method, string arguments) =>
        Encoding.ASCII.GetBytes($"{{\"type\":1,{(id.Length > 0 ? $"\"invocationId\":\"{id}\"," : "")}\"target\":\"{method}\",\"arguments\":[{arguments}]}}\u001e");

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> words)
    {
        var count = 0;
        for (var at = text.IndexOf(words); at >= 0; at = text.IndexOf(words))
        {
            count++;
            text = text[(at + words.Length)..];
        }
        return count;
    }
}

/// <summary>The peers': a hub with <c>Subscribe(topic)</c> and <c>Publish(topic, event)</c>.</summary>
internal sealed class PeerProtocol : Protocol
{
    public override string Path => "/hub";

    public override int Publish(Span<byte> to, string topic, ReadOnlySpan<byte> marker, long call)
    {
        var text = new Ascii(to);
        text.Put("{\"type\":1,\"invocationId\":\""u8);
        text.Put(call);
        text.Put("\",\"target\":\"Publish\",\"arguments\":[\""u8);
        text.Put(topic);
        text.Put("\",{\"id\":\""u8);
        text.Put(marker);
        text.Put("\",\"topic\":\""u8);
        text.Put(topic);
        text.Put("\",\"kind\":\"case.note.added\",\"author\":\"dr.okafor\",\"at\":\"2026-01-01T08:00:00.000Z\",\"rev\":7,\"body\":\""u8);
        text.Put(Marker.Note);
        text.Put("\"}]}\u001e"u8);
        return text.Length;
    }

    protected override byte[] Follow(Line line) => Call("s", "Subscribe", $"\"{line.TopicName}\"");
}

/// <summary>The product's: signed in by a cookie, negotiated, topics followed from a number, commands sent.</summary>
/// <param name="host">Where it believes to be reached.</param>
/// <param name="cookies">One for each person; connections take turns.</param>
/// <param name="after">The number from which topics are followed.</param>
internal sealed class ProductProtocol(string host, IReadOnlyList<string> cookies, long after) : Protocol
{
    // A session in which nothing is done for a quarter of an hour ends.
    private const int PingsUntilActive = 8;
    private static readonly byte[] active = Call("", "Active", "");

    public override string Path => Wire.RoundsProtocol.Path;

    public override bool Negotiates => true;

    public override string Headers(Line line) => $"Host: {host}:{line.Port}\r\nCookie: {cookies[line.Id % cookies.Count]}\r\n";

    public override void Ping(Lines lines, Line line)
    {
        base.Ping(lines, line);
        if (++line.Pings % PingsUntilActive == 0)
        {
            lines.Say(line, active);
        }
    }

    public override void Heard(Lines lines, Line line, ReadOnlySpan<byte> message)
    {
        var number = message.LastIndexOf("{\"n\":"u8);
        if (number >= 0 && System.Buffers.Text.Utf8Parser.TryParse(message[(number + 5)..], out long last, out _))
        {
            line.Last = Math.Max(line.Last, last);
        }
        if (message.IndexOf("\"target\":\"CatchUp\""u8) >= 0)
        {
            line.CaughtUp++;
            lines.Say(line, Follow(line));
        }
    }

    public override int Publish(Span<byte> to, string topic, ReadOnlySpan<byte> marker, long call)
    {
        var text = new Ascii(to);
        text.Put("{\"type\":1,\"invocationId\":\""u8);
        text.Put(call);
        text.Put("\",\"target\":\"Send\",\"arguments\":[\""u8);
        text.Put(topic);
        text.Put("\",\""u8);
        text.Put(Guid.CreateVersion7());
        text.Put("\",{\"k\":\"post-contribution\",\"contribution\":\"comment\",\"text\":\""u8);
        text.Put(marker);
        text.Put(" "u8);
        text.Put(Marker.Note);
        text.Put("\"}]}\u001e"u8);
        return text.Length;
    }

    protected override bool IsForLater(ReadOnlySpan<byte> answer) => answer.IndexOf("\"code\":\"not-now\""u8) >= 0;

    protected override bool IsRefused(ReadOnlySpan<byte> answer) => base.IsRefused(answer) || answer.IndexOf("\"refusal\""u8) >= 0;

    protected override byte[] Follow(Line line) => Call("s", "Follow", $"\"{line.TopicName}\",{Math.Max(after, line.Last)}");
}
