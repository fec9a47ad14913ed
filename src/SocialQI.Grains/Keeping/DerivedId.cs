using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Grains.Keeping;

/// <summary>The id of a command that follows from something: always the same one, so that doing it twice does it once.</summary>
public static class DerivedId
{
    public static Guid Of(params IEnumerable<object> parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
