using System.Text.Json;
using System.Text.Unicode;

namespace SocialQI.Server.Import;

/// <summary>Where one resource stands in the file.</summary>
internal sealed record ResourceSlice(int Entry, string Type, string? FullUrl, int Start, int Length);

/// <summary>Walks the whole file once: finds its resources and proves that every later reader meets well-formed JSON of bounded depth.</summary>
internal ref struct BundleOutline
{
    public const int ResourcesMax = 100_000;

    private const int EntryDepth = 3;
    private const int ResourceDepth = 4;

    private readonly ReadOnlySpan<byte> json;
    private readonly JsonPlace place = new();
    private readonly List<ResourceSlice> found = [];
    private Utf8JsonReader reader;
    private string? rootType;
    private string? fullUrl;
    private string? type;
    private int start;
    private int length;

    private BundleOutline(ReadOnlySpan<byte> json)
    {
        this.json = json;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonPlace.DepthMax + 1 });
    }

    /// <returns>The refusal, or null when <paramref name="resources"/> are all there are.</returns>
    public static ImportRefusal? Read(ReadOnlySpan<byte> json, out IReadOnlyList<ResourceSlice> resources)
    {
        var outline = new BundleOutline(json);
        resources = outline.found;
        return outline.Walk();
    }

    private ImportRefusal? Walk()
    {
        try
        {
            while (reader.Read())
            {
                if (Step() is { } refusal)
                {
                    return refusal;
                }
            }
        }
        catch (JsonException broken)
        {
            return ImportRefusal.Malformed((broken.LineNumber ?? 0) + 1, (broken.BytePositionInLine ?? 0) + 1, place.Say(json));
        }

        return rootType != "Bundle" ? ImportRefusal.NotABundle
            : found.Count == 0 ? ImportRefusal.EmptyBundle
            : null;
    }

    private ImportRefusal? Step()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                place.Name(BundleNameHere(), reader);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                place.Value();
                return Enter(reader.TokenType == JsonTokenType.StartArray);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                return Leave();
            case JsonTokenType.String:
                place.Value();
                break;
            default:
                place.Value();
                return null;
        }

        if (!IsText())
        {
            return MalformedHere();
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            Note();
        }

        return null;
    }

    private readonly BundleName BundleNameHere() =>
        place.Depth > ResourceDepth ? BundleName.Other
        : reader.ValueTextEquals("resourceType"u8) ? BundleName.ResourceType
        : reader.ValueTextEquals("entry"u8) ? BundleName.Entry
        : reader.ValueTextEquals("fullUrl"u8) ? BundleName.FullUrl
        : reader.ValueTextEquals("resource"u8) ? BundleName.Resource
        : BundleName.Other;

    private ImportRefusal? Enter(bool array)
    {
        place.Enter(array);
        if (place.Depth == EntryDepth && place.IsIn(1, BundleName.Entry))
        {
            (fullUrl, type, length) = (null, null, 0);
        }
        else if (InResource && !array)
        {
            (start, type) = ((int)reader.TokenStartIndex, null);
        }

        return place.Depth > JsonPlace.DepthMax ? ImportRefusal.TooDeep(place.Say(json)) : null;
    }

    private ImportRefusal? Leave()
    {
        if (InResource && reader.TokenType == JsonTokenType.EndObject)
        {
            length = (int)reader.BytesConsumed - start;
        }

        if (place.Depth == EntryDepth && place.IsIn(1, BundleName.Entry) && length > 0)
        {
            found.Add(new ResourceSlice(place.Item(2), type ?? "", fullUrl, start, length));
            length = 0;
        }

        place.Leave();
        return found.Count > ResourcesMax ? ImportRefusal.TooManyResources : null;
    }

    private readonly bool InResource =>
        place.Depth == ResourceDepth && place.IsIn(1, BundleName.Entry) && place.IsIn(EntryDepth, BundleName.Resource);

    private void Note()
    {
        if (place.Depth == 1 && place.IsIn(1, BundleName.ResourceType))
        {
            rootType ??= reader.GetString();
        }
        else if (InResource && place.IsIn(ResourceDepth, BundleName.ResourceType))
        {
            type ??= reader.GetString();
        }
        else if (place.Depth == EntryDepth && place.IsIn(1, BundleName.Entry) && place.IsIn(EntryDepth, BundleName.FullUrl))
        {
            fullUrl = reader.GetString();
        }
    }

    // The JSON reader looks into strings only when they are asked for: bad UTF-8 and halves of surrogate pairs would throw much later.
    private readonly bool IsText()
    {
        try
        {
            return Utf8.IsValid(reader.ValueSpan) && (!reader.ValueIsEscaped || reader.GetString() is not null);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private readonly ImportRefusal MalformedHere()
    {
        var before = json[..(int)reader.TokenStartIndex];
        return ImportRefusal.Malformed(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), place.Say(json));
    }
}
