namespace SocialQI.Statistics;

/// <summary>How much is taken at once. What is larger is refused with <see cref="ArgumentOutOfRangeException"/> before anything is reckoned.</summary>
public static class Limits
{
    /// <summary>The most values of one sample, pairs of forecasts and outcomes, or subjects.</summary>
    public const int ValuesMax = 100_000;

    /// <summary>The largest value of a sample, without its sign: squares and sums of such values stay finite.</summary>
    public const double MagnitudeMax = 1e12;

    /// <summary>The most people who rate, list, forecast or vote.</summary>
    public const int RatersMax = 10_000;

    /// <summary>The most people whose pairs are compared one by one.</summary>
    public const int PairedRatersMax = 200;

    /// <summary>The most categories that something can be put into, or outcomes that a forecast tells apart.</summary>
    public const int CategoriesMax = 200;

    /// <summary>The most cells of a table: people by items, subjects by categories.</summary>
    public const int CellsMax = 1_000_000;

    /// <summary>The most independent votes of which a binomial chance is asked.</summary>
    public const int TrialsMax = 10_000;

    /// <summary>The most that one cell or count may hold.</summary>
    public const int CountMax = 1_000_000_000;

    /// <summary>The longest label of an answer, in characters.</summary>
    public const int LabelLengthMax = 400;
}
