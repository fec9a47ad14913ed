using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialQI.Server.Operate;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Machines;

/// <summary>
/// Tokens of machines: <c>sqi_ID_SECRET</c>, 32 hexadecimal digits and 256 random bits. So much chance needs no slow hash. What is kept is asked each time, so
/// that one that was ended lets nobody in from then on.
/// </summary>
internal sealed class MachineGate(Stores stores, ServiceOptions options, TimeProvider clock) : IDisposable
{
    public const string Prefix = "sqi_";

    private const int SecretBytes = 32;
    private const int IdLength = 32;
    private const int LengthMax = 128;
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    private readonly Failures failures = new(options.SignInsPerMinute);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>A new secret for a token.</summary>
    public static (string Secret, byte[] Digest) New(Guid id)
    {
        var secret = Prefix + id.ToString("N") + "_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, DigestOf(secret));
    }

    /// <summary>The token that a machine has; null when it lets nobody in.</summary>
    public async Task<MachineToken?> Find(string secret, CancellationToken stop)
    {
        if (secret.Length > LengthMax || !secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length < Prefix.Length + IdLength
            || !Guid.TryParseExact(secret.AsSpan(Prefix.Length, IdLength), "N", out var id)
            || await stores.Default.Tokens.Find(id, stop) is not ({ Ended: null } token, var digest)
            || token.Expires <= Now || !CryptographicOperations.FixedTimeEquals(digest, DigestOf(secret)))
        {
            return null;
        }
        if (token.Used is not { } used || Now - used > UsedEvery)
        {
            await stores.Default.Tokens.Used(id, stop);
        }
        return token;
    }

    /// <summary>Whether so many tokens that let nobody in came from an address lately that no more are looked at.</summary>
    public bool IsTired(string origin) => failures.AreSpent(origin);

    /// <summary>One more.</summary>
    public void Failed(string origin) => failures.Add(origin);

    public static IEnumerable<TokenScope> Scopes(MachineToken token) => token.Scopes.Split(',').Select(Enum.Parse<TokenScope>);

    public void Dispose() => failures.Dispose();

    private static byte[] DigestOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
