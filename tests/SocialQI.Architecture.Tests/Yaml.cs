using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SocialQI.Architecture.Tests;

/// <summary>A document of YAML, asked by where a thing stands in it; what is not there is nothing, and has nothing in it.</summary>
internal sealed class Yaml(YamlNode? node)
{
    /// <summary>A value's text; null where there is none.</summary>
    public string? Text => (node as YamlScalarNode)?.Value;

    public int Number => int.TryParse(Text, out var number) ? number : 0;

    public bool IsThere => node is not null;

    /// <summary>Of a list.</summary>
    public IEnumerable<Yaml> Items => node is YamlSequenceNode list ? list.Children.Select(c => new Yaml(c)) : [];

    /// <summary>Of a map, with their keys.</summary>
    public IEnumerable<(string Key, Yaml Value)> Entries =>
        node is YamlMappingNode map ? map.Children.Select(c => (((YamlScalarNode)c.Key).Value!, new Yaml(c.Value))) : [];

    /// <summary>Down a way of keys.</summary>
    public Yaml this[params string[] way] =>
        way is [var first, .. var rest] ? new Yaml(node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(first), out var value) ? value : null)[rest] : this;

    public static IReadOnlyList<Yaml> Of(string text)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(text))));
        return [.. stream.Documents.Select(d => new Yaml(d.RootNode))];
    }
}
