using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Server.SignIn;

/// <summary>
/// What lets the operator's verbs speak to the running service: a random key in a file of the data folder, which only the owner of the folder can read.
/// New at every start.
/// </summary>
internal sealed class OperatorKey
{
    public const string FileName = "operator.key";
    public const string Header = "X-SocialQI-Operator";

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Writes the key where the verbs of this machine find it, with the address of the service.</summary>
    public void Write(string folder, string address)
    {
        var file = Path.Combine(folder, FileName);
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(Convert.ToHexString(key));
        writer.WriteLine(address);
    }

    /// <summary>The key and the address of the service that runs on a data folder; null when none does.</summary>
    public static (string Key, Uri Address)? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) && File.ReadAllLines(file) is [var key, var address, ..] ? (key, new Uri(address)) : null;
    }

    public bool Is(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(request.Headers[Header].ToString()), Encoding.ASCII.GetBytes(Convert.ToHexString(key)));
}
