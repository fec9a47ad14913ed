using System.Collections.Immutable;

namespace SocialQI.GrandRounds;

/// <summary>Keep who attends a session, for those who lead it. The service's own command.</summary>
/// <param name="Rounds">The session.</param>
/// <param name="Moderators">Who sees it.</param>
public sealed record KeepAttendance(TopicId Rounds, ImmutableArray<ClinicianId> Moderators) : AttendanceCommand;

/// <summary>Who is here now, each person once, on however many devices. The service's own command, once a minute.</summary>
public sealed record NoteAttendance(ImmutableArray<Attendee> Here) : AttendanceCommand;

/// <summary>The session is over: whoever is still there has gone. The service's own command.</summary>
public sealed record SumAttendance : AttendanceCommand;

/// <summary>Somebody who is here.</summary>
/// <param name="Who">Who.</param>
/// <param name="For">The institution they act for.</param>
/// <param name="Since">Since when; null: since this was noted.</param>
public sealed record Attendee(ClinicianId Who, InstitutionId? For, Moment? Since = null);

/// <summary>Who attends this session is kept here, for these people.</summary>
public sealed record AttendanceKept(TopicId Rounds, ImmutableArray<ClinicianId> Moderators) : TopicEvent;

/// <summary>These came and these went.</summary>
public sealed record AttendanceNoted(ImmutableArray<Attendee> Came, ImmutableArray<ClinicianId> Went) : TopicEvent;

/// <summary>The session is over.</summary>
public sealed record AttendanceClosed(AttendanceSum Sum) : TopicEvent;

/// <summary>How long somebody was there.</summary>
/// <param name="Who">Who.</param>
/// <param name="For">The institution they acted for when they came first.</param>
/// <param name="Since">There since then; null: not there.</param>
/// <param name="Micros">How long before that, in microseconds.</param>
public sealed record Attended(ClinicianId Who, InstitutionId? For, Moment? Since, long Micros)
{
    /// <summary>How long until a moment, in whole minutes, rounded to the nearest.</summary>
    public int MinutesAt(Moment at) => (int)Math.Round((Micros + (Since is { } since ? at.Micros - since.Micros : 0)) / 60e6);
}

/// <summary>Who attended a session, as those see it who lead it.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Rounds">The session.</param>
/// <param name="Moderators">Who sees it.</param>
/// <param name="Attended">Everybody who came, in the order they came first, at most <see cref="AttendedMax"/>.</param>
/// <param name="IsOver">Whether the session is.</param>
public sealed record AttendanceState(long Number, TopicId Rounds, ImmutableArray<ClinicianId> Moderators, ImmutableArray<Attended> Attended, bool IsOver)
{
    /// <summary>The most people of a session.</summary>
    public const int AttendedMax = 10_000;

    /// <summary>Before anything happened.</summary>
    public static readonly AttendanceState None = new(0, default, [], [], false);

    /// <summary>The attendance after this event.</summary>
    public AttendanceState After(Envelope happened)
    {
        var next = this with { Number = happened.N };
        return happened.Event switch
        {
            AttendanceKept it => next with { Rounds = it.Rounds, Moderators = it.Moderators },
            AttendanceNoted it => next with { Attended = Moved(it, happened.At) },
            AttendanceClosed => next with { Attended = [.. Attended.Select(a => Gone(a, happened.At))], IsOver = true },
            _ => next,
        };
    }

    /// <summary>What it comes to at a moment.</summary>
    public AttendanceSum SumAt(Moment at) => new(
        Attended.Length,
        Attended.Sum(a => a.MinutesAt(at)),
        [
            .. Attended.Where(a => a.For is not null).GroupBy(a => a.For!.Value).Where(g => g.Count() >= Ballots.GroupTally.EnteredMin)
                .Select(g => new InstitutionCount(g.Key, g.Count())).OrderByDescending(c => c.Count).ThenBy(c => c.Institution.ToString(), StringComparer.Ordinal),
        ]);

    private ImmutableArray<Attended> Moved(AttendanceNoted noted, Moment at)
    {
        var (came, went) = (noted.Came.OrEmpty().ToDictionary(a => a.Who), noted.Went.OrEmpty().ToHashSet());
        var known = Attended.Select(a => a.Who).ToHashSet();
        return
        [
            .. Attended.Select(a => went.Contains(a.Who) ? Gone(a, at) : a.Since is null && came.TryGetValue(a.Who, out var back) ? a with { Since = back.Since ?? at } : a),
            .. noted.Came.OrEmpty().Where(a => known.Add(a.Who)).Select(a => new Attended(a.Who, a.For, a.Since ?? at, 0)),
        ];
    }

    private static Attended Gone(Attended attended, Moment at) =>
        attended.Since is { } since ? attended with { Since = null, Micros = attended.Micros + at.Micros - since.Micros } : attended;
}
