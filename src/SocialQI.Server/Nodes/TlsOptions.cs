namespace SocialQI.Server.Nodes;

/// <summary>By which certificates the processes of a cluster know each other: section <c>SocialQI:Tls</c>.</summary>
public sealed class TlsOptions
{
    /// <summary>This process's certificate: PEM, followed by those between it and the authority's; or PKCS #12 (.pfx, .p12) with its key, without a password.</summary>
    public string? Certificate { get; set; }

    /// <summary>Its private key as PEM; in <see cref="Certificate"/> when not given.</summary>
    public string? Key { get; set; }

    /// <summary>The operator's own authority, as PEM. Whoever it has signed is believed, and nobody else; the system's authorities count for nothing here.</summary>
    public string? Authority { get; set; }

    /// <summary>Tells clusters of one authority apart: a silo's certificate is for silo.NAME, that of a gateway alone for gateway.NAME.</summary>
    public string Name { get; set; } = "socialqi";

    internal bool IsOn => Certificate is not null || Key is not null || Authority is not null;

    internal string SiloName => $"silo.{Name}";

    internal string GatewayName => $"gateway.{Name}";

    internal string? Fault =>
        !IsOn ? null
        : Certificate is null || Authority is null ? "SocialQI:Tls:Certificate and SocialQI:Tls:Authority are given together: a process shows its own and asks for the others'."
        : Uri.CheckHostName(SiloName) != UriHostNameType.Dns ? "SocialQI:Tls:Name is the end of a host name, as in socialqi or rounds.example."
        : null;
}
