using System.Globalization;

namespace SocialQI.Browser.Tests;

/// <summary>What was measured, a line each, for whoever asked for it with SOCIALQI_FIGURES.</summary>
internal static class Figures
{
    public static void Keep(string name, double value, string unit)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"figure {name} {value:0.#} {unit}\n"));
        }
    }
}
