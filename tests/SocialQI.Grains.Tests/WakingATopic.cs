using System.Buffers.Binary;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>A topic whose activation ended and begins anew.</summary>
public sealed class WakingATopic(SharedSilos shared)
{
    private const int EventsBetweenSnapshots = 200;
    private const int EventsWorthASnapshot = 50;

    [Fact]
    public async Task Without_a_snapshot_reads_the_whole_journal()
    {
        var live = await Open(shared.Silos);
        await Say(live, 10);
        await live.Deactivate();
        var read = live.Trouble.Reads.Count;

        await live.AgreesWithJournal();

        Assert.Equal([1], live.Trouble.Reads.Skip(read));
        Assert.Equal(13, (await live.Must(Saying("Awake again"))).First);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task With_a_snapshot_reads_what_came_after()
    {
        var live = await Open(shared.Silos);
        var written = live.Silos.Snapshots.Written(live.Topic);
        await Say(live, EventsBetweenSnapshots - 2);
        await written.Within("the snapshot");
        await Say(live, 5);
        await live.Deactivate();
        var read = live.Trouble.Reads.Count;

        await live.AgreesWithJournal();

        // From the snapshot's own event on: its hash is what bears the snapshot out.
        Assert.Equal(EventsBetweenSnapshots, live.Trouble.Reads.ElementAt(read));
        Assert.DoesNotContain(1, live.Trouble.Reads.Skip(read));
        Assert.Equal(EventsBetweenSnapshots + 6, (await live.Must(Saying("Awake again"))).First);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Finds_a_snapshot_from_the_end_of_a_long_activation()
    {
        var live = await Open(shared.Silos);
        await Say(live, EventsWorthASnapshot);
        var number = await live.Number();
        await live.Deactivate();

        Assert.Equal(number, (await Snapshot(live))!.Number);
    }

    [Fact]
    public async Task Often_and_briefly_still_comes_to_a_snapshot()
    {
        var live = await Open(shared.Silos);
        for (var i = 0; i < 4; i++)
        {
            await Say(live, 20);
            await live.Deactivate();
        }

        Assert.NotNull(await Snapshot(live));
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Believes_a_snapshot_that_the_journal_bears_out()
    {
        var live = await Open(shared.Silos);
        await Say(live, 3);
        await live.Deactivate();
        await Keep(live, await Forged(live));

        // Only so is it certain that the tests below would show it.
        Assert.Equal("Forged", (await live.Shown()).Title.Words);
    }

    /// <summary>What is wrong with the snapshot.</summary>
    public static TheoryData<string> Wrong => ["hash", "epoch", "number beyond the journal", "number of another event", "fold version", "length", "rubbish in the state"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Does_not_believe_a_snapshot_with_a_wrong(string what)
    {
        var live = await Open(shared.Silos);
        await Say(live, 3);
        await live.Deactivate();
        var good = await Forged(live);
        switch (what)
        {
            case "hash":
                await Keep(live, good with { Hash = [.. good.Hash.Reverse()] });
                break;
            case "epoch":
                await Keep(live, good with { Epoch = new string('0', 32) });
                break;
            case "number beyond the journal":
                await Keep(live, good with { Number = good.Number + 1 });
                break;
            case "number of another event":
                await Keep(live, good with { Number = good.Number - 1 });
                break;
            case "fold version":
                await Keep(live, good);
                await Change(live, bytes => BinaryPrimitives.WriteInt32LittleEndian(bytes, Folding.Version + 1));
                break;
            case "length":
                await Keep(live, good);
                await Change(live, bytes => bytes, 20);
                break;
            default:
                await Keep(live, good with { State = (byte[])[1, 0, 0, 0, (byte)'{'] });
                break;
        }

        Assert.Equal("Chest pain at noon", (await live.Shown()).Title.Words);
        await live.AgreesWithJournal();
        Assert.Equal(6, (await live.Must(Saying("Awake again"))).First);
    }

    [Fact]
    public async Task Knows_who_may_follow_it()
    {
        var live = await Open(shared.Silos);
        await live.Must(new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        var before = (await live.Grain.Show()).Audience;
        await live.Deactivate();

        Assert.Equal(before, (await live.Grain.Show()).Audience);
        Assert.Equal(["p:" + Ada.Person, "i:" + NorthHarbour, Audience.Glass(live.Topic)], before);
        Assert.Equal("not-there", (await live.Ask(Saying("From outside"), by: Ben)).Refusal?.Code);
    }

    [Fact]
    public async Task That_cannot_be_read_is_tried_again_by_the_next_who_asks()
    {
        var live = await Open(shared.Silos);
        await live.Deactivate();
        live.Trouble.Fails(Step.Read);

        await Assert.ThrowsAnyAsync<Exception>(() => live.Shown());

        Assert.Equal(2, (await live.Shown()).Number);
    }

    private static async Task Say(LiveTopic live, int times) =>
        await Task.WhenAll(Enumerable.Range(0, times).Select(i => live.Must(Saying($"Remark {i}"))));

    // The state as it stands, with another title, as only a snapshot could bring it about.
    private static async Task<Snapshot> Forged(LiveTopic live)
    {
        var rules = new CaseRules();
        var events = await live.Events();
        var state = events.Aggregate(rules.New(live.Topic), (s, e) => rules.After(s, e.Decode()));
        var forged = state with { Shown = state.Shown with { Title = new Passage("Forged", 1) } };
        return new Snapshot(live.Real.Epoch, events[^1].Number, events[^1].Hash, rules.Freeze(forged));
    }

    private static Task Keep(LiveTopic live, Snapshot snapshot) => live.Silos.Keeper.Write(live.Topic, snapshot);

    private static Task<Snapshot?> Snapshot(LiveTopic live) => live.Silos.Keeper.Read(live.Topic, live.Real.Epoch);

    private static Task Change(LiveTopic live, Action<byte[]> change) => Change(live, bytes =>
    {
        change(bytes);
        return bytes;
    }, int.MaxValue);

    private static async Task Change(LiveTopic live, Func<byte[], byte[]> change, int keep)
    {
        var state = new GrainState<SnapshotBytes>(new());
        var id = GrainId.Create("snapshot", live.Topic.ToString());
        await live.Silos.Snapshots.ReadStateAsync(Snapshots.StorageName, id, state);
        state.State = new() { Bytes = change(state.State!.Bytes.ToArray()).Take(keep).ToArray() };
        await live.Silos.Snapshots.WriteStateAsync(Snapshots.StorageName, id, state);
    }
}
