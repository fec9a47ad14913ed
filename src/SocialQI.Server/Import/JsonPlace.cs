using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SocialQI.Server.Import;

/// <summary>Where a reader stands in a JSON document, kept without allocating for each name.</summary>
internal sealed class JsonPlace
{
    /// <summary>FHIR resources nest by about 20; the .NET and FHIR readers stop at 64 themselves.</summary>
    public const int DepthMax = 60;

    private readonly Container[] containers = new Container[DepthMax + 2];

    public int Depth { get; private set; }

    public int Item(int depth) => containers[depth - 1].Item;

    public bool IsIn(int depth, BundleName name) => Depth >= depth && containers[depth - 1].Name == name;

    public void Name(BundleName name, in Utf8JsonReader at) =>
        containers[Depth - 1] = containers[Depth - 1] with { Name = name, NameStart = (int)at.TokenStartIndex + 1, NameLength = at.ValueSpan.Length };

    /// <summary>A value begins: within an array it has the next number.</summary>
    public void Value()
    {
        if (Depth > 0 && containers[Depth - 1].IsArray)
        {
            containers[Depth - 1].Item++;
        }
    }

    public void Enter(bool array) => containers[Depth++] = new Container { IsArray = array, Item = -1 };

    public void Leave() => Depth--;

    /// <summary>Such as <c>$.entry[3].resource.status</c>. A name that FHIR does not define is written <c>?</c>: it could be a person's.</summary>
    public string Say(ReadOnlySpan<byte> json)
    {
        var path = new StringBuilder("$");
        foreach (var container in containers.AsSpan(0, Math.Min(Depth, DepthMax)))
        {
            if (container.IsArray)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(container.Item, 0)}]");
            }
            else if (container.NameLength > 0)
            {
                path.Append('.').Append(FhirNames.OrUnknown(Encoding.UTF8.GetString(json.Slice(container.NameStart, container.NameLength))));
            }
        }

        return path.ToString();
    }

    private record struct Container
    {
        public bool IsArray;
        public int Item;
        public BundleName Name;
        public int NameStart;
        public int NameLength;
    }
}

/// <summary>The few names that lead to a bundle's resources.</summary>
internal enum BundleName
{
    Other,
    ResourceType,
    Entry,
    FullUrl,
    Resource,
}
