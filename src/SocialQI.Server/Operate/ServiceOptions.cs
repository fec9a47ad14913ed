using Npgsql;

namespace SocialQI.Server.Operate;

/// <summary>How this process is to run: section <c>SocialQI</c> of the configuration, or the command line.</summary>
public sealed class ServiceOptions
{
    public const string Section = "SocialQI";

    /// <summary>Where the embedded database and the operator's key are.</summary>
    public string Data { get; set; } = "./data";

    /// <summary><c>silo</c>, <c>gateway</c>, or <c>silo,gateway</c>.</summary>
    public string Roles { get; set; } = "silo,gateway";

    /// <summary>PostgreSQL; without it the embedded SQLite is used, by this one process.</summary>
    public string? Postgres { get; set; }

    /// <summary>Whether a first start makes the demonstration network.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>Names the cluster; processes of the same name and database find each other.</summary>
    public string Cluster { get; set; } = "socialqi";

    /// <summary>Where silos speak to each other.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Where gateway-only processes speak to silos.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>How long an Orleans call may take.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A session in which nothing is done for so long ends.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after so long, whatever is done in it.</summary>
    public TimeSpan SessionLasts { get; set; } = TimeSpan.FromHours(12);

    public bool IsSilo => Has("silo");

    public bool IsGateway => Has("gateway");

    /// <summary>What is wrong with these settings; null when nothing is.</summary>
    public string? Fault =>
        Roles.Split(',', StringSplitOptions.TrimEntries).Any(r => r is not ("silo" or "gateway")) ? "SocialQI:Roles names silo, gateway, or both."
        : !IsSilo && Postgres is null ? "A process that is only a gateway needs the cluster's PostgreSQL (SocialQI:Postgres): the embedded database is for one process."
        : IdleAfter < TimeSpan.FromMinutes(1) || SessionLasts < IdleAfter ? "SocialQI:IdleAfter is at least a minute, and SocialQI:SessionLasts no shorter."
        : Postgres is { } connection && !IsConnectionString(connection) ? "SocialQI:Postgres is not a connection string, as in Host=db.example;Database=socialqi;Username=socialqi."
        : null;

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private bool Has(string role) => Roles.Split(',', StringSplitOptions.TrimEntries).Contains(role);
}
