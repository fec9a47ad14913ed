using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Client.Cases.Identifying;

namespace SocialQI.Client.Cases;

/// <summary>A case while it is being written: what stands in the fields.</summary>
public sealed class WrittenCase
{
    public string Title { get; set; } = "";

    public string Question { get; set; } = "";

    public string Code { get; set; } = "";

    public string Condition { get; set; } = "";

    public Dictionary<SectionKind, string> OfSections { get; } = Enum.GetValues<SectionKind>().ToDictionary(k => k, _ => "");

    /// <summary>The condition; null while it is not named.</summary>
    public Condition? Named => string.IsNullOrWhiteSpace(Condition) ? null : new(string.IsNullOrWhiteSpace(Code) ? null : Code.Trim().ToUpperInvariant(), Condition.Trim());

    /// <summary>The sections that have a text.</summary>
    public ImmutableArray<Section> Sections => [.. OfSections.Where(t => !string.IsNullOrWhiteSpace(t.Value)).OrderBy(t => t.Key).Select(t => new Section(t.Key, t.Value.Trim()))];

    /// <summary>Everything that others would read, by the name of its field.</summary>
    public IEnumerable<(string Field, string Text)> Texts =>
        [("question", Question), ("title", Title), ("condition", Condition), .. OfSections.OrderBy(t => t.Key).Select(t => (t.Key.ToString(), t.Value))];

    /// <summary>Takes marked words out of the field they stand in.</summary>
    public void TakeOut(MarkedWord word)
    {
        switch (word.Field)
        {
            case "title": Title = word.TakenOutOf(Title); break;
            case "question": Question = word.TakenOutOf(Question); break;
            case "condition": Condition = word.TakenOutOf(Condition); break;
            default: OfSections[Enum.Parse<SectionKind>(word.Field)] = word.TakenOutOf(OfSections[Enum.Parse<SectionKind>(word.Field)]); break;
        }
    }

    public Dictionary<string, string> ToFields() =>
        new(OfSections.Select(t => KeyValuePair.Create(t.Key.ToString(), t.Value))) { ["title"] = Title, ["question"] = Question, ["code"] = Code, ["condition"] = Condition };

    public void Take(Dictionary<string, string> fields)
    {
        (Title, Question, Code, Condition) = (Of("title"), Of("question"), Of("code"), Of("condition"));
        foreach (var kind in OfSections.Keys)
        {
            OfSections[kind] = Of(kind.ToString());
        }

        string Of(string key) => fields.GetValueOrDefault(key, "");
    }
}
