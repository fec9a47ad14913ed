using System.Reflection;
using SocialQI.Storage;
using SocialQI.Storage.Sql;

namespace SocialQI.Server.Terminology;

/// <summary>
/// Common conditions with the words clinicians use for them, written for this product: what type-ahead answers until a licensed terminology is loaded,
/// and the synonyms that help to find codes in that one.
/// </summary>
internal static class StarterList
{
    /// <summary>The name of its system; an operator's file cannot take it.</summary>
    public const string System = Terminologies.Starter;

    private const string Version = "version ";

    /// <summary>The list as a version to load.</summary>
    public static TerminologyLoad Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("SocialQI.Server.Terminology.starter.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var version = lines.Single(l => l.StartsWith(Version, StringComparison.Ordinal))[Version.Length..];
        var concepts = lines.Where(l => l.Contains('|', StringComparison.Ordinal) && l[0] != '#').Select(Concept);
        return new TerminologyLoad(System, version, [.. concepts], Current: null, Replaces: true);
    }

    private static Concept Concept(string line) => line.Split('|', StringSplitOptions.TrimEntries) is [var code, var title, var synonyms]
        ? new(code, title, [.. synonyms.Split(';', StringSplitOptions.TrimEntries)])
        : throw new InvalidDataException("A line of the starter list has not three parts: " + line);
}
