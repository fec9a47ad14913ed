using System.Text;
using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>A client that does not take what is written is told less, and in the end to catch up; what waits for it stays small.</summary>
public sealed class FillingAQueue
{
    private static readonly TopicId Noon = TopicId.Case(TheService.NorthHarbour, new Guid(1, 0, 0, new byte[8]));
    private static readonly TopicId Dusk = TopicId.Case(TheService.NorthHarbour, new Guid(2, 0, 0, new byte[8]));

    private readonly HeldSocket socket = new();
    private readonly Connection connection;

    public FillingAQueue() => connection = new Connection(socket, ClinicianId.Operator, Guid.NewGuid());

    [Fact]
    public async Task With_events_stops_at_its_bound_and_drops_those_of_that_topic_alone()
    {
        await WriteTheFirst();
        Assert.True(Tell(Dusk, 1));
        for (var n = 2; n <= Connection.EventsMax; n++)
        {
            Assert.True(Tell(Noon, n));
        }
        Assert.False(Tell(Noon, Connection.EventsMax + 1));
        Assert.Equal(1, connection.Waiting.Events);
        connection.Control(Noon, HubMessages.CatchUp(Noon, 300));
        Assert.True(Tell(Noon, 301));
        await LetIt();
        Assert.Equal([1, 301], socket.NumbersOf(Noon));
        Assert.Equal([1], socket.NumbersOf(Dusk));
        Assert.Contains($$"""{"type":1,"target":"CatchUp","arguments":["{{Noon}}",300]}""", socket.Taken);
    }

    [Fact]
    public async Task With_bytes_stops_at_its_bound()
    {
        await WriteTheFirst();
        var large = 0;
        while (Tell(Noon, 2 + large, 100_000))
        {
            large++;
            Assert.InRange(connection.Waiting.Bytes, 0, Connection.BytesMax);
        }
        Assert.InRange(large, 9, 10);
        Assert.Equal((0, 0), connection.Waiting);
    }

    [Fact]
    public async Task With_half_of_it_leaves_out_what_may_be_lost()
    {
        await WriteTheFirst();
        connection.Signal(Noon, HubMessages.Signals("{\"early\":1}"u8.ToArray()));
        for (var n = 2; n <= (Connection.EventsMax / 2) + 1; n++)
        {
            Tell(Noon, n);
        }
        connection.Signal(Noon, HubMessages.Signals("{\"late\":1}"u8.ToArray()));
        await LetIt();
        Assert.Single(socket.Taken, t => t.Contains("early", StringComparison.Ordinal));
        Assert.DoesNotContain(socket.Taken, t => t.Contains("late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_what_one_may_see_no_more_takes_it_back()
    {
        await WriteTheFirst();
        Tell(Noon, 2);
        Tell(Dusk, 1);
        connection.Drop(Noon);
        connection.Control(Noon, HubMessages.Closed(Noon));
        await LetIt();
        Assert.Equal([1], socket.NumbersOf(Noon));
        Assert.Equal([1], socket.NumbersOf(Dusk));
        Assert.Contains("\"Closed\"", socket.Taken[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_many_of_one_topic_sends_them_as_one()
    {
        await WriteTheFirst();
        foreach (var (topic, n) in new[] { (Noon, 2), (Noon, 3), (Dusk, 1), (Noon, 4), (Noon, 5) })
        {
            Tell(topic, n);
        }
        await LetIt();
        Assert.Equal(4, socket.Taken.Count);
        Assert.Equal([1, 2, 3, 4, 5], socket.NumbersOf(Noon));
    }

    [Fact]
    public async Task Is_seen_by_how_long_the_client_has_not_taken_it()
    {
        Assert.Null(connection.WritingSince);
        await WriteTheFirst();
        Assert.NotNull(connection.WritingSince);
        await LetIt();
        Assert.Null(connection.WritingSince);
    }

    private async Task WriteTheFirst()
    {
        socket.Hold();
        Assert.True(Tell(Noon, 1));
        await Waiting.For("the first write", socket.IsWriting);
    }

    private async Task LetIt()
    {
        var drained = connection.Drained(TestContext.Current.CancellationToken);
        socket.Let();
        await Waiting.For("all that waits to be written", drained);
    }

    private bool Tell(TopicId topic, long n, int length = 1)
    {
        byte[][] envelopes = [Encoding.UTF8.GetBytes($$"""{"n":{{n}},"k":"case-dreamt","v":1,"d":"{{new string('x', length)}}"}""")];
        return connection.TryEvents(topic, envelopes, HubMessages.Events(topic, envelopes));
    }
}
