using System.Text.Json.Serialization;

namespace SocialQI.Identifiers;

/// <summary>What can tell who a patient is. The eighteen of 45 CFR 164.514(b)(2)(i), as far as they can stand in a text.</summary>
[JsonConverter(typeof(KebabCase<IdentifierKind>))]
public enum IdentifierKind
{
    /// <summary>A date more exact than its year.</summary>
    Date,

    /// <summary>A telephone, fax or pager number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A number that a state gives its people: social security, national insurance, passport.</summary>
    National,

    /// <summary>A hospital's own number of a person, a visit or a specimen.</summary>
    Record,

    /// <summary>A number at a health plan or an insurance.</summary>
    Insurance,

    /// <summary>A number of an account, a certificate or a licence.</summary>
    Account,

    /// <summary>A licence plate, or a vehicle's own number.</summary>
    Vehicle,

    /// <summary>A serial, lot or device number.</summary>
    Device,

    /// <summary>An address in the web.</summary>
    Url,

    /// <summary>An address of a machine in a network.</summary>
    Ip,

    /// <summary>The name of a person.</summary>
    Name,

    /// <summary>A place smaller than a state.</summary>
    Place,

    /// <summary>An age over 89.</summary>
    Age,

    /// <summary>The number of a finger, voice, eye or face print.</summary>
    Biometric,
}

/// <summary>Words that may tell who somebody is.</summary>
/// <param name="Kind">What they seem to be.</param>
/// <param name="Start">Where they begin in the text, in UTF-16 units.</param>
/// <param name="Length">How long they are; at least 1.</param>
public readonly record struct Identifier(IdentifierKind Kind, int Start, int Length)
{
    /// <summary>Where the text goes on.</summary>
    [JsonIgnore]
    public int End => Start + Length;
}
