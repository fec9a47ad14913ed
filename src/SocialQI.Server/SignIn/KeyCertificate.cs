using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialQI.Server.SignIn;

/// <summary>
/// Encrypts the keys that protect cookies and secrets where they are kept, in the database: who has only that has none of them. A file of the machine,
/// the same on every node of a cluster; the first start makes it.
/// </summary>
internal static class KeyCertificate
{
    private const int Bits = 3072;
    private const int YearsValid = 30;

    /// <summary>The certificate in a file; made where there is none.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate with its private key.</exception>
    public static X509Certificate2 In(string file)
    {
        if (!File.Exists(file))
        {
            Make(file);
        }
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, null);
        return certificate.HasPrivateKey ? certificate : throw new CryptographicException($"{file} holds no private key.");
    }

    // Two processes of one machine may come here at once: whoever is first has made it, and the other takes that one.
    private static void Make(string file)
    {
        using var key = RSA.Create(Bits);
        var request = new CertificateRequest("CN=SocialQI keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(YearsValid));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var whole = $"{file}.{Guid.NewGuid():N}";
        using (var writer = new FileStream(whole, options))
        {
            writer.Write(certificate.Export(X509ContentType.Pkcs12));
        }
        try
        {
            File.Move(whole, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(whole);
        }
    }
}
