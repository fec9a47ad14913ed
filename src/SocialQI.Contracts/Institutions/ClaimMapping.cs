using System.Collections.Immutable;
using SocialQI.Clinicians;

namespace SocialQI.Institutions;

/// <summary>What an institution's sign-in provider says of somebody, in this network's words. Used once, when they come in for the first time.</summary>
/// <param name="Specialty">Their field. A value without a meaning is taken as it is, where it is a text that a specialty can be.</param>
/// <param name="Grade">What they are by training.</param>
/// <param name="Role">What they are at the institution: clinician or trainee, and no more.</param>
public sealed record ClaimMapping(MappedClaim<string> Specialty, MappedClaim<Grade> Grade, MappedClaim<InstitutionRole> Role)
{
    /// <summary>The longest name of a claim.</summary>
    public const int ClaimLengthMax = 100;

    /// <summary>The longest value that has a meaning.</summary>
    public const int ValueLengthMax = 100;

    /// <summary>The most values of one claim that have a meaning.</summary>
    public const int MeaningsMax = 50;
}

/// <summary>What a claim says.</summary>
/// <param name="Otherwise">What is so where the claim is not there, or has no value that means anything.</param>
/// <param name="Meanings">What its values mean. Of several values the first that has a meaning counts.</param>
/// <param name="Claim">Its name; null: the provider is not asked.</param>
public sealed record MappedClaim<T>(T Otherwise, ImmutableArray<Meaning<T>> Meanings, string? Claim = null);

/// <summary>What a value of a claim means; letters count as they are.</summary>
public sealed record Meaning<T>(string Value, T Means);
