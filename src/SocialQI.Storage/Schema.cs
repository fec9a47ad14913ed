using System.Globalization;
using System.Reflection;

namespace SocialQI.Storage;

/// <summary>A step of a schema. Once released it is never changed; the next change is the next step.</summary>
internal sealed record SchemaStep(int Version, string Sql);

/// <summary>The scripts embedded beside each database's code: <c>NNN-name.sql</c>, applied in order, forward only.</summary>
internal static class Schema
{
    private static readonly Assembly here = typeof(Schema).Assembly;

    /// <summary>The steps that a database at this version lacks.</summary>
    /// <exception cref="SchemaTooNewException">It is ahead of this program.</exception>
    public static IReadOnlyList<SchemaStep> After(int version, string database)
    {
        var steps = Steps(database);
        return version <= steps[^1].Version ? steps.FindAll(s => s.Version > version) : throw new SchemaTooNewException(version, steps[^1].Version);
    }

    /// <summary>The newest version this program knows.</summary>
    public static int Newest(string database) => Steps(database)[^1].Version;

    /// <summary>What the Orleans providers ask of a database.</summary>
    public static string ForOrleans(string database) => Text($"{typeof(Schema).Namespace}.{database}.orleans.sql");

    private static List<SchemaStep> Steps(string database)
    {
        var folder = $"{typeof(Schema).Namespace}.{database}.";
        return
        [
            .. from name in here.GetManifestResourceNames()
               where name.StartsWith(folder, StringComparison.Ordinal) && char.IsAsciiDigit(name[folder.Length])
               let version = int.Parse(name.AsSpan(folder.Length, 3), CultureInfo.InvariantCulture)
               orderby version
               select new SchemaStep(version, Text(name)),
        ];
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(here.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
