using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What a verb is expected to come to.</summary>
internal static class Verbs
{
    public static Task<string> Succeeds(Task<(int Code, string Said)> verb) => EndsWith(0, verb);

    public static Task<string> Fails(Task<(int Code, string Said)> verb) => EndsWith(1, verb);

    private static async Task<string> EndsWith(int expected, Task<(int Code, string Said)> verb)
    {
        var (code, said) = await verb;
        Assert.True(code == expected, said);
        return said;
    }
}
