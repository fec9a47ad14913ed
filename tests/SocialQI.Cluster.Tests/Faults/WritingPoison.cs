using System.Text;
using SocialQI.Storage;
using SocialQI.Storage.Postgres;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>In the journal stands what this program cannot read: by a newer program, or by a broken one.</summary>
[Collection<OnTheGround>, Trait("fault", "poison")]
public sealed class WritingPoison(Ground ground)
{
    private const string Mark = "Quetzal at noon";
    private const int Large = 1024 * 1024;

    private static readonly (string Kind, int Version, string Payload)[] poisons =
    [
        ("case-dreamt", 1, $$"""{"of":"{{Mark}}","deep":[1,{"x":null}]}"""),
        ("contribution-posted", 9, $$"""{"haiku":["{{Mark}}"]}"""),
        ("contribution-posted", 1, $$"""{"contribution":"comment","text":["{{Mark}}"]}"""),
        ("contribution-hidden", 1, $$"""{"{{Mark}}":[[[[]]]]}"""),
        ("contribution-posted", 1, $$"""{"contribution":"comment","text":"{{Mark}}"""),
        ("case-dreamt", 2, $$"""{"of":"{{Mark}}","long":"{{new string('x', Large)}}"}"""),
    ];

    [Fact]
    public async Task Is_passed_on_as_it_is_and_stops_nobody()
    {
        await using var ordeal = await Ordeal.Begin("poison", ground);
        await using var pool = PostgresStore.Source(ground.Database);
        await using var store = await PostgresStore.Open(pool);
        var by = (await ground.People[0].Me(ground.One.Address)).Id;
        foreach (var ((kind, version, payload), i) in poisons.Select((p, i) => (p, i)))
        {
            await ordeal.Round(() => Write(ordeal, store, ordeal.Ward.Topics[i % Sizes.Topics], by, kind, version, payload));
        }
        await ordeal.End();
    }

    /// <summary>Writes what a newer program could have written.</summary>
    internal static async Task Newer(Ordeal ordeal)
    {
        await using var pool = PostgresStore.Source(ordeal.Ground.Database);
        await using var store = await PostgresStore.Open(pool);
        var by = (await ordeal.Ground.People[0].Me(ordeal.Ground.Doors[0])).Id;
        var (kind, version, payload) = poisons[0];
        await Write(ordeal, store, ordeal.Ward.Topics[0], by, kind, version, payload);
    }

    // Beside people who write: whoever comes second reads on.
    private static async Task Write(Ordeal ordeal, Store store, TopicId topic, ClinicianId by, string kind, int version, string payload)
    {
        var (id, bytes, at) = (Guid.CreateVersion7(), Encoding.UTF8.GetBytes(payload), Moment.Of(DateTimeOffset.UtcNow));
        // What is not even JSON is passed on as an event without words.
        ordeal.Ward.Recorder.Add(new Asked("somebody else", topic.ToString(), id, EventCodec.Readable(bytes) is null ? "" : Mark));
        while (true)
        {
            var head = (await store.Journal.Head(topic, TestContext.Current.CancellationToken))!;
            var number = head.Number + 1;
            var written = new NewEvent(
                number, kind, version, at, by, null, id, null, bytes,
                Sealing.Make(head.Hash, topic, number, kind, version, at, by, null, null, bytes), new StoreRows([], default, [], 0, null));
            if (await store.Journal.Append(new(topic, head.Number, [new(id, number, number, new byte[32])], [written])) == AppendOutcome.Committed)
            {
                ordeal.Ward.Recorder.Add(new Acknowledged(id, number));
                return;
            }
        }
    }
}
