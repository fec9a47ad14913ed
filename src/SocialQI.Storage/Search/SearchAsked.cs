namespace SocialQI.Storage.Search;

/// <summary>What is searched for. Everything asked for must be so.</summary>
/// <param name="Terms">Each a word, or several that must stand together.</param>
/// <param name="Without">None of these may be in the text.</param>
/// <param name="From">By one of these; null: by anybody.</param>
/// <param name="In">In cases open to one of these; null: in any.</param>
/// <param name="Before">Said before this.</param>
/// <param name="Condition">In cases about this, as in <see cref="Wire.CaseFilter"/>.</param>
public sealed record SearchAsked(
    IReadOnlyList<string> Terms, IReadOnlyList<string> Without, IReadOnlyCollection<ClinicianId>? From = null, IReadOnlyCollection<CommunityId>? In = null,
    Moment? Before = null, string? Condition = null)
{
    /// <summary>Whether a text has anything that can be looked for.</summary>
    public static bool HasWords(string text) => Words.Of(text).Any();
}

/// <summary>A text that can be found.</summary>
/// <param name="Topic">The case.</param>
/// <param name="Part">Which of its texts: <see cref="Case"/>, a section's name, or a contribution's number.</param>
/// <param name="Number">The contribution's number; null for the case's own texts.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Body">What it says; empty: it is found no more.</param>
public sealed record SearchRow(TopicId Topic, string Part, long? Number, Wire.FoundKind Kind, ClinicianId Author, Moment At, string Body)
{
    /// <summary>The part of title and question.</summary>
    public const string Case = "case";
}
