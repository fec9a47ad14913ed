using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>The element names of FHIR R4: the only names a refusal repeats from a file.</summary>
internal static partial class FhirNames
{
    private static readonly Lazy<FrozenSet<string>> Elements = new(() => ModelInfo.ModelInspector.ClassMappings
        .SelectMany(type => type.PropertyMappings).Select(property => property.Name).Append("resourceType").ToFrozenSet());

    private static readonly Lazy<FrozenSet<string>> Types = new(() => ModelInfo.ModelInspector.ClassMappings
        .Select(type => type.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    public static string OrUnknown(string name) => IsElement(name.TrimStart('_')) ? name : "?";

    /// <summary>A path such as <c>Observation.code.coding[0]</c> with its first part replaced and every unknown name hidden.</summary>
    public static string Within(string place, string? path)
    {
        var parts = (path ?? "").Split('.').Skip(1).Select(part => Part().Match(part) is { Success: true } match
            ? OrUnknown(match.Groups[1].Value) + match.Groups[2].Value
            : "?");
        return string.Join('.', parts.Prepend(place));
    }

    // A choice is written with its type: valueQuantity is value and Quantity.
    private static bool IsElement(string name) => Elements.Value.Contains(name) || Enumerable.Range(1, Math.Max(0, name.Length - 1))
        .Any(cut => char.IsAsciiLetterUpper(name[cut]) && Elements.Value.Contains(name[..cut]) && Types.Value.Contains(name[cut..]));

    [GeneratedRegex(@"^(\w+)((?:\[\d{1,7}\])?)$")]
    private static partial Regex Part();
}
