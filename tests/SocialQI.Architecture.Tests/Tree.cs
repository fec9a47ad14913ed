namespace SocialQI.Architecture.Tests;

/// <summary>The project's files as somebody who clones it has them.</summary>
internal static class Tree
{
    private static readonly HashSet<string> NotOurs = ["bin", "obj", ".git", "artifacts", "data", "node_modules", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = Find();

    /// <summary>What the golden samples and histories are.</summary>
    public static string Golden { get; } = Path.Combine(Root, "tests/SocialQI.Architecture.Tests/golden");

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Under(new DirectoryInfo(Root)).Select(f => Path.GetRelativePath(Root, f.FullName)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources => Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && IsCode(f));

    public static IEnumerable<string> Tests => Files.Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && IsCode(f));

    /// <summary>The names of the projects under src/.</summary>
    public static IEnumerable<string> Projects =>
        Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>A project under src/ as it was built together with these tests.</summary>
    public static string Built(string project)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(Root, "src", project, "bin", configuration, "net10.0", project + ".dll");
    }

    private static bool IsCode(string file) => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal);

    private static IEnumerable<FileInfo> Under(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name)).SelectMany(Under));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocialQI.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the project.");
        }
        return folder.FullName;
    }
}
