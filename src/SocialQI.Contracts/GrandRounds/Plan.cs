using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.GrandRounds;

/// <summary>A part of a session: a case and who presents it.</summary>
/// <param name="Title">One line, at most <see cref="RoundsPlan.TitleLengthMax"/> characters; without clinical text, for it stands in calendars' neighbourhood.</param>
/// <param name="Presenter">Who presents it.</param>
/// <param name="From">When it begins, in minutes from the session's beginning.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="Case">The case presented; it keeps its own audience. Null: none.</param>
public sealed record AgendaItem(string Title, ClinicianId Presenter, int From, int Minutes, TopicId? Case = null);

/// <summary>When, about what, and for whom a session is.</summary>
/// <param name="Title">What it is called, at most <see cref="TitleLengthMax"/> characters.</param>
/// <param name="About">What it is for, at most <see cref="AboutLengthMax"/> characters.</param>
/// <param name="Local">When it begins by the clocks on the wall in <paramref name="Zone"/>: <c>2026-12-01T07:00</c>. The time on the wall is what was agreed, whatever becomes of the zone's rules.</param>
/// <param name="Zone">A name of the IANA time zone database.</param>
/// <param name="Minutes">How long it lasts, <see cref="MinutesMin"/> to <see cref="MinutesMax"/>.</param>
/// <param name="Visibility">Whom it is open to, besides moderators, presenters and hosts.</param>
/// <param name="Moderators">Who leads it, besides who planned it.</param>
/// <param name="Hosts">Institutions that host it together with its home; their people may come.</param>
/// <param name="Agenda">Its parts, in order, without overlap.</param>
/// <param name="Room">An https address of a video room anywhere; null: none.</param>
public sealed record RoundsPlan(
    string Title,
    string About,
    string Local,
    string Zone,
    int Minutes,
    Visibility Visibility,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Moderators = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<InstitutionId> Hosts = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<AgendaItem> Agenda = default,
    string? Room = null)
{
    /// <summary>The longest title.</summary>
    public const int TitleLengthMax = 160;

    /// <summary>The longest purpose.</summary>
    public const int AboutLengthMax = 1_000;

    /// <summary>The longest address.</summary>
    public const int AddressLengthMax = 500;

    /// <summary>The shortest session.</summary>
    public const int MinutesMin = 5;

    /// <summary>The longest session.</summary>
    public const int MinutesMax = 12 * 60;

    /// <summary>The most parts.</summary>
    public const int AgendaMax = 20;

    /// <summary>The most moderators.</summary>
    public const int ModeratorsMax = 20;

    /// <summary>The most hosts besides the home.</summary>
    public const int HostsMax = 20;

    /// <summary>How far ahead a session can be planned.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromDays(2 * 366);

    /// <summary>The keys that open a session of this plan, who planned it, and its home.</summary>
    public ImmutableArray<string> AudienceOf(ClinicianId planner, InstitutionId home) =>
    [
        .. Visibility.AudienceOf(planner, home)
            .Concat(Moderators.OrEmpty().Concat(Agenda.OrEmpty().Select(a => a.Presenter)).Select(Audience.Person))
            .Concat(Hosts.OrEmpty().Select(Audience.Institution))
            .Distinct(),
    ];
}

/// <summary>That a session is held again, at the same time on the wall.</summary>
/// <param name="Weeks">Every so many weeks, 1 to <see cref="WeeksMax"/>.</param>
/// <param name="Times">How often in all, 2 to <see cref="TimesMax"/>.</param>
public sealed record Repeat(int Weeks, int Times)
{
    /// <summary>The longest pause.</summary>
    public const int WeeksMax = 12;

    /// <summary>The most sessions of a series.</summary>
    public const int TimesMax = 60;
}
