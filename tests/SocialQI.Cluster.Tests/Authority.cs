using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialQI.Cluster.Tests;

/// <summary>An operator's authority that signs the certificates of processes, and the folder that has them.</summary>
internal sealed class Authority : IDisposable
{
    public const string Silo = "silo.socialqi";
    public const string Gateway = "gateway.socialqi";

    private static readonly DateTimeOffset Begins = DateTimeOffset.UtcNow.AddDays(-30);
    private static readonly DateTimeOffset Ends = DateTimeOffset.UtcNow.AddDays(30);

    private readonly X509Certificate2 own = MakeOwn();
    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-authority-").FullName;

    public Authority() => File.WriteAllText(OwnFile, own.ExportCertificatePem());

    private string OwnFile => Path.Combine(folder, "authority.pem");

    /// <summary>A certificate with its key, good for a month, or one that was until yesterday.</summary>
    public X509Certificate2 Sign(string name, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        using var signed = request.Create(own, Begins, isExpired ? DateTimeOffset.UtcNow.AddDays(-1) : Ends, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Puts a certificate and its key where a process named so reads them.</summary>
    public void Put(string process, X509Certificate2 certificate)
    {
        File.WriteAllText(Path.Combine(folder, $"{process}.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, $"{process}.pem"), certificate.ExportCertificatePem());
    }

    /// <summary>The words by which a process is told where its certificate is.</summary>
    public string[] Words(string process, string name)
    {
        using var certificate = Sign(name);
        Put(process, certificate);
        return Words(Path.Combine(folder, $"{process}.pem"), "--SocialQI:Tls:Key", Path.Combine(folder, $"{process}.key"));
    }

    /// <summary>The same, with certificate and key in one PKCS #12 file.</summary>
    public string[] WordsOfPkcs12(string process, string name)
    {
        var file = Path.Combine(folder, $"{process}.pfx");
        using var certificate = Sign(name);
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        return Words(file);
    }

    public void Dispose()
    {
        own.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string[] Words(string certificate, params string[] more) => ["--SocialQI:Tls:Certificate", certificate, "--SocialQI:Tls:Authority", OwnFile, .. more];

    private static X509Certificate2 MakeOwn()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=An operator's authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(Begins, Ends.AddDays(1));
    }
}
