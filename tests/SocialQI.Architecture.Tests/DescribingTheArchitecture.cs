using System.Text.RegularExpressions;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>Prose that names types rots, compilers and tests do not: what <c>ARCHITECTURE.md</c> sets in code's letters is there.</summary>
public sealed partial class DescribingTheArchitecture
{
    private static readonly Lazy<HashSet<string>> Defined = new(() => [.. Tree.Projects.SelectMany(p => CompiledCode.Definitions(Tree.Built(p)))]);

    private static readonly Lazy<string> Sources = new(() => string.Concat(Tree.Sources.Select(Tree.Text)));

    private const string Group = "/api";

    [Fact]
    public void Names_what_exists() => Assert.Empty(Missing(Tree.Text("src/ARCHITECTURE.md")));

    [Fact]
    public void Sets_its_names_in_codes_letters() => Assert.NotInRange(Named().Count(Tree.Text("src/ARCHITECTURE.md")), 0, 20);

    [Theory]
    [InlineData("`SocialQI.Gossip`")]
    [InlineData("`TopicBroker`")]
    [InlineData("`Follow(topic, after)` and `Misremember(topic)`")]
    [InlineData("`Commands.cs`")]
    [InlineData("`src/SocialQI.Server/Nowhere`")]
    [InlineData("`/hub/nowhere`")]
    [InlineData("`POST /api/sign-on`")]
    [InlineData("`GET /api/gossip?ids=`")]
    [InlineData("`too-far-ahead`")]
    [InlineData("`{\"n\":1,\"k\":\"case-dreamt\"}`")]
    public void Of_something_that_is_not_there_is_caught(string words) => Assert.Single(Missing(words));

    private static IEnumerable<string> Missing(string text) => Named().Matches(text).Select(m => m.Groups[1].Value).Distinct().Where(name => !Exists(name));

    private static bool Exists(string name) =>
        name.StartsWith('{') || name.StartsWith('[') ? Kind().Matches(name).All(k => IsLiteral(k.Groups[1].Value))
        : name.StartsWith("SocialQI.", StringComparison.Ordinal) ? Tree.Projects.Contains(name)
        : Route().Match(name) is { Success: true } route ? IsRoute(route.Groups[1].Value)
        : name.Contains('/', StringComparison.Ordinal) ? Tree.Files.Any(f => f == name || f.StartsWith(name.TrimEnd('/') + "/", StringComparison.Ordinal))
        : FileName().IsMatch(name) ? Tree.Files.Any(f => Path.GetFileName(f) == name)
        : Identifier().Match(name) is { Success: true } identifier ? Defined.Value.Contains(identifier.Groups[1].Value)
        : !Code().IsMatch(name) || IsLiteral(name);

    // Routes of a group stand in the sources without what the group begins with.
    private static bool IsRoute(string path) => IsLiteral(path) || (path.StartsWith(Group, StringComparison.Ordinal) && IsLiteral(path[Group.Length..]));

    private static bool IsLiteral(string text) => Sources.Value.Contains('"' + text + '"', StringComparison.Ordinal);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Named();

    [GeneratedRegex("\"k\":\"([a-z-]+)\"")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^(?:[A-Z]+ )?(/[a-z/-]+)(?:\?[a-z]+=)?$")]
    private static partial Regex Route();

    [GeneratedRegex(@"^\w+\.[a-z]+$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^([A-Z]\w+)")]
    private static partial Regex Identifier();

    [GeneratedRegex("^[a-z]+-[a-z-]+$")]
    private static partial Regex Code();
}
