using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.GrandRounds;

/// <summary>What is typed to come to a session that is on: six digits. It names the session and opens nothing.</summary>
public static class ShortCode
{
    /// <summary>How many digits.</summary>
    public const int Length = 6;

    /// <summary>The code of a session: always the same. Two sessions may share one; who may see only one of them comes to that one.</summary>
    public static string Of(TopicId rounds)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(rounds.ToString())));
        return (number % 1_000_000).ToString("d6", CultureInfo.InvariantCulture);
    }
}
