using System.Xml.Linq;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>The arrows between the projects, and no others. The compiler keeps them as the project files say; this keeps the project files.</summary>
public sealed class ReferencingAProject
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["SocialQI.Contracts"] = [],
        ["SocialQI.Statistics"] = [],
        ["SocialQI.Domain"] = ["SocialQI.Contracts", "SocialQI.Statistics"],
        ["SocialQI.Storage"] = ["SocialQI.Contracts"],
        ["SocialQI.Grains"] = ["SocialQI.Contracts", "SocialQI.Domain", "SocialQI.Storage"],
        ["SocialQI.Client"] = ["SocialQI.Contracts", "SocialQI.Statistics"],
        ["SocialQI.Server"] = ["SocialQI.Client", "SocialQI.Contracts", "SocialQI.Domain", "SocialQI.Grains", "SocialQI.Statistics", "SocialQI.Storage"],
    };

    // What is shared by grains, server and browser, and what decides, stand on the platform alone, but for the distributions.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["SocialQI.Contracts"] = [],
        ["SocialQI.Domain"] = [],
        ["SocialQI.Statistics"] = ["MathNet.Numerics"],
    };

    [Fact]
    public void Follows_the_arrows_and_no_others() => Assert.Empty(Tree.Projects.SelectMany(p => Faults(p, Read(p))));

    [Fact]
    public void Against_an_arrow_is_caught() =>
        Assert.Equal(["SocialQI.Contracts refers to SocialQI.Storage"], Faults("SocialQI.Contracts", Guilty("<ProjectReference Include='../SocialQI.Storage/SocialQI.Storage.csproj' />")));

    [Fact]
    public void That_an_arrow_asks_for_must_be_done() =>
        Assert.Equal(["SocialQI.Storage does not refer to SocialQI.Contracts"], Faults("SocialQI.Storage", Guilty("")));

    [Fact]
    public void From_a_project_that_has_no_arrows_yet_is_caught() => Assert.Equal(["SocialQI.Extras has no arrows"], Faults("SocialQI.Extras", Guilty("")));

    [Fact]
    public void That_is_a_package_is_caught_in_the_core() =>
        Assert.Equal(["SocialQI.Contracts uses the package Humanizer"], Faults("SocialQI.Contracts", Guilty("<PackageReference Include='Humanizer' />")));

    [Fact]
    public void That_is_a_second_package_is_caught_in_what_has_one() => Assert.Equal(
        ["SocialQI.Statistics uses the package Accord"],
        Faults("SocialQI.Statistics", Guilty("<PackageReference Include='MathNet.Numerics' /><PackageReference Include='Accord' />")));

    private static IEnumerable<string> Faults(string project, XDocument file)
    {
        if (!Arrows.TryGetValue(project, out var arrows))
        {
            return [$"{project} has no arrows"];
        }
        var allowed = arrows.Where(a => Tree.Projects.Contains(a)).ToList();
        var refers = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToList();
        var packages = Packages.TryGetValue(project, out var known)
            ? file.Descendants().Where(e => e.Name.LocalName is "PackageReference" or "FrameworkReference").Select(e => e.Attribute("Include")!.Value).Except(known)
            : [];
        return
        [
            .. refers.Except(allowed).Select(r => $"{project} refers to {r}"),
            .. allowed.Except(refers).Select(r => $"{project} does not refer to {r}"),
            .. packages.Select(p => $"{project} uses the package {p}"),
        ];
    }

    private static XDocument Read(string project) => XDocument.Load(Path.Combine(Tree.Root, "src", project, project + ".csproj"));

    private static XDocument Guilty(string item) => XDocument.Parse($"<Project><ItemGroup>{item}</ItemGroup></Project>");
}
