using System.Collections.Immutable;

namespace SocialQI.Storage;

/// <summary>A concept of a code system.</summary>
/// <param name="Code">With its dot.</param>
/// <param name="Title">As the system words it.</param>
/// <param name="Synonyms">Other words and abbreviations for it, the usual ones first.</param>
public sealed record Concept(string Code, string Title, ImmutableArray<string> Synonyms)
{
    /// <summary>The longest title or synonym.</summary>
    public const int TextLengthMax = 400;

    /// <summary>The most synonyms.</summary>
    public const int SynonymsMax = 40;
}

/// <summary>A version of a code system that was loaded whole.</summary>
/// <param name="Id">Of this very load: a version that is replaced gets another.</param>
/// <param name="System">The code system.</param>
/// <param name="Version">As its publisher calls it.</param>
/// <param name="Concepts">How many it has.</param>
/// <param name="Loaded">When.</param>
/// <param name="IsCurrent">Whether it is the one that is asked.</param>
public sealed record TerminologyVersion(long Id, string System, string Version, int Concepts, Moment Loaded, bool IsCurrent);

/// <summary>A version to load.</summary>
/// <param name="System">The code system.</param>
/// <param name="Version">As its publisher calls it.</param>
/// <param name="Concepts">No code twice.</param>
/// <param name="Current">Which version of the system is current afterwards; the loaded one when null.</param>
/// <param name="Replaces">Whether it may take the place of one with the same name and other content.</param>
public sealed record TerminologyLoad(string System, string Version, IReadOnlyList<Concept> Concepts, string? Current, bool Replaces);

/// <summary>How a load ended.</summary>
public enum LoadOutcome
{
    /// <summary>It is there, whole.</summary>
    Loaded,

    /// <summary>It was there already, with the same content.</summary>
    Unchanged,

    /// <summary>It took the place of one with other content.</summary>
    Replaced,

    /// <summary>One with other content is there: nothing was done.</summary>
    OtherContent,

    /// <summary>The version that was to be current is not there: nothing was done.</summary>
    NoSuchCurrent,
}
