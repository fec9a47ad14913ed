namespace SocialQI.Cluster.Tests.Faults;

/// <summary>How much of everything an ordeal has: what a run of all tests can afford, or with SOCIALQI_FAULTS=full what is promised.</summary>
internal static class Sizes
{
    public static bool AreFull { get; } = Environment.GetEnvironmentVariable("SOCIALQI_FAULTS") == "full";

    // The load: about 200 acknowledged commands a second at full size.
    public static int Topics => Of(8, 50);

    public static int Writers => Of(16, 100);

    public static int Followers => Of(12, 200);

    /// <summary>How many topics a follower has open.</summary>
    public static int OpenTopics => 4;

    public static TimeSpan BetweenLines => TimeSpan.FromMilliseconds(Of(150, 450));

    // Rounds of each fault.
    public static int Kills => Of(1, 50);

    public static int Gateways => Of(1, 50);

    public static int Zombies => Of(1, 4);

    /// <summary>Of each way in which a database can end.</summary>
    public static int Endings => Of(1, 4);

    public static int Hangs => Of(1, 2);

    /// <summary>Of the whole cluster, node by node.</summary>
    public static int Drains => Of(1, 10);

    public static int Flips => Of(2, 20);

    public static int Duplicates => Of(1, 3);

    public static int FullDisks => Of(1, 2);

    /// <summary>Of each weather.</summary>
    public static int Storms => 1;

    /// <summary>Of each of three cuts.</summary>
    public static int Partitions => Of(1, 3);

    public static int Upgrades => Of(1, 2);

    public static int Restores => Of(1, 2);

    // How many.
    public static int DeafReaders => Of(10, 50);

    public static int Clients => Of(200, 2_000);

    public static int Herd => Of(200, 2_000);

    /// <summary>Events of the largest topic in a backup.</summary>
    public static int Restored => Of(2_000, 100_000);

    /// <summary>How long a fault may be felt. In a run of all tests the machine does much else, and only the patience of whoever waits is asserted.</summary>
    public static TimeSpan RecoveryMax => AreFull ? TimeSpan.FromSeconds(20) : Ward.Patience;

    // How long what lasts goes on.
    public static TimeSpan Paused => TimeSpan.FromSeconds(Of(12, 30));

    public static TimeSpan Hung => TimeSpan.FromSeconds(Of(6, 20));

    public static TimeSpan ServedTwice => TimeSpan.FromSeconds(Of(3, 60));

    public static TimeSpan Full => TimeSpan.FromSeconds(Of(4, 30));

    public static TimeSpan Weather => TimeSpan.FromSeconds(Of(2, 20));

    public static TimeSpan Parted => TimeSpan.FromSeconds(Of(6, 20));

    public static TimeSpan Starved => TimeSpan.FromSeconds(Of(10, 180));

    public static TimeSpan Compared => TimeSpan.FromSeconds(Of(5, 30));

    private static int Of(int small, int full) => AreFull ? full : small;
}
