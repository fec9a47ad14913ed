using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace SocialQI.Server.Auditing;

/// <summary>The Ed25519 key that signs checkpoints. Its public half lies beside it as <c>.pub</c>, and belongs where whoever verifies finds it without this machine.</summary>
internal sealed class CheckpointKey
{
    private const int SeedBytes = 32;

    private readonly Ed25519PrivateKeyParameters key;

    private CheckpointKey(byte[] seed)
    {
        key = new(seed, 0);
        Public = Convert.ToHexStringLower(key.GeneratePublicKey().GetEncoded());
    }

    /// <summary>32 bytes in hexadecimal digits.</summary>
    public string Public { get; }

    /// <summary>Reads the key, or makes one where there is none.</summary>
    public static CheckpointKey Open(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (!File.Exists(file))
        {
            Make(file);
        }
        var key = new CheckpointKey(Convert.FromHexString(File.ReadAllText(file).Trim()));
        if (!File.Exists(file + ".pub"))
        {
            File.WriteAllText(file + ".pub", key.Public + "\n");
        }
        return key;
    }

    public byte[] Sign(byte[] what)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(what, 0, what.Length);
        return signer.GenerateSignature();
    }

    public static bool Verifies(string publicKey, byte[] what, byte[] signature)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: false, new Ed25519PublicKeyParameters(Convert.FromHexString(publicKey), 0));
        signer.BlockUpdate(what, 0, what.Length);
        return signer.VerifySignature(signature);
    }

    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(SeedBytes)));
    }
}
