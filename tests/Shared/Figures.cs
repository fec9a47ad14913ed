using System.Globalization;

namespace SocialQI.Tests;

/// <summary>What was measured, one line each, in the file that SOCIALQI_FIGURES names.</summary>
internal static class Figures
{
    private static readonly Lock gate = new();

    public static void Tell(string name, double value, string unit)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            lock (gate)
            {
                File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.##} {unit}\n"));
            }
        }
    }
}
