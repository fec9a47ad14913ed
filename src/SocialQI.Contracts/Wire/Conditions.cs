namespace SocialQI.Wire;

/// <summary>A condition that type-ahead offers.</summary>
/// <param name="Code">Its ICD-10 code, with the dot.</param>
/// <param name="Title">As its code system words it; may be longer than a case's condition can be.</param>
/// <param name="FoundBy">The synonym or abbreviation it was found by; null when its title or code says it.</param>
public sealed record ConditionLine(string Code, string Title, string? FoundBy)
{
    /// <summary>The longest question.</summary>
    public const int QueryLengthMax = 80;

    /// <summary>The most that are offered at once.</summary>
    public const int TakeMax = 20;
}
