using System.Globalization;

namespace SocialQI.Cluster.Tests;

/// <summary>What was measured, one line each, in the file that SOCIALQI_FIGURES names.</summary>
internal static class Figures
{
    private static readonly Lock Gate = new();

    public static void Tell(string name, double value, string unit)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, $"figure {name} {value.ToString("0", CultureInfo.InvariantCulture)} {unit}\n");
            }
        }
    }
}
