namespace SocialQI.Cluster.Tests.Faults;

/// <summary>How much of everything an ordeal has: what a run of all tests can afford, or with SOCIALQI_FAULTS=full what is promised.</summary>
internal static class Sizes
{
    public static bool AreFull { get; } = Environment.GetEnvironmentVariable("SOCIALQI_FAULTS") == "full";

    // The load: about 200 acknowledged commands a second at full size.
    public static int Topics => Of(8, 50);

    public static int Writers => Of(16, 50);

    public static int Followers => Of(12, 200);

    /// <summary>How many topics a follower has open.</summary>
    public static int OpenTopics => 4;

    public static TimeSpan BetweenLines => TimeSpan.FromMilliseconds(Of(150, 220));

    // Rounds of each fault.
    public static int Kills => Of(1, 50);

    public static int Gateways => Of(1, 50);

    public static int Zombies => Of(1, 4);

    /// <summary>Of each way in which a database can end.</summary>
    public static int Endings => Of(1, 4);

    public static int Hangs => Of(1, 2);

    // How long what lasts goes on.
    public static TimeSpan Paused => TimeSpan.FromSeconds(Of(12, 30));

    public static TimeSpan Hung => TimeSpan.FromSeconds(Of(6, 20));

    public static TimeSpan Starved => TimeSpan.FromSeconds(Of(10, 180));

    private static int Of(int small, int full) => AreFull ? full : small;
}
