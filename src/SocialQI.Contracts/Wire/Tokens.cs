using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SocialQI.Wire;

/// <summary>What a machine's token lets it ask, of what its service account may see and do.</summary>
[JsonConverter(typeof(KebabCase<TokenScope>))]
public enum TokenScope
{
    /// <summary>Lists, searches and topics.</summary>
    Read,

    /// <summary>Commands to topics, as the service.</summary>
    Command,

    /// <summary>Drafts made of FHIR bundles.</summary>
    Import,

    /// <summary>The events of a topic, from its first.</summary>
    Export,
}

/// <summary>A token that an institution's administrator makes for one machine.</summary>
/// <param name="Purpose">What it is for; its service account is called so. A line, at most as long as a name.</param>
/// <param name="Scopes">What it may ask; at least one.</param>
/// <param name="Days">How long it lasts, 1 to <see cref="DaysMax"/>.</param>
public sealed record NewToken(string Purpose, ImmutableArray<TokenScope> Scopes, int Days)
{
    /// <summary>The longest that a token lasts, in days.</summary>
    public const int DaysMax = 366;
}

/// <summary>A token as administrators see it.</summary>
/// <param name="Id">Names it, to end it.</param>
/// <param name="Service">The account that the machine acts as.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Scopes">What it may ask.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="Made">When.</param>
/// <param name="Expires">Until when it lasts, if nobody ends it before.</param>
/// <param name="Used">When it was last used, give or take a minute; null: never.</param>
/// <param name="Ended">When somebody ended it; null: nobody did.</param>
public sealed record TokenLine(
    Guid Id, ClinicianId Service, string Purpose, ImmutableArray<TokenScope> Scopes, ClinicianId MadeBy, Moment Made, Moment Expires, Moment? Used, Moment? Ended);

/// <summary>A token just made.</summary>
/// <param name="Line">The token.</param>
/// <param name="Secret">What the machine sends as <c>Authorization: Bearer</c>; told this once and kept nowhere as it is.</param>
public sealed record MadeToken(TokenLine Line, string Secret);
