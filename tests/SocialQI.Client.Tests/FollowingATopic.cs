using SocialQI.Client.Live;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class FollowingATopic
{
    [Fact]
    public void Begins_by_opening_and_goes_on_by_following()
    {
        var feed = new TopicFeed(Fever);
        Assert.Equal(Need.Open, feed.Need);
        feed.Asking();
        feed.Opened(AsOpened(Fold(Started, Opened)));
        Assert.Equal((Need.Follow, 2), (feed.Need, feed.Last));
    }

    [Fact]
    public void The_next_event_is_shown()
    {
        var feed = Feed(Started, Opened);
        feed.Arrived([Said(3, "one")]);
        Assert.Equal(["one"], feed.State?.Case.Texts());
    }

    [Fact]
    public void A_duplicate_is_dropped()
    {
        var feed = Feed(Started, Opened);
        feed.Arrived([Said(3, "one")]);
        feed.Arrived([Said(3, "one"), Said(3, "one")]);
        Assert.Equal(["one"], feed.State?.Case.Texts());
    }

    [Fact]
    public void A_gap_is_held_and_asked_for_once()
    {
        var feed = Feed(Started, Opened, Said(3, "one"));
        feed.Arrived([Said(5, "three")]);
        Assert.Equal((Need.Nothing, 3), (feed.Need, feed.Last));

        // The first follow was asked at 3 already; one event later the gap is another one.
        feed.Arrived([Said(4, "two"), Said(7, "five")]);
        Assert.Equal((Need.Follow, 5), (feed.Need, feed.Last));
        feed.Asking();
        feed.Arrived([Said(8, "six")]);
        Assert.Equal(Need.Nothing, feed.Need);
    }

    [Fact]
    public void What_was_held_is_shown_when_the_gap_is_filled()
    {
        var feed = Feed(Started, Opened);
        feed.Arrived([Said(5, "three"), Said(4, "two")]);
        feed.Arrived([Said(3, "one")]);
        Assert.Equal(["one", "two", "three"], feed.State?.Case.Texts());
    }

    [Fact]
    public void Beyond_a_gap_only_so_much_is_held()
    {
        var feed = Feed(Started, Opened);
        feed.Arrived(Enumerable.Range(4, 2 * TopicFeed.HeldMax).Select(n => Said(n, $"{n}")));
        feed.Arrived([Said(3, "3")]);
        Assert.Equal(3 + TopicFeed.HeldMax, feed.Last);
    }

    [Fact]
    public void Told_to_catch_up_it_follows_from_its_last_number()
    {
        var feed = Feed(Started, Opened);
        feed.CatchUp(40);
        Assert.Equal((Need.Follow, true), (feed.Need, feed.IsBehind));
    }

    [Fact]
    public void Far_behind_it_opens_anew()
    {
        var feed = Feed(Started, Opened);
        feed.CatchUp(3 + RoundsProtocol.FollowBehindMax);
        Assert.Equal(Need.Open, feed.Need);
    }

    [Fact]
    public void After_an_outage_it_follows_on()
    {
        var feed = Feed(Started, Opened);
        feed.Reconnected("one");
        Assert.Equal(Need.Follow, feed.Need);
    }

    [Fact]
    public void Another_epoch_starts_afresh()
    {
        var feed = Feed(Started, Opened, Said(3, "lost by the restore"));
        feed.Reconnected("two");
        Assert.Equal(Need.Open, feed.Need);
        feed.Asking();
        feed.Opened(AsOpened(Fold(Started, Opened), "two"));
        feed.Arrived([Said(3, "said after the restore")]);
        Assert.Equal(["said after the restore"], feed.State?.Case.Texts());
    }

    [Fact]
    public void A_gateway_that_lags_takes_nothing_back()
    {
        var feed = Feed(Started, Opened, Said(3, "one"));
        feed.Opened(AsOpened(Fold(Started, Opened)));
        Assert.Equal((3, Need.Follow), (feed.Last, feed.Need));
    }

    [Fact]
    public void It_is_current_when_all_is_here_that_the_service_says_there_is()
    {
        var feed = new TopicFeed(Fever);
        feed.Opened(AsOpened(Fold(Started, Opened)));
        Assert.False(feed.IsCurrent);
        feed.Followed(new Answer(2, 3));
        Assert.False(feed.IsCurrent);
        feed.Arrived([Said(3, "one")]);
        Assert.True(feed.IsCurrent);
    }

    [Fact]
    public void A_refusal_to_follow_on_opens_anew()
    {
        var feed = Feed(Started, Opened);
        feed.Followed(Answer.No(new Refusal("too-far-behind", "")));
        Assert.Equal(Need.Open, feed.Need);
    }

    [Fact]
    public void Closed_it_lets_go_of_everything()
    {
        var feed = Feed(Started, Opened, Said(3, "one"));
        feed.Close(Refusal.NotThere);
        feed.Arrived([Said(4, "two")]);
        Assert.Equal((null, Refusal.NotThere), (feed.State, feed.Shut));
    }
}
