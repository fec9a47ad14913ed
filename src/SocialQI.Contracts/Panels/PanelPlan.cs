using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Panels;

/// <summary>When a panel asks no further.</summary>
[JsonConverter(typeof(KebabCase<PanelStop>))]
public enum PanelStop
{
    /// <summary>No statement is disagreed on: its interpercentile range is nowhere wider than what its symmetry allows.</summary>
    NoDisagreement,

    /// <summary>On every statement 70 percent or more rate on one side, and fewer than 15 percent on the other.</summary>
    Consensus,

    /// <summary>Every statement has such a consensus, or its ratings no longer move from round to round.</summary>
    Stable,
}

/// <summary>Where the percentiles of ratings lie between two of them. Programs differ in it.</summary>
[JsonConverter(typeof(KebabCase<PercentilePlace>))]
public enum PercentilePlace
{
    /// <summary>As R places them: type 7 of Hyndman and Fan.</summary>
    Type7,

    /// <summary>As SPSS places them: type 6.</summary>
    Type6,
}

/// <summary>How a panel judges and when it stops. Fixed when it is planned: nothing changes it afterwards.</summary>
/// <param name="StopsWhen">What ends the rounds. It can be met only by statements that <see cref="PanelPlan.SeatsMin"/> or more have rated.</param>
/// <param name="Rounds">After so many it stops in any case, 1 to <see cref="RoundsMax"/>.</param>
/// <param name="Percentiles">How P30 and P70 are placed.</param>
/// <param name="AsksNecessity">Whether, when it has stopped, one more round asks of what is appropriate whether it is necessary.</param>
public sealed record PanelRule(
    PanelStop StopsWhen = PanelStop.NoDisagreement,
    int Rounds = 3,
    PercentilePlace Percentiles = PercentilePlace.Type7,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AsksNecessity = false)
{
    /// <summary>The most rounds of ratings.</summary>
    public const int RoundsMax = 5;
}

/// <summary>What is rated, by whom, and by which rule.</summary>
/// <param name="Title">What the panel is called, at most <see cref="TitleLengthMax"/> characters.</param>
/// <param name="Question">How the scale from 1 to 9 is read, at most <see cref="BallotTerms.QuestionLengthMax"/> characters.</param>
/// <param name="Statements">What is rated: 2 to <see cref="BallotTerms.OptionsMax"/> lines of at most <see cref="BallotTerms.OptionLengthMax"/> characters, none of them twice.</param>
/// <param name="Seats">Who rates: <see cref="SeatsMin"/> to <see cref="SeatsMax"/> clinicians of any institution.</param>
/// <param name="Rule">How it judges, and when it stops.</param>
/// <param name="Visibility">Whom it is open to, besides its seats and who convened it.</param>
public sealed record PanelPlan(string Title, string Question, ImmutableArray<string> Statements, ImmutableArray<ClinicianId> Seats, PanelRule Rule, Visibility Visibility)
{
    /// <summary>The longest title.</summary>
    public const int TitleLengthMax = 160;

    /// <summary>The smallest panel: of two, each would know what the other rated.</summary>
    public const int SeatsMin = 3;

    /// <summary>The largest panel.</summary>
    public const int SeatsMax = 50;

    /// <summary>The fewest ratings for which the classic rule, which counts them, is published.</summary>
    public const int CountedFrom = 8;

    /// <summary>The keys that open a panel of this plan, who convened it, and its home.</summary>
    public ImmutableArray<string> AudienceOf(ClinicianId convener, InstitutionId home) =>
        [.. Visibility.AudienceOf(convener, home).Concat(Seats.OrEmpty().Select(Audience.Person)).Distinct()];
}
