using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class ChoosingWhatIsTold
{
    private static readonly TopicId Noon = TopicId.Case(CaseHistory.NorthHarbour, new Guid(7, 0, 0, new byte[8]));
    private static readonly SetQuietHours Nights = new(22 * 60, 7 * 60, "Europe/Berlin", On: true);

    private readonly History<ClinicianTopic> ben = new(new ClinicianRules(), CaseHistory.Ben.Person.Topic);

    public ChoosingWhatIsTold()
    {
        ben.Ask(Passport.OfOperator, new RegisterClinician("Ben Arroyo", "Cardiology", Grade.Fellow, CaseHistory.Thornmere, InstitutionRole.Clinician));
        Assert.Null(ben.Ask(CaseHistory.Ben, new FollowTopic(Noon)));
    }

    [Fact]
    public void Is_everything_until_something_else_is_said() => Assert.Equal(NotifyLevel.All, ben.State.Shown.LevelOf(Noon));

    [Fact]
    public void Of_a_topic_wins_over_what_is_told_of_all()
    {
        Assert.Null(ben.Ask(CaseHistory.Ben, new SetNotifications(NotifyLevel.None)));
        Assert.Equal(NotifyLevel.None, ben.State.Shown.LevelOf(Noon));
        Assert.Null(ben.Ask(CaseHistory.Ben, new SetNotifications(NotifyLevel.Mentions, Noon)));
        Assert.Equal(NotifyLevel.Mentions, ben.State.Shown.LevelOf(Noon));
        Assert.Null(ben.Ask(CaseHistory.Ben, new SetNotifications(null, Noon)));
        Assert.Equal(NotifyLevel.None, ben.State.Shown.LevelOf(Noon));
    }

    [Fact]
    public void Of_what_is_not_followed_is_refused_so_that_it_is_bounded_by_what_is() => Assert.Equal(
        ClinicianRefusals.NotFollowed, ben.Ask(CaseHistory.Ben, new SetNotifications(NotifyLevel.None, CaseHistory.Ada.Person.Topic)));

    [Fact]
    public void Is_forgotten_with_the_following()
    {
        ben.Ask(CaseHistory.Ben, new SetNotifications(NotifyLevel.None, Noon));
        Assert.Null(ben.Ask(CaseHistory.Ben, new UnfollowTopic(Noon)));
        Assert.True(ben.State.Shown.Levels.IsDefault);
        ben.Ask(CaseHistory.Ben, new FollowTopic(Noon));
        Assert.Equal(NotifyLevel.All, ben.State.Shown.LevelOf(Noon));
    }

    [Fact]
    public void Said_again_changes_nothing()
    {
        foreach (var command in (Command[])[new SetNotifications(NotifyLevel.None), new SetNotifications(NotifyLevel.All, Noon), Nights, new TakeTour()])
        {
            Assert.Null(ben.Ask(CaseHistory.Ben, command));
            Assert.Single(ben.Last);
            Assert.Null(ben.Ask(CaseHistory.Ben, command));
            Assert.Empty(ben.Last);
        }
    }

    [Fact]
    public void As_no_level_at_all_is_refused()
    {
        Assert.Equal("not-a-level", ben.Ask(CaseHistory.Ben, new SetNotifications(null))?.Code);
        Assert.Equal("not-a-level", ben.Ask(CaseHistory.Ben, new SetNotifications((NotifyLevel)9))?.Code);
    }

    [Fact]
    public void Keeps_quiet_hours_over_midnight_also_while_they_are_off()
    {
        Assert.Null(ben.Ask(CaseHistory.Ben, Nights));
        Assert.Null(ben.Ask(CaseHistory.Ben, Nights with { On = false }));
        Assert.Equal(new QuietHours(22 * 60, 7 * 60, "Europe/Berlin", On: false), ben.State.Shown.Quiet);
    }

    [Theory]
    [InlineData(-1, 60, "Europe/Berlin", "out-of-range")]
    [InlineData(0, 1_440, "Europe/Berlin", "out-of-range")]
    [InlineData(420, 420, "Europe/Berlin", "no-quiet-time")]
    [InlineData(0, 60, "", "not-a-time-zone")]
    [InlineData(0, 60, "Europe/Berlin<script>", "not-a-time-zone")]
    public void Refuses_quiet_hours_that_are_none(int from, int until, string zone, string code) =>
        Assert.Equal(code, ben.Ask(CaseHistory.Ben, new SetQuietHours(from, until, zone, On: true))?.Code);

    [Fact]
    public void Is_nobody_elses_to_do()
    {
        foreach (var command in (Command[])[new SetNotifications(NotifyLevel.None), Nights, new TakeTour()])
        {
            Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Chief, command));
        }
    }
}
