namespace SocialQI.Statistics.Tests;

/// <summary>The same things in another order, by a seed.</summary>
internal static class Shuffle
{
    public static T[] Of<T>(IReadOnlyList<T> things, int seed)
    {
        var shuffled = things.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }
}
