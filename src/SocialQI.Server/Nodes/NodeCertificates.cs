using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialQI.Server.Nodes;

/// <summary>
/// This process's certificate and the authority that it believes, as the files have them: a changed file counts from the next connection on. Files that
/// do not go together, as in the middle of a change, leave what was read before.
/// </summary>
internal sealed partial class NodeCertificates
{
    private readonly TlsOptions options;
    private readonly string ownName;
    private readonly Lock gate = new();
    private Held held;
    private string seen;

    /// <param name="options">Which files.</param>
    /// <param name="ownName">Whom this process's certificate is for.</param>
    /// <exception cref="CryptographicException">They hold nothing that another process of the cluster would believe.</exception>
    public NodeCertificates(TlsOptions options, string ownName)
    {
        (this.options, this.ownName) = (options, ownName);
        seen = Stamp();
        held = Read();
    }

    /// <summary>What to show, and whom to believe, now.</summary>
    public Held Now(ILogger log)
    {
        lock (gate)
        {
            var stamp = Stamp();
            if (stamp != seen)
            {
                seen = stamp;
                try
                {
                    held = Read();
                    LogRead(log, held.Own.TargetCertificate.NotAfter);
                }
                catch (CryptographicException e)
                {
                    LogKept(log, e.Message);
                }
            }
            return held;
        }
    }

    private string Stamp() => string.Join(' ', Files().Select(f => new FileInfo(f)).Select(f => f.Exists ? $"{f.LastWriteTimeUtc.Ticks} {f.Length}" : "-"));

    private IEnumerable<string> Files() => ((string?[])[options.Certificate, options.Key, options.Authority]).OfType<string>();

    private Held Read()
    {
        try
        {
            var (own, between) = Own();
            X509Certificate2Collection authority = [];
            authority.ImportFromPemFile(options.Authority!);
            if (authority.Count == 0)
            {
                throw new CryptographicException($"{options.Authority} holds no certificate.");
            }
            RefuseUnbelievable(own, between, authority);
            return new(SslStreamCertificateContext.Create(own, between, offline: true), authority);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CryptographicException($"The certificates of SocialQI:Tls cannot be read: {e.Message}", e);
        }
    }

    private (X509Certificate2 Own, X509Certificate2Collection Between) Own()
    {
        var file = options.Certificate!;
        X509Certificate2Collection all = [];
        if (Path.GetExtension(file) is ".pfx" or ".p12")
        {
            all.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(file, null));
            var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException($"{file} holds no private key.");
            all.Remove(own);
            return (own, all);
        }
        all.ImportFromPemFile(file);
        if (all.Count > 0)
        {
            all.RemoveAt(0);
        }
        using var read = X509Certificate2.CreateFromPemFile(file, options.Key ?? file);
        // Some systems sign only with keys that came in this form.
        return (X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), all);
    }

    // The others would refuse it, each with a line in its log and none in this one's.
    private void RefuseUnbelievable(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authority)
    {
        if (!own.MatchesHostname(ownName, allowWildcards: false, allowCommonName: false))
        {
            throw new CryptographicException($"The certificate in {options.Certificate} is not for {ownName}.");
        }
        using var chain = new X509Chain { ChainPolicy = Held.PolicyOf(authority) };
        chain.ChainPolicy.ExtraStore.AddRange(between);
        if (!chain.Build(own))
        {
            var reasons = string.Join(", ", chain.ChainStatus.Select(s => s.Status));
            throw new CryptographicException($"The certificate in {options.Certificate} is not one that {options.Authority} vouches for now: {reasons}.");
        }
    }

    [LoggerMessage(LogLevel.Information, "The certificates between processes were read anew; this process's is good until {Until:u}.")]
    private static partial void LogRead(ILogger log, DateTime until);

    [LoggerMessage(LogLevel.Error, "The changed certificates between processes cannot be used, those read before stay: {Fault}")]
    private static partial void LogKept(ILogger log, string fault);

    /// <param name="Own">With what leads from it to the authority.</param>
    /// <param name="Authority">Whom to believe.</param>
    internal sealed record Held(SslStreamCertificateContext Own, X509Certificate2Collection Authority)
    {
        public X509ChainPolicy Policy => PolicyOf(Authority);

        public static X509ChainPolicy PolicyOf(X509Certificate2Collection authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            policy.CustomTrustStore.AddRange(authority);
            return policy;
        }
    }
}
