using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Wire;

/// <summary>What was found in a search.</summary>
[JsonConverter(typeof(KebabCase<FoundKind>))]
public enum FoundKind
{
    /// <summary>A case's title and question, or a hallway thread's line.</summary>
    Case,

    /// <summary>A section of a case.</summary>
    Section,

    /// <summary>What became known later.</summary>
    Fact,

    /// <summary>A remark.</summary>
    Comment,

    /// <summary>A question within a case.</summary>
    Question,

    /// <summary>An answer to one.</summary>
    Answer,

    /// <summary>A reference with what it supports.</summary>
    Evidence,
}

/// <summary>Something found.</summary>
/// <param name="Topic">The case.</param>
/// <param name="Number">The contribution's number in it; null where it is the case's own text.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Author">Who wrote it; of the case's own text, who began the case.</param>
/// <param name="At">When it was said, or written last.</param>
/// <param name="Title">The case's title.</param>
/// <param name="Snippet">A piece of the text, each hit between <see cref="HitBegins"/> and <see cref="HitEnds"/>; plain text, no markup.</param>
public sealed record Found(TopicId Topic, long? Number, FoundKind Kind, ClinicianId Author, Moment At, string Title, string Snippet)
{
    /// <summary>Stands before a hit: a character of private use, which no text that is kept has by chance.</summary>
    public const char HitBegins = '\uE000';

    /// <summary>Stands after a hit.</summary>
    public const char HitEnds = '\uE001';

    /// <summary>The longest search.</summary>
    public const int QueryLengthMax = 500;
}

/// <summary>Where one can jump to by a few letters: at most <see cref="Max"/> of each.</summary>
/// <param name="Cases">By words of the title, last moved first; without letters those last moved.</param>
/// <param name="Communities">By words of the name; without letters one's own.</param>
/// <param name="People">By words of the name.</param>
public sealed record Jumps(ImmutableArray<CaseLine> Cases, ImmutableArray<CommunityLine> Communities, ImmutableArray<DirectoryEntry> People)
{
    /// <summary>The most of each kind.</summary>
    public const int Max = 8;
}

/// <summary>What somebody looks for. It stands in the body of a request and never in an address, for addresses end up in logs.</summary>
/// <param name="Text">A search, at most <see cref="Found.QueryLengthMax"/> characters, or the first letters of a name.</param>
/// <param name="After">Where a search goes on.</param>
public sealed record SearchFor(string Text, string? After = null);
