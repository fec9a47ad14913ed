using System.Text.Json;

namespace SocialQI.Server.Terminology;

/// <summary>
/// Reads a FHIR R4 CodeSystem. Straight from its JSON: the FHIR library would make an object of every designation of half a million concepts.
/// Concepts are counted from 1 in the order in which they stand, a child after its parent.
/// </summary>
internal static class CodeSystemDocument
{
    private const int DepthMax = 128;

    private static readonly Refusal NotOne = new("not-a-terminology", "The file is JSON but not a FHIR CodeSystem: its resourceType must be CodeSystem.");

    /// <exception cref="TerminologyRefusedException">It is none.</exception>
    public static async Task<TerminologyContent> Read(Stream json, CancellationToken stop)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(json, new JsonDocumentOptions { MaxDepth = DepthMax }, stop);
            var root = document.RootElement;
            if (Text(root, "resourceType") != "CodeSystem")
            {
                throw new TerminologyRefusedException(NotOne);
            }
            var bad = new BadLines("concept");
            var concepts = new Concepts(bad);
            Take(root, concepts, bad, 0);
            return new TerminologyContent(NameOf(Text(root, "url")), Text(root, "version"), concepts.Taken, concepts.Headings, bad);
        }
        catch (JsonException e)
        {
            throw new TerminologyRefusedException(new("malformed-json", $"The JSON breaks off being JSON at line {(e.LineNumber ?? 0) + 1:n0}, byte {(e.BytePositionInLine ?? 0) + 1:n0}."));
        }
    }

    private static int Take(JsonElement parent, Concepts concepts, BadLines bad, int before)
    {
        var count = before;
        foreach (var concept in Items(parent, "concept"))
        {
            count++;
            var code = Text(concept, "code") ?? "";
            if (IsForOthersOnly(concept) || (Items(concept, "concept").Any() && !Cases.Condition.IsCode(code)))
            {
                concepts.Headings++;
            }
            else
            {
                concepts.Take(count, code, Text(concept, "display")?.Trim() ?? "", Items(concept, "designation").Select(d => Text(d, "value")?.Trim()).OfType<string>());
            }
            count = Take(concept, concepts, bad, count);
        }
        return count;
    }

    private static bool IsForOthersOnly(JsonElement concept) =>
        Items(concept, "property").Any(p => Text(p, "code") is "abstract" or "notSelectable" && p.TryGetProperty("valueBoolean", out var value) && value.ValueKind == JsonValueKind.True);

    private static string? NameOf(string? url) => url is "http://hl7.org/fhir/sid/icd-10-cm" ? TerminologyFile.IcdTenCm : url;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
