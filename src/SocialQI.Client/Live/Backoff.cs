namespace SocialQI.Client.Live;

/// <summary>How long to wait before asking again: 0.2 to 5 seconds, doubling, with full jitter, so that a server that returns is not met by everyone at once.</summary>
public static class Backoff
{
    private const double ShortestSeconds = 0.2, LongestSeconds = 5;

    /// <param name="attempt">How often it failed before, from 0.</param>
    /// <param name="chance">Between 0 and 1.</param>
    public static TimeSpan After(int attempt, double chance)
    {
        var ceiling = Math.Min(LongestSeconds, 2 * ShortestSeconds * Math.Pow(2, Math.Min(attempt, 10)));
        return TimeSpan.FromSeconds(ShortestSeconds + (chance * (ceiling - ShortestSeconds)));
    }
}
