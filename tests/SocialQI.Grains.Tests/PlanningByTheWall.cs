using SocialQI.Cases;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>What was agreed is the time on the wall, whatever the clocks do in between.</summary>
public sealed class PlanningByTheWall : IAsyncLifetime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    private TestStore store = null!;
    private Silos silos = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store, haste: 25);
        await silos.Grains.GetGrain<IKeeperGrain>("default").Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    // Clocks go forward on 28 March and back on 31 October.
    [InlineData("2027-03-21T07:00", "Europe/London", "2027-03-21T07:00")]
    [InlineData("2027-03-28T07:00", "Europe/London", "2027-03-28T06:00")]
    [InlineData("2027-03-28T00:59", "Europe/London", "2027-03-28T00:59")]
    [InlineData("2027-03-28T01:30", "Europe/London", null)]
    [InlineData("2027-03-28T02:00", "Europe/London", "2027-03-28T01:00")]
    [InlineData("2027-10-31T01:30", "Europe/London", "2027-10-31T00:30")]
    [InlineData("2027-10-31T02:00", "Europe/London", "2027-10-31T02:00")]
    // On 14 March and 7 November.
    [InlineData("2027-03-13T07:00", "America/New_York", "2027-03-13T12:00")]
    [InlineData("2027-03-14T07:00", "America/New_York", "2027-03-14T11:00")]
    [InlineData("2027-03-14T02:30", "America/New_York", null)]
    [InlineData("2027-11-07T01:30", "America/New_York", "2027-11-07T05:30")]
    // Summer is at the turn of the year: back on 4 April, forward on 3 October.
    [InlineData("2027-04-03T07:00", "Australia/Sydney", "2027-04-02T20:00")]
    [InlineData("2027-04-04T07:00", "Australia/Sydney", "2027-04-03T21:00")]
    [InlineData("2027-04-04T02:30", "Australia/Sydney", "2027-04-03T15:30")]
    [InlineData("2027-10-03T02:30", "Australia/Sydney", null)]
    [InlineData("2027-10-03T03:00", "Australia/Sydney", "2027-10-02T16:00")]
    // Half an hour off the others, never changed.
    [InlineData("2027-03-28T07:00", "Asia/Kolkata", "2027-03-28T01:30")]
    [InlineData("2027-10-31T07:00", "Asia/Kolkata", "2027-10-31T01:30")]
    // On the far side of the date line, without summer time since 2021.
    [InlineData("2027-01-15T07:00", "Pacific/Apia", "2027-01-14T18:00")]
    [InlineData("2027-07-15T07:00", "Pacific/Apia", "2027-07-14T18:00")]
    [InlineData("2027-07-15T07:00", "Europe/Atlantis", null)]
    [InlineData("2027-07-15T07:00", "GMT Standard Time", null)]
    [InlineData("15.7.2027 7:00", "Europe/London", null)]
    public void Is_the_moment_that_the_zones_clocks_show_and_the_first_of_two(string local, string zone, string? expected) =>
        Assert.Equal(expected, WallClock.When(local, zone)?.Time.ToString(Format, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Of_a_weekly_series_keeps_seven_in_the_morning_when_the_clocks_go_forward()
    {
        var change = NextSunday(DateTime.UtcNow.Date.AddDays(20), march: true);
        var first = TopicId.Rounds(NorthHarbour, Guid.NewGuid());
        await new LiveTopic(silos, first).Must(new PlanRounds(At(change.AddDays(-14).AddHours(7), "Europe/London"), new Repeat(1, 4)));
        await store.IsRead();

        var states = new List<RoundsState>();
        foreach (var topic in Enumerable.Range(1, 3).Select(i => TopicId.Rounds(NorthHarbour, DerivedId.Of(first, i))).Prepend(first))
        {
            states.Add(Json.Decode<RoundsState>((await silos.Grains.Topic(topic).Show()).State));
        }
        Assert.All(states, s => Assert.EndsWith("T07:00", s.Plan!.Local, StringComparison.Ordinal));
        Assert.Equal([-14, -7, 0, 7], states.Select(s => (DateTime.Parse(s.Plan!.Local, System.Globalization.CultureInfo.InvariantCulture).Date - change).Days));
        Assert.Equal([7, 7, 6, 6], states.Select(s => s.At.Time.UtcDateTime.Hour));
        Assert.Equal([null, first, first, first], states.Select(s => s.Series));
    }

    [Fact]
    public async Task At_a_time_that_the_clocks_skip_is_refused_and_at_one_that_comes_twice_is_the_first()
    {
        var spring = NextSunday(DateTime.UtcNow.Date.AddDays(1), march: true);
        var autumn = NextSunday(DateTime.UtcNow.Date.AddDays(1), march: false);
        var session = new LiveTopic(silos, TopicId.Rounds(NorthHarbour, Guid.NewGuid()));

        Assert.Equal("no-such-time", (await session.Ask(new PlanRounds(At(spring.AddHours(1.5), "Europe/London")))).Refusal?.Code);
        Assert.Equal(0, await session.Number());
        await session.Must(new PlanRounds(At(autumn.AddHours(1.5), "Europe/London")));
        Assert.Equal(autumn.AddHours(0.5), Json.Decode<RoundsState>((await session.Grain.Show()).State).At.Time.UtcDateTime);
        Assert.Equal("no-such-time", (await session.Ask(new ReviseRounds(At(spring.AddHours(1.5), "Europe/London")))).Refusal?.Code);
    }

    private static RoundsPlan At(DateTime local, string zone) =>
        new("Grand rounds", "Less sepsis", local.ToString(Format, System.Globalization.CultureInfo.InvariantCulture), zone, 45, new Visibility(VisibilityKind.Institution));

    /// <summary>The next last Sunday of March or October that is a while away: then Europe changes its clocks.</summary>
    private static DateTime NextSunday(DateTime after, bool march)
    {
        var last = new DateTime(after.Year, march ? 3 : 10, 31);
        last = last.AddDays(-(int)last.DayOfWeek);
        return last > after ? last : NextSunday(new DateTime(after.Year + 1, 1, 1), march);
    }
}
