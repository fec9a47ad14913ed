using System.Collections.Immutable;

namespace SocialQI;

/// <summary>A list left out of a command is an empty one.</summary>
public static class ImmutableArrays
{
    /// <summary>The array, or an empty one where it was never set.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
