using SocialQI.Client.Live;
using SocialQI.Client.Settings;
using SocialQI.Clinicians;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class TellingByTheBrowser
{
    private static readonly TopicId Chills = TopicId.Case(Harbour, new Guid(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    private readonly WallClock clock = new();
    private readonly Notices notices;
    private ClinicianState mine = ClinicianState.None with { Number = 5, Follows = [Fever, Chills] };

    public TellingByTheBrowser()
    {
        notices = new(clock);
        notices.Begin(mine, [Line(Fever, 2)]);
    }

    private static FollowedLine Line(TopicId topic, long unread) => new(topic, "Fever after the stables", $"case/{topic}", unread, null);

    private void Mention(TopicId topic, long contribution, MentionReason reason = MentionReason.Mention) => mine = mine with
    {
        Number = mine.Number + 1,
        Inbox = mine.Inbox.Add(new(mine.Number + 1, default, topic, contribution, Ben, reason)),
    };

    private IReadOnlyList<Notice> Due(params FollowedLine[] followed) => notices.Due(mine, followed);

    [Fact]
    public void Counts_what_is_new_since_the_page_was_left() =>
        Assert.Equal([new Notice(Fever, NoticeKind.New, 3, $"case/{Fever}")], Due(Line(Fever, 5)));

    [Fact]
    public void Says_nothing_of_what_was_unread_before() => Assert.Empty(Due(Line(Fever, 2)));

    [Fact]
    public void Comes_once_for_the_same_news()
    {
        Assert.Single(Due(Line(Fever, 5)));
        clock.Now += Notices.Between;
        Assert.Empty(Due(Line(Fever, 5)));
    }

    [Fact]
    public void Of_one_topic_waits_a_minute_and_then_tells_all_of_it_together()
    {
        Due(Line(Fever, 3));
        Assert.Empty(Due(Line(Fever, 4)));
        clock.Now += Notices.Between - TimeSpan.FromSeconds(1);
        Assert.Empty(Due(Line(Fever, 6)));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(3, Assert.Single(Due(Line(Fever, 6))).Count);
    }

    [Fact]
    public void Of_another_topic_does_not_wait()
    {
        Due(Line(Fever, 3));
        Assert.Equal(Chills, Assert.Single(Due(Line(Fever, 3), Line(Chills, 1))).Topic);
    }

    [Fact]
    public void What_was_read_elsewhere_meanwhile_is_not_told()
    {
        Due(Line(Fever, 3));
        Due(Line(Fever, 6));
        clock.Now += Notices.Between;
        Assert.Empty(Due(Line(Fever, 0)));
        Assert.Equal(1, Assert.Single(Due(Line(Fever, 1))).Count);
    }

    [Fact]
    public void A_mention_leads_to_its_place_and_stands_for_the_rest()
    {
        Mention(Fever, 17);
        Assert.Equal([new Notice(Fever, NoticeKind.Mention, 1, $"case/{Fever}#n17")], Due(Line(Fever, 3)));
        clock.Now += Notices.Between;
        Assert.Empty(Due(Line(Fever, 3)));
    }

    [Fact]
    public void A_mention_does_not_wait_for_what_was_merely_new()
    {
        Assert.Equal(NoticeKind.New, Assert.Single(Due(Line(Fever, 3))).Kind);
        Mention(Fever, 17);
        Assert.Equal(NoticeKind.Mention, Assert.Single(Due(Line(Fever, 3))).Kind);
        Mention(Fever, 18);
        Assert.Empty(Due(Line(Fever, 4)));
    }

    [Fact]
    public void Replies_and_mentions_of_a_minute_are_one()
    {
        Mention(Fever, 17, MentionReason.Reply);
        Assert.Equal(NoticeKind.Reply, Assert.Single(Due()).Kind);
        Mention(Fever, 18, MentionReason.Reply);
        Mention(Fever, 19);
        Assert.Empty(Due());
        clock.Now += Notices.Between;
        Assert.Equal(new Notice(Fever, NoticeKind.Mention, 2, $"case/{Fever}#n19"), Assert.Single(Due()));
    }

    [Fact]
    public void A_mention_that_was_read_before_its_minute_was_over_is_not_told()
    {
        Mention(Fever, 17);
        Due();
        Mention(Fever, 18);
        Due();
        mine = mine with { ReadThrough = mine.Number };
        clock.Now += Notices.Between;
        Assert.Empty(Due());
    }

    [Theory]
    [InlineData(NotifyLevel.All, 2)]
    [InlineData(NotifyLevel.Mentions, 1)]
    [InlineData(NotifyLevel.None, 0)]
    public void Follows_the_level_of_all(NotifyLevel level, int expected)
    {
        mine = mine with { Notify = level };
        Mention(Chills, 4);
        Assert.Equal(expected, Due(Line(Fever, 3), Line(Chills, 1)).Count);
    }

    [Fact]
    public void Follows_the_level_of_a_topic_before_that_of_all()
    {
        mine = mine with { Notify = NotifyLevel.None, Levels = [new(Fever, NotifyLevel.All)] };
        Mention(Chills, 4);
        Assert.Equal(Fever, Assert.Single(Due(Line(Fever, 3), Line(Chills, 1))).Topic);
    }

    [Fact]
    public void Is_silent_in_quiet_hours_and_does_not_catch_up_after_them()
    {
        mine = mine with { Quiet = new(11 * 60, 13 * 60, "Etc/UTC", On: true) };
        Mention(Chills, 4);
        Assert.Empty(Due(Line(Fever, 9)));
        clock.Now += TimeSpan.FromHours(2);
        Assert.Empty(Due(Line(Fever, 9)));
        Assert.Equal(1, Assert.Single(Due(Line(Fever, 10))).Count);
    }

    [Theory]
    [InlineData("22:00", true)]
    [InlineData("21:59", false)]
    [InlineData("00:00", true)]
    [InlineData("06:59", true)]
    [InlineData("07:00", false)]
    public void Is_quiet_over_midnight(string time, bool quiet) =>
        Assert.Equal(quiet, Notices.IsQuiet(new(22 * 60, 7 * 60, "Etc/UTC", On: true), At(time), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("12:00", true)]
    [InlineData("11:59", false)]
    [InlineData("13:00", false)]
    public void Is_quiet_within_a_day(string time, bool quiet) =>
        Assert.Equal(quiet, Notices.IsQuiet(new(12 * 60, 13 * 60, "Etc/UTC", On: true), At(time), TimeZoneInfo.Utc));

    [Fact]
    public void Is_quiet_by_the_clock_of_the_zone_that_was_chosen()
    {
        // 21:30 in Greenwich is 22:30 in Berlin, in winter.
        Assert.True(Notices.IsQuiet(new(22 * 60, 7 * 60, "Europe/Berlin", On: true), At("21:30"), TimeZoneInfo.Utc));
        Assert.False(Notices.IsQuiet(new(22 * 60, 7 * 60, "Nowhere/Unknown", On: true), At("21:30"), TimeZoneInfo.Utc));
    }

    [Fact]
    public void Is_not_quiet_while_quiet_hours_are_off() => Assert.False(Notices.IsQuiet(new(0, 1_439, "Etc/UTC", On: false), At("12:00"), TimeZoneInfo.Utc));

    private static DateTimeOffset At(string time) => new(new DateOnly(2026, 1, 15), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
}
