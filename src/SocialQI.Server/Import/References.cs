using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>How resources of one bundle point at each other. Nothing outside the bundle is ever fetched.</summary>
internal static class References
{
    public static IEnumerable<string> KeysOf(ResourceSlice slice, Resource resource) =>
        new[] { slice.FullUrl, resource.Id is { } id ? $"{slice.Type}/{id}" : null, slice.FullUrl is null ? null : Tail(slice.FullUrl) }.OfType<string>();

    /// <summary>The key a reference asks for, without a version.</summary>
    public static string? KeyOf(ResourceReference? reference)
    {
        if (reference?.Reference is not { Length: > 0 } to)
        {
            return null;
        }

        return to.IndexOf("/_history/", StringComparison.Ordinal) is > 0 and var version ? to[..version] : to;
    }

    /// <summary>Looks a reference up as it stands, then by type and id alone.</summary>
    public static T? Find<T>(this IReadOnlyDictionary<string, T> byKey, string? key) where T : class =>
        key is null ? null : byKey.GetValueOrDefault(key) ?? (Tail(key) is { } tail ? byKey.GetValueOrDefault(tail) : null);

    private static string? Tail(string url) => url.Split('/') is [.., var type, var id] && url.StartsWith("http", StringComparison.Ordinal) ? $"{type}/{id}" : null;
}
