using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Communities;

namespace SocialQI.Client.Communities;

/// <summary>A community's description while it is being written.</summary>
public sealed class WrittenCommunity
{
    public string Name { get; set; } = "";

    public string Purpose { get; set; } = "";

    /// <summary>One a line, its code first where it has one.</summary>
    public string Conditions { get; set; } = "";

    public ImmutableArray<Condition> Named =>
        [.. Conditions.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    public static WrittenCommunity Of(CommunityState state) => new()
    {
        Name = state.Name,
        Purpose = state.Purpose,
        Conditions = string.Join('\n', state.Conditions.Select(c => $"{c.Code} {c.Text}".Trim())),
    };

    public Dictionary<string, string> ToFields() => new() { ["name"] = Name, ["purpose"] = Purpose, ["conditions"] = Conditions };

    public void Take(Dictionary<string, string> fields) =>
        (Name, Purpose, Conditions) = (fields.GetValueOrDefault("name", ""), fields.GetValueOrDefault("purpose", ""), fields.GetValueOrDefault("conditions", ""));

    private static Condition Read(string line) =>
        line.Split(' ', 2, StringSplitOptions.TrimEntries) is [var code, var text] && Condition.IsCode(code) ? new(code, text) : new(null, line);
}
