using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>News on their way from a grain to gateways that are slow, gone or back again.</summary>
public sealed class SendingToAGateway(SharedSilos shared)
{
    [Fact]
    public async Task That_takes_its_time_holds_up_neither_the_topic_nor_other_gateways()
    {
        var live = await Open(shared.Silos);
        var quick = await Follower.Of(live);
        var slow = new SlowGateway();
        await live.Grain.Renew(new Lease(Guid.NewGuid(), shared.Silos.Grains.CreateObjectReference<IGatewayInbox>(slow), [])).Within("the lease");

        var first = await live.Must(Saying("Troponin 0.4"));
        await slow.Reached.Within("the call that is slow");
        for (var i = 0; i < 50; i++)
        {
            await live.Must(Saying($"Remark {i}"));
        }

        await quick.Until(first.Last + 50);
        Assert.Equal(1, slow.Calls);
        slow.LetGo();
    }

    [Fact]
    public async Task That_was_gone_goes_on_with_its_next_lease()
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);
        follower.IsGone = true;
        await live.Must(Saying("While it was gone"));
        await follower.Failed.Within("the call that fails");
        await live.Must(Saying("While its pipe was broken"));

        follower.IsGone = false;
        Assert.Equal(4, (await follower.Renew()).Number);
        await live.Must(Saying("Here again"));

        await follower.Until(5);
        Assert.Equal([1L, 2, 3, 4, 5], follower.Heard.Select(h => h.Number));
    }

    [Fact]
    public async Task That_has_let_go_hears_no_more()
    {
        var live = await Open(shared.Silos);
        var (one, other) = (await Follower.Of(live), await Follower.Of(live));

        await live.Grain.Release(one.Gateway).Within("the release");
        await live.Must(Saying("Troponin 0.4"));

        await other.Until(3);
        Assert.Equal(0, one.Pushed);
    }

    [Fact]
    public async Task Tells_who_may_follow_when_that_changes_and_only_then()
    {
        var live = await Open(shared.Silos);
        var follower = await Follower.Of(live);

        await live.Must(Saying("Troponin 0.4"));
        await live.Must(new Cases.ChangeVisibility(new Cases.Visibility(Cases.VisibilityKind.Institution)));
        await follower.Until(4);

        Assert.Equal(["p:" + Ada.Person, "i:" + NorthHarbour, Audience.Glass(live.Topic)], Assert.Single(follower.Audiences));
    }

    private sealed class SlowGateway : IGatewayInbox
    {
        private readonly Hang hang = new();
        private int calls;

        public Task Reached => hang.Reached;

        public int Calls => calls;

        public void LetGo() => hang.LetGo();

        public async Task Deliver(Parcel[] parcels)
        {
            Interlocked.Increment(ref calls);
            await hang.Meet();
        }
    }
}
