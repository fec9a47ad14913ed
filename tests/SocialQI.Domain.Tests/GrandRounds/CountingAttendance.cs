using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Domain.Tests.CaseHistory;

namespace SocialQI.Domain.Tests.GrandRounds;

/// <summary>Who attended for how long, from what was noted once a minute.</summary>
public sealed class CountingAttendance
{
    private static readonly AttendanceRules rules = new();

    private AttendanceTopic state = rules.New(TopicId.AttendanceOf(RoundsHistory.Topic));

    public CountingAttendance() => Ask(0, new KeepAttendance(RoundsHistory.Topic, [Ada.Person]));

    [Fact]
    public void Begins_when_somebody_came_though_it_is_noted_later()
    {
        Note(60, Here(Ben, 15), Here(Ada, null));
        Ask(180, new SumAttendance());
        Assert.Equal([165, 120], Seconds(Ben, Ada));
    }

    [Fact]
    public void Does_not_begin_in_the_future()
    {
        Note(60, Here(Ben, 90));
        Ask(180, new SumAttendance());
        Assert.Equal([120], Seconds(Ben));
    }

    [Fact]
    public void Adds_up_what_was_before_somebody_went_and_after_they_came_back()
    {
        Note(60, Here(Ben, 0));
        Note(120);
        Note(180, Here(Ben, 150));
        // Still there: when they are said to be there since changes nothing.
        Note(240, Here(Ben, 200));
        Ask(300, new SumAttendance());
        Assert.Equal([120 + 150], Seconds(Ben));
        Assert.True(state.Shown.IsOver);
    }

    [Fact]
    public void Says_nothing_where_nothing_changed_and_nothing_after_the_end()
    {
        Note(60, Here(Ben, 0));
        Assert.Equal(0, Note(120, Here(Ben, 0)));
        Ask(180, new SumAttendance());
        Assert.Equal(0, Note(240, Here(Ada, 0)));
    }

    private static Attendee Here(Passport who, int? since) => new(who.Person, null, since is { } s ? At(s) : null);

    private static Moment At(int seconds) => new(1_000_000_000L + (seconds * 1_000_000L));

    private int Note(int seconds, params Attendee[] here) => Ask(seconds, new NoteAttendance([.. here]));

    private int Ask(int seconds, AttendanceCommand command)
    {
        var events = rules.Decide(state, new Attributed(command, Passport.OfOperator, At(seconds))).Events;
        foreach (var happened in events)
        {
            state = rules.After(state, new(state.Shown.Number + 1, At(seconds), ClinicianId.Operator, null, happened));
        }
        return events.Count;
    }

    private IEnumerable<long> Seconds(params Passport[] people) => people.Select(p => state.Shown.Attended.Single(a => a.Who == p.Person).Micros / 1_000_000);
}
