using System.Globalization;

namespace SocialQI.Benchmarks;

/// <summary>What was measured: printed for people in a table before, here for programs.</summary>
internal static class Figures
{
    public static void Print(string name, double value, string unit)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.###} {unit}");
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }

    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    /// <summary>The nearest rank.</summary>
    public static double Percentile(this IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static string Spread(this IReadOnlyCollection<double> values, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Min().ToString(format, CultureInfo.InvariantCulture)}–{values.Max().ToString(format, CultureInfo.InvariantCulture)}");
}
