using System.Net;
using System.Net.Sockets;
using Npgsql;
using SocialQI.Server.Auditing;
using SocialQI.Server.Nodes;

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

    /// <summary>The same database for another login, which reads for people and may do nothing else; without it <see cref="Postgres"/>'s login steps down for that.</summary>
    public string? PostgresReader { get; set; }

    /// <summary>Whether a first start makes the demonstration network.</summary>
    public bool Demo { get; set; } = true;

    /// <summary>How the audit is witnessed.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Names the cluster; processes of the same name and database find each other.</summary>
    public string Cluster { get; set; } = "socialqi";

    /// <summary>Where a silo is found by the others: an address of this machine, or a name of one. Only with <see cref="Tls"/> another than loopback.</summary>
    public string SiloAddress { get; set; } = "127.0.0.1";

    /// <summary>Where silos speak to each other.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Where processes that are only gateways speak to silos; closed where one process is both.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>By which certificates the processes of a cluster know each other.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>The address that <see cref="SiloAddress"/> means; null when it means none.</summary>
    internal IPAddress? SiloIp => Resolved(SiloAddress) is { } ip && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? ip : null;

    internal int OpenGatewayPort => IsGateway ? 0 : GatewayPort;

    /// <summary>How long an Orleans call may take.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The certificate (PKCS #12) that encrypts the keys in the database, the same for every gateway; in the data folder when not given.</summary>
    public string? KeyCertificate { get; set; }

    internal string KeyFile => KeyCertificate ?? Path.Combine(Data, "keys.pfx");

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies, by comma: whether a request came by https, and from where, is believed of them.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>The same, read.</summary>
    internal IReadOnlyList<IPNetwork> Proxies => Networks(TrustedProxies);

    /// <summary>Addresses or networks, by comma, where institutions' sign-in providers may be besides public ones.</summary>
    public string ProviderNetworks { get; set; } = "";

    /// <summary>The same, read.</summary>
    internal IReadOnlyList<IPNetwork> OpenNetworks => Networks(ProviderNetworks);

    /// <summary>Addresses or networks, by comma, that may read this process's metrics besides this machine.</summary>
    public string MetricsNetworks { get; set; } = "";

    /// <summary>The same, read.</summary>
    internal IReadOnlyList<IPNetwork> WatchingNetworks => Networks(MetricsNetworks);

    /// <summary>How often a minute somebody may try to come in, from one address.</summary>
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>A session in which nothing is done for so long ends.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after so long, whatever is done in it.</summary>
    public TimeSpan SessionLasts { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Whether WebSockets over HTTP/1.1 are served by this service's own transport; without it by the framework's, as all else.</summary>
    public bool OwnTransport { get; set; } = true;

    public bool IsSilo => Has("silo");

    public bool IsGateway => Has("gateway");

    /// <summary>What is wrong with these settings; null when nothing is.</summary>
    public string? Fault =>
        Roles.Split(',', StringSplitOptions.TrimEntries).Any(r => r is not ("silo" or "gateway")) ? "SocialQI:Roles names silo, gateway, or both."
        : !IsSilo && Postgres is null ? "A process that is only a gateway needs the cluster's PostgreSQL (SocialQI:Postgres): the embedded database is for one process."
        : !AreNetworks(TrustedProxies) ? "SocialQI:TrustedProxies are addresses or networks, as in 10.0.0.7, 10.1.0.0/16."
        : !AreNetworks(ProviderNetworks) ? "SocialQI:ProviderNetworks are addresses or networks, as in 10.0.0.7, 10.1.0.0/16."
        : !AreNetworks(MetricsNetworks) ? "SocialQI:MetricsNetworks are addresses or networks, as in 10.0.0.7, 10.1.0.0/16."
        : IdleAfter < TimeSpan.FromMinutes(1) || SessionLasts < IdleAfter ? "SocialQI:IdleAfter is at least a minute, and SocialQI:SessionLasts no shorter."
        : Tls.Fault is { } tls ? tls
        : IsSilo && SiloFault is { } silo ? silo
        : Postgres is { } connection && !IsConnectionString(connection) ? "SocialQI:Postgres is not a connection string, as in Host=db.example;Database=socialqi;Username=socialqi."
        : PostgresReader is { } readers && (Postgres is null || !IsConnectionString(readers)) ? "SocialQI:PostgresReader is a connection string beside that in SocialQI:Postgres, to the same database."
        : null;

    private string? SiloFault =>
        SiloIp is not { } ip ? "SocialQI:SiloAddress is one address of this machine, or its name: the others are told to come there."
        : IPAddress.IsLoopback(ip) ? null
        : Postgres is null ? "SocialQI:SiloAddress is for a cluster, on PostgreSQL (SocialQI:Postgres): the embedded database is for one process."
        : !Tls.IsOn ? $"{SiloAddress} (SocialQI:SiloAddress) is open to the network: whoever reached it could speak as the cluster. Give certificates in SocialQI:Tls, or stay on loopback."
        : null;

    private static IPAddress? Resolved(string name)
    {
        try
        {
            return IPAddress.TryParse(name, out var ip) ? ip : Dns.GetHostAddresses(name).OrderBy(a => a.AddressFamily).FirstOrDefault();
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
    }

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

    private static bool AreNetworks(string list) => Named(list).All(p => IPNetwork.TryParse(p, out _) || IPAddress.TryParse(p, out _));

    private static IReadOnlyList<IPNetwork> Networks(string list) =>
        [.. Named(list).Select(p => IPNetwork.Parse(p.Contains('/', StringComparison.Ordinal) ? p : p + (p.Contains(':', StringComparison.Ordinal) ? "/128" : "/32")))];

    private static string[] Named(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool Has(string role) => Roles.Split(',', StringSplitOptions.TrimEntries).Contains(role);
}
