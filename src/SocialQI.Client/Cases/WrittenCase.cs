using System.Collections.Immutable;
using SocialQI.Cases;

namespace SocialQI.Client.Cases;

/// <summary>A case while it is being written: what stands in the fields.</summary>
public sealed class WrittenCase
{
    public string Title { get; set; } = "";

    public string Question { get; set; } = "";

    public string Code { get; set; } = "";

    public string Condition { get; set; } = "";

    public Dictionary<SectionKind, string> Texts { get; } = Enum.GetValues<SectionKind>().ToDictionary(k => k, _ => "");

    /// <summary>The condition; null while it is not named.</summary>
    public Condition? Named => string.IsNullOrWhiteSpace(Condition) ? null : new(string.IsNullOrWhiteSpace(Code) ? null : Code.Trim().ToUpperInvariant(), Condition.Trim());

    /// <summary>The sections that have a text.</summary>
    public ImmutableArray<Section> Sections => [.. Texts.Where(t => !string.IsNullOrWhiteSpace(t.Value)).OrderBy(t => t.Key).Select(t => new Section(t.Key, t.Value.Trim()))];

    public Dictionary<string, string> ToFields() =>
        new(Texts.Select(t => KeyValuePair.Create(t.Key.ToString(), t.Value))) { ["title"] = Title, ["question"] = Question, ["code"] = Code, ["condition"] = Condition };

    public void Take(Dictionary<string, string> fields)
    {
        (Title, Question, Code, Condition) = (Of("title"), Of("question"), Of("code"), Of("condition"));
        foreach (var kind in Texts.Keys)
        {
            Texts[kind] = Of(kind.ToString());
        }

        string Of(string key) => fields.GetValueOrDefault(key, "");
    }
}
