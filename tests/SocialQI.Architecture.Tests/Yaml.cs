using YamlDotNet.RepresentationModel;

namespace SocialQI.Architecture.Tests;

/// <summary>A document of YAML, asked by where a thing stands in it; what is not there is nothing, and has nothing in it.</summary>
internal sealed class Yaml(YamlNode? node)
{
    private static readonly YamlScalarNode Merge = new("<<");

    /// <summary>A value's text; null where there is none.</summary>
    public string? Text => (node as YamlScalarNode)?.Value;

    public int Number => int.TryParse(Text, out var number) ? number : 0;

    public bool IsThere => node is not null;

    /// <summary>Of a list.</summary>
    public IEnumerable<Yaml> Items => node is YamlSequenceNode list ? list.Children.Select(c => new Yaml(c)) : [];

    /// <summary>Of a map, with their keys. What it takes over from another one stands behind its own.</summary>
    public IEnumerable<(string Key, Yaml Value)> Entries => Pairs(node).DistinctBy(p => p.Key).Select(p => (p.Key, new Yaml(p.Value)));

    /// <summary>Down a way of keys.</summary>
    public Yaml this[params string[] way] => way is [var first, .. var rest] ? new Yaml(Pairs(node).FirstOrDefault(p => p.Key == first).Value)[rest] : this;

    public static IReadOnlyList<Yaml> Of(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => new Yaml(d.RootNode))];
    }

    private static IEnumerable<(string Key, YamlNode Value)> Pairs(YamlNode? node) => node is not YamlMappingNode map ? [] :
    [
        .. map.Children.Where(c => !c.Key.Equals(Merge)).Select(c => (((YamlScalarNode)c.Key).Value!, c.Value)),
        .. map.Children.TryGetValue(Merge, out var other) ? Pairs(other) : [],
    ];
}
