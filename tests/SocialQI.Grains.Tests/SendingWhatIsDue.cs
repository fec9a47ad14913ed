using SocialQI.Cases;
using SocialQI.Communities;
using SocialQI.Grains.Keeping;
using SocialQI.Storage;
using SocialQI.Storage.Sql;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>What was planned and whose time has come. The grains look for it many times sooner than in the service.</summary>
public sealed class SendingWhatIsDue : IAsyncLifetime
{
    private static readonly TimeSpan aMinute = TimeSpan.FromMinutes(1);
    private TestStore store = null!;
    private Silos silos = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store, haste: 50);
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Lets_an_invitation_expire_when_its_time_has_come_and_once()
    {
        var community = await Founded();
        var follower = await Follower.Of(community);
        var due = await Invite(community, Ben, CommunityState.InvitationLasts + aMinute);
        await Invite(community, Chief, CommunityState.InvitationLasts - aMinute);
        await Wake();

        await follower.Until(5);

        var expired = (await community.Events()).Select(e => e.Decode()).Single(e => e.Event is InvitationExpired);
        Assert.Equal((5L, new InvitationExpired(Ben.Person)), (expired.N, (InvitationExpired)expired.Event));
        Assert.Equal([Chief.Person], Json.Decode<CommunityState>((await community.Grain.Show()).State).Invitations.Select(i => i.Guest));
        Assert.Empty(await Plans(community));
        // Sent once more, as another silo might, it is answered as then.
        var again = DerivedId.Of(community.Topic, "invitation:" + Ben.Person, due.Micros);
        Assert.Equal((5, 5), Numbers(await community.Ask(new ExpireInvitation(Ben.Person), again, Passport.OfOperator)));
        Assert.Equal(5, await community.Number());
    }

    [Fact]
    public async Task Tries_again_until_it_is_done()
    {
        var community = await Founded();
        var follower = await Follower.Of(community);
        await Invite(community, Ben, CommunityState.InvitationLasts + aMinute);
        community.Trouble.Fails(Step.BeforeCommit);
        community.Trouble.Ends(AppendOutcome.StorageFull);
        community.Trouble.Fails(Step.AfterCommit);
        await Wake();

        await follower.Until(4);

        Assert.Equal("invitation-expired", (await community.Events())[3].Kind);
        Assert.Empty(await Plans(community));
        // One that failed, one that found the disk full, one that was done and not known, one that found it done.
        Assert.Equal(2 + 3, community.Trouble.Appends.Count);
    }

    [Fact]
    public async Task Sends_the_rest_when_a_topic_does_not_answer()
    {
        var (dead, alive) = await OfOneShard();
        await Invite(dead, Ben, CommunityState.InvitationLasts + aMinute + aMinute);
        await Invite(alive, Ben, CommunityState.InvitationLasts + aMinute);
        await dead.Deactivate();
        dead.Trouble.Always = step => step == Step.Read ? () => throw new IOException("The journal does not answer.") : null;
        var follower = await Follower.Of(alive);
        await Wake();

        await follower.Until(4);

        Assert.NotEmpty(await Plans(dead));
    }

    [Fact]
    public async Task Sweeps_images_that_waited_in_vain()
    {
        var topic = AnyTopic();
        var image = new KeptImage(ImageHash.Of(new byte[32]), ImageType.Png, 8, 8);
        await store.Stores.Default.Images.Keep(topic, Ada.Person, new NewImage(image, [1], [1]), Stop);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(store.Folder, "journal.db")}"))
        {
            await connection.OpenAsync(Stop);
            await using var command = connection.CreateCommand();
            command.CommandText = $"update image set waiting_since = {Moment.Of(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(26)).Micros}";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
        }

        await Wake();

        await Swept(topic, image).Within("the image to be swept");
    }

    private async Task Swept(TopicId topic, KeptImage image)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await store.Stores.Default.Images.MaySee(topic, image.Hash, Ada.Person, Stop))
        {
            await tick.WaitForNextTickAsync(Stop);
        }
    }

    private static (long, long) Numbers(Wire.Answer answer) => (answer.First, answer.Last);

    private async Task<LiveTopic> Founded()
    {
        var community = new LiveTopic(silos, new CommunityId(Guid.NewGuid()).Topic);
        // Within a topic time does not go back: what comes after must not be earlier.
        await community.Must(new FoundCommunity("Chest pain unit", "What we see at night"), ago: 2 * CommunityState.InvitationLasts);
        return community;
    }

    private async Task<(LiveTopic, LiveTopic)> OfOneShard()
    {
        var one = await Founded();
        while (true)
        {
            var other = await Founded();
            if (DueShard.Of(other.Topic) % DueGrain.Shards == DueShard.Of(one.Topic) % DueGrain.Shards)
            {
                return (one, other);
            }
        }
    }

    private static async Task<Moment> Invite(LiveTopic community, Passport guest, TimeSpan ago)
    {
        var answer = await community.Must(new InviteClinician(guest.Person), ago: ago);
        return ((ClinicianInvited)(await community.Events())[(int)answer.First - 1].Decode().Event).Until;
    }

    private async Task<IReadOnlyList<PlannedCommand>> Plans(LiveTopic community) =>
        [.. (await store.Tables.Due(Moment.Of(TimeProvider.System.GetUtcNow()), 0, 1, 100, Stop)).Where(p => p.Topic == community.Topic)];

    private async Task Wake()
    {
        for (var shard = 0; shard < DueGrain.Shards; shard++)
        {
            await silos.Grains.GetGrain<IDueGrain>(shard).Wake();
        }
    }
}
