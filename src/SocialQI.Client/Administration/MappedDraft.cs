using SocialQI.Institutions;

namespace SocialQI.Client.Administration;

/// <summary>What a claim says, while somebody writes it: all of it as text.</summary>
public sealed class MappedDraft
{
    public string Claim { get; set; } = "";

    public string Otherwise { get; set; } = "";

    public List<MeaningDraft> Meanings { get; } = [];

    public static MappedDraft Of<T>(MappedClaim<T> mapped)
    {
        var draft = new MappedDraft { Claim = mapped.Claim ?? "", Otherwise = $"{mapped.Otherwise}" };
        draft.Meanings.AddRange(mapped.Meanings.OrEmpty().Select(m => new MeaningDraft { Value = m.Value, Means = $"{m.Means}" }));
        return draft;
    }

    /// <summary>As it is kept; lines without a value are nothing.</summary>
    public MappedClaim<T> As<T>(Func<string, T> read) => new(
        read(Otherwise), [.. Meanings.Where(m => m.Value.Trim().Length > 0).Select(m => new Meaning<T>(m.Value.Trim(), read(m.Means)))],
        Claim.Trim() is { Length: > 0 } claim ? claim : null);
}

/// <summary>A value and what it means.</summary>
public sealed class MeaningDraft
{
    public string Value { get; set; } = "";

    public string Means { get; set; } = "";
}
