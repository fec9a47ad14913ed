using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SocialQI.Architecture.Tests;

/// <summary>
/// The golden samples: a file for each event kind and version (<c>kind.version.jsonl</c>, envelopes as they stand on disk) and for each command kind
/// (<c>kind.jsonl</c>). The first line has everything filled; the second, where something is optional, has nothing optional;
/// lines after these are what was everything once, before something optional was added. What was written once is read for good.
/// </summary>
internal sealed record Sample(string Kind, int Version, IReadOnlyList<string> Lines)
{
    public static IReadOnlyList<Sample> Events { get; } = [.. Read("events").Select(f => Of(f.Name, int.Parse(f.Name.Split('.')[1], null), f.Lines))];

    public static IReadOnlyList<Sample> Commands { get; } = [.. Read("commands").Select(f => Of(f.Name, 1, f.Lines))];

    /// <summary>The names that a family of records declares.</summary>
    public static IEnumerable<string> Declared<TFamily>() =>
        typeof(TFamily).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!);

    /// <summary>An envelope's line read and written again; null when it is not known.</summary>
    public static string? EventAgain(string line)
    {
        var envelope = EventCodec.Decode(Encoding.UTF8.GetBytes(line));
        return envelope.Event is Unknown ? null : Encoding.UTF8.GetString(EventCodec.Encode(
            envelope.N, EventCodec.KindOf(envelope.Event), EventCodec.Version, envelope.At, envelope.By, envelope.For, envelope.Event.Re, EventCodec.EncodePayload(envelope.Event)));
    }

    /// <summary>A command's line read and written again; null when it is not read.</summary>
    public static string? CommandAgain(string line) =>
        Json.TryReadCommand(Encoding.UTF8.GetBytes(line)) is { } command ? Encoding.UTF8.GetString(Json.Encode(command)) : null;

    /// <summary>What is wrong with a sample, told by reading and writing it.</summary>
    /// <param name="again">Reads and writes a line.</param>
    /// <param name="payload">Where in the line the kind's own properties are; null: at its top.</param>
    /// <param name="type">What the kind is called here.</param>
    /// <param name="newest">The sample of the kind's newest version: older ones are lifted to it.</param>
    public IEnumerable<string> Faults(Func<string, string?> again, string? payload, Type type, Sample newest)
    {
        foreach (var (line, index) in Lines.Select((line, index) => (line, index)))
        {
            if (again(line) != newest.Lines.ElementAtOrDefault(index))
            {
                yield return $"{Kind}.{Version} line {index + 1} is written as {again(line)}";
            }
        }
        if (this != newest)
        {
            yield break;
        }
        var full = Properties(Lines[0], payload);
        var optional = full.Where(name => MayBeNothing(type, name) && IsOptional(Lines[0], payload, name, again)).ToList();
        string[][] expected = optional.Count == 0 ? [full] : [full, [.. full.Except(optional)]];
        if (!expected.SequenceEqual(Lines.Take(expected.Length).Select(l => Properties(l, payload)), SetComparer.Instance))
        {
            yield return $"{Kind}.{Version} has not one line with everything and, where something is optional ({string.Join(", ", optional)}), one without";
        }
    }

    /// <summary>Properties of a type, and of the types in it, that a sample leaves out.</summary>
    public static IEnumerable<string> Unfilled(Type type, JsonElement json, string path)
    {
        var known = Json.Context.GetTypeInfo(type);
        if (known is { Kind: System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Enumerable })
        {
            return json.GetArrayLength() > 0 ? json.EnumerateArray().SelectMany(e => Unfilled(known.ElementType!, e, path + "[]")).Distinct() : [path];
        }
        return known?.Properties.Where(p => p.Get is not null && p.Name != "k").SelectMany(p =>
            json.TryGetProperty(p.Name, out var value) && value.ValueKind != JsonValueKind.Null
                ? Unfilled(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType, value, path + "." + p.Name)
                : [path + "." + p.Name]) ?? [];
    }

    private static bool MayBeNothing(Type type, string name) =>
        Json.Context.GetTypeInfo(type)!.Properties.FirstOrDefault(p => p.Name == name) is { } property && (property.PropertyType.IsValueType || property.IsGetNullable);

    private static bool IsOptional(string line, string? payload, string name, Func<string, string?> again)
    {
        try
        {
            var node = JsonNode.Parse(line)!;
            (payload is null ? node : node[payload])!.AsObject().Remove(name);
            return again(node.ToJsonString()) is { } written && !Properties(written, payload).Contains(name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string[] Properties(string line, string? payload)
    {
        using var json = JsonDocument.Parse(line);
        return [.. (payload is null ? json.RootElement : json.RootElement.GetProperty(payload)).EnumerateObject().Select(p => p.Name)];
    }

    private static IEnumerable<(string Name, string[] Lines)> Read(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Tree.Golden, folder)).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllLines(f)));

    private static Sample Of(string name, int version, string[] lines) => new(name.Split('.')[0], version, lines);

    private sealed class SetComparer : IEqualityComparer<string[]>
    {
        public static readonly SetComparer Instance = new();

        public bool Equals(string[]? one, string[]? other) => one!.ToHashSet().SetEquals(other!);

        public int GetHashCode(string[] names) => names.Length;
    }
}
