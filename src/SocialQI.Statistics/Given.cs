using System.Globalization;
using System.Runtime.CompilerServices;

namespace SocialQI.Statistics;

/// <summary>Looks at what is given and refuses what no formula is meant for. Every public edge asks here first.</summary>
internal static class Given
{
    /// <summary>How far the shares of a forecast may sum to something else than 1, for they come rounded.</summary>
    public const double SumSlack = 1e-6;

    public static void Few<T>(IReadOnlyCollection<T> list, int max, [CallerArgumentExpression(nameof(list))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(list, name);
        if (list.Count > max)
        {
            throw new ArgumentOutOfRangeException(name, list.Count, Invariant($"{name} has {list.Count} entries; at most {max} are taken."));
        }
    }

    public static void Within(int value, int min, int max, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} is {value}; it must be from {min} to {max}."));
        }
    }

    // Written so that what is not a number is outside as well.
    public static void Within(double value, double min, double max, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= min && value <= max))
        {
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} is {value}; it must be from {min} to {max}."));
        }
    }

    public static void Share(double value, [CallerArgumentExpression(nameof(value))] string name = "") => Within(value, 0, 1, name);

    /// <summary>An enum's value that has a name.</summary>
    public static void Named<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} is none of the values of {typeof(T).Name}."));
        }
    }

    public static void Integers(IReadOnlyList<int> values, int min, int max, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        Few(values, Limits.ValuesMax, name);
        foreach (var value in values)
        {
            Within(value, min, max, name);
        }
    }

    public static void Numbers(IReadOnlyList<double> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        Few(values, Limits.ValuesMax, name);
        foreach (var value in values)
        {
            Within(value, -Limits.MagnitudeMax, Limits.MagnitudeMax, name);
        }
    }

    public static void SameLength<T1, T2>(IReadOnlyCollection<T1> one, IReadOnlyCollection<T2> other, [CallerArgumentExpression(nameof(other))] string name = "")
    {
        if (one.Count != other.Count)
        {
            throw new ArgumentException(Invariant($"{name} has {other.Count} entries where {one.Count} are needed."), name);
        }
    }

    /// <summary>Rows of one length, and no more cells than are taken.</summary>
    /// <returns>The length of a row; 0 where there is none.</returns>
    public static int Rectangle<T>(IReadOnlyList<IReadOnlyList<T>> rows, int rowsMax, int columnsMax, [CallerArgumentExpression(nameof(rows))] string name = "")
    {
        Few(rows, rowsMax, name);
        foreach (var row in rows)
        {
            Few(row, columnsMax, name);
            SameLength(rows[0], row, name);
        }
        var columns = rows.Count == 0 ? 0 : rows[0].Count;
        if ((long)rows.Count * columns > Limits.CellsMax)
        {
            throw new ArgumentOutOfRangeException(name, (long)rows.Count * columns, Invariant($"{name} has more than {Limits.CellsMax} cells."));
        }
        return columns;
    }

    public static void Label(string label, string name)
    {
        ArgumentNullException.ThrowIfNull(label, name);
        if (string.IsNullOrWhiteSpace(label) || label.Length > Limits.LabelLengthMax)
        {
            throw new ArgumentException(Invariant($"{name} has a label that is blank or longer than {Limits.LabelLengthMax} characters."), name);
        }
    }

    /// <summary>Shares of all outcomes, each 0 to 1 and together 1.</summary>
    public static void Forecast(IReadOnlyList<double> shares, [CallerArgumentExpression(nameof(shares))] string name = "")
    {
        Few(shares, Limits.CategoriesMax, name);
        foreach (var share in shares)
        {
            Share(share, name);
        }
        if (!(Math.Abs(Sum.Of(shares) - 1) <= SumSlack))
        {
            throw new ArgumentException(Invariant($"{name} does not sum to 1."), name);
        }
    }

    /// <summary>Weights of which at least one counts; none is a vote against.</summary>
    public static void Weights(IReadOnlyList<double> weights, [CallerArgumentExpression(nameof(weights))] string name = "")
    {
        Few(weights, Limits.RatersMax, name);
        foreach (var weight in weights)
        {
            Within(weight, 0, Limits.MagnitudeMax, name);
        }
        // The smallest weights would be lost in the division by their sum.
        if (weights.Count > 0 && weights.Max() < 1 / Limits.MagnitudeMax)
        {
            throw new ArgumentException(Invariant($"{name} has no weight that counts."), name);
        }
    }

    private static string Invariant(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
