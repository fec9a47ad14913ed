using System.Text.Json;
using System.Text.RegularExpressions;
using SocialQI.Wire;

namespace SocialQI.Server.Import;

/// <summary>Counts by kind. Kinds are our own words, never a file's.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, int> counts = [];
    private readonly Dictionary<string, SortedSet<int>> lines = [];

    /// <summary>The line of the file that is being read or placed; null while none is.</summary>
    public int? Line { get; set; }

    public void Add(string kind, int times = 1)
    {
        if (times > 0)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + times;
            Remember(kind);
        }
    }

    private void Remember(string kind)
    {
        if (Line is not { } line)
        {
            return;
        }
        if (!lines.TryGetValue(kind, out var where))
        {
            lines[kind] = where = [];
        }
        // The first of them: resources are read by type, not in the file's order.
        if (where.Add(line) && where.Count > ImportCount.LinesMax)
        {
            where.Remove(where.Max);
        }
    }

    /// <summary>In which lines a kind was met first; empty where lines say nothing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Lines => lines.ToDictionary(l => l.Key, l => (IReadOnlyList<int>)[.. l.Value]);

    public IReadOnlyDictionary<string, int> Counts => new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
}

/// <summary>Tells the author what a resource held that is never read. It protects nothing: reading takes only what it names.</summary>
internal static partial class UnreadParts
{
    public static void Count(ReadOnlySpan<byte> resource, Tally leftOut)
    {
        var reader = new Utf8JsonReader(resource);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var name = reader.GetString()!;
            reader.Read();
            if (KindOf(name, ref reader) is { } kind)
            {
                leftOut.Add(kind);
                reader.Skip();
            }
        }
    }

    private static string? KindOf(string name, ref Utf8JsonReader value) => name switch
    {
        "text" when value.TokenType == JsonTokenType.StartObject => "narrative text",
        "div" => "narrative text",
        "note" => "notes",
        "extension" or "modifierExtension" => "extensions",
        "name" => "names",
        "address" => "addresses",
        "telecom" or "contact" => "contacts",
        "identifier" or "lotNumber" => "identifiers",
        "photo" or "presentedForm" or "attachment" or "valueAttachment" or "media" => "attachments",
        "contained" => "contained resources",
        "maritalStatus" or "communication" or "multipleBirthInteger" or "multipleBirthBoolean" => "other personal details",
        "performer" or "participant" or "requester" or "recorder" or "asserter" or "location" or "hospitalization" or "serviceProvider"
            or "managingOrganization" or "generalPractitioner" or "link" => "people and places",
        "text" or "valueString" or "description" or "comment" or "conclusion" or "patientInstruction" or "title" => "free text",
        _ when value.TokenType == JsonTokenType.String && Date().IsMatch(value.GetString()!) => "dates",
        _ => null,
    };

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}(-[0-9]{2}(T.*)?)?\z|^[0-9]{2}:[0-9]{2}:[0-9]{2}")]
    private static partial Regex Date();
}
