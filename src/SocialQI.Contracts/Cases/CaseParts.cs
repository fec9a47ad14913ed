using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Cases;

/// <summary>The sections of a case, in the order they are read.</summary>
[JsonConverter(typeof(KebabCase<SectionKind>))]
public enum SectionKind
{
    /// <summary>What brought the patient in.</summary>
    Presentation = 1,

    /// <summary>What went before.</summary>
    History,

    /// <summary>What was found by looking, feeling and listening.</summary>
    Examination,

    /// <summary>Laboratory, imaging, pathology.</summary>
    Findings,

    /// <summary>What happened then.</summary>
    Course,
}

/// <summary>A section's text.</summary>
public sealed record Section(SectionKind Kind, string Text)
{
    /// <summary>The longest section.</summary>
    public const int TextLengthMax = 10_000;
}

/// <summary>A section as it stands now.</summary>
public sealed record SectionShown(SectionKind Kind, Passage Text);

/// <summary>The condition a case is about.</summary>
/// <param name="Code">An ICD-10-CM code, with or without its dot; null where only the text is known.</param>
/// <param name="Text">What it is called.</param>
public sealed record Condition(string? Code, string Text)
{
    /// <summary>The longest name.</summary>
    public const int TextLengthMax = 200;

    /// <summary>Whether a text has the shape of an ICD-10-CM code: a letter, a digit, a letter or digit, then up to four after a dot.</summary>
    public static bool IsCode(string code)
    {
        var plain = code.Length > 3 && code[3] == '.' ? code.Remove(3, 1) : code;
        return plain.Length is >= 3 and <= 7 && char.IsAsciiLetterUpper(plain[0]) && char.IsAsciiDigit(plain[1])
            && plain.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
    }
}

/// <summary>How far a case is open.</summary>
[JsonConverter(typeof(KebabCase<VisibilityKind>))]
public enum VisibilityKind
{
    /// <summary>The named clinicians, wherever they are now.</summary>
    Named,

    /// <summary>Whoever has a current affiliation to the institution the case belongs to; not whichever institution its author acts for later.</summary>
    Institution,

    /// <summary>Members of any of the chosen communities, as long as they have a current affiliation anywhere.</summary>
    Communities,

    /// <summary>Everybody with a current affiliation anywhere, where the policy <see cref="Policy.CasesToNetwork"/> of its home allows it.</summary>
    Network,
}

/// <summary>Who may follow a case, as its author chose it. The author always may.</summary>
/// <param name="Kind">Named clinicians, the case's institution, chosen communities, or the whole network.</param>
/// <param name="Communities">With communities only.</param>
/// <param name="Clinicians">With named clinicians only.</param>
public sealed record Visibility(
    VisibilityKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<CommunityId> Communities = default,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<ClinicianId> Clinicians = default)
{
    /// <summary>The most communities a case can be open to.</summary>
    public const int CommunitiesMax = 20;

    /// <summary>The most clinicians that can be named.</summary>
    public const int CliniciansMax = 50;

    /// <summary>The keys that open a case of this author and home.</summary>
    public ImmutableArray<string> AudienceOf(ClinicianId author, InstitutionId home)
    {
        IEnumerable<string> keys = Kind switch
        {
            VisibilityKind.Network => [Audience.Network],
            VisibilityKind.Institution => [Audience.Institution(home)],
            VisibilityKind.Communities => Communities.OrEmpty().Select(Audience.Community),
            _ => Clinicians.OrEmpty().Select(Audience.Person),
        };
        return [.. keys.Prepend(Audience.Person(author)).Distinct()];
    }
}

/// <summary>Where a case is in its life.</summary>
[JsonConverter(typeof(KebabCase<CaseStage>))]
public enum CaseStage
{
    /// <summary>Nothing has happened yet.</summary>
    None,

    /// <summary>Only its author sees it.</summary>
    Draft,

    /// <summary>Its audience follows it.</summary>
    Open,

    /// <summary>Read, but not written any more.</summary>
    Closed,
}
