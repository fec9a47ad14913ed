using System.Security.Cryptography;

namespace SocialQI.Server.Backups;

/// <summary>
/// The two halves of an institution's RSA key in PEM files, as <c>openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096</c> makes them: files are sealed
/// with the public one, and who has only the machine cannot open them again.
/// </summary>
internal static class KeyFiles
{
    private const int BitsMin = 3072;
    private const int BytesMax = 64 * 1024;

    /// <summary>The public half.</summary>
    /// <exception cref="SealException">The file holds none, a private one, or one that is too short.</exception>
    public static RSA Public(string file)
    {
        var pem = Read(file);
        return pem.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? throw new SealException($"{file} is a private key. It stays with the institution; give the public half (openssl pkey -pubout).")
            : Import(file, key => key.ImportFromPem(pem));
    }

    /// <summary>The private half; its password, where it has one, is asked for on the console.</summary>
    /// <exception cref="SealException">The file holds none, or the password is another.</exception>
    public static RSA Private(string file) => Private(file, Password);

    /// <summary>The same, with a password that comes from elsewhere.</summary>
    /// <exception cref="SealException">The file holds none, or the password is another.</exception>
    public static RSA Private(string file, Func<string> password)
    {
        var pem = Read(file);
        return pem.Contains("ENCRYPTED", StringComparison.Ordinal) ? Import(file, key => key.ImportFromEncryptedPem(pem, password()))
            : pem.Contains("PRIVATE KEY", StringComparison.Ordinal) ? Import(file, key => key.ImportFromPem(pem))
            : throw new SealException($"{file} holds no private key.");
    }

    /// <summary>The first 16 bytes of SHA-256 of the public half, in hexadecimal digits: enough to tell keys apart.</summary>
    public static string NameOf(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];

    private static RSA Import(string file, Action<RSA> import)
    {
        var key = RSA.Create();
        try
        {
            import(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SealException($"{file} holds no RSA key that can be read{(e is CryptographicException ? ", or the password is another" : "")}.");
        }
        return key.KeySize >= BitsMin ? key : throw new SealException($"The key in {file} has {key.KeySize} bits; it needs {BitsMin} at least.");
    }

    private static string Password()
    {
        Console.Write("Password of the key: ");
        return Console.In.ReadLine() ?? "";
    }

    private static string Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= BytesMax ? File.ReadAllText(file) : throw new SealException($"{file} is too long for a key.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SealException($"The key cannot be read: {e.Message}");
        }
    }
}
