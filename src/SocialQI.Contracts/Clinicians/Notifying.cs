using System.Text.Json.Serialization;

namespace SocialQI.Clinicians;

/// <summary>How much of what happens in a topic is told by the browser.</summary>
[JsonConverter(typeof(KebabCase<NotifyLevel>))]
public enum NotifyLevel
{
    /// <summary>All that is said in it.</summary>
    All,

    /// <summary>Mentions of the person, and replies to them.</summary>
    Mentions,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>How much is told of a topic, where it is another level than of all others.</summary>
public sealed record TopicLevel(TopicId Topic, NotifyLevel Level);

/// <summary>When nothing is told.</summary>
/// <param name="From">The minute of the day at which it begins, from 0.</param>
/// <param name="Until">The minute at which it ends; before <paramref name="From"/>, it is that of the next day.</param>
/// <param name="Zone">Where those minutes are counted: a name of the IANA time zone database.</param>
/// <param name="On">Off, it is only remembered.</param>
public sealed record QuietHours(int From, int Until, string Zone, bool On)
{
    /// <summary>The last minute of a day.</summary>
    public const int MinuteMax = (24 * 60) - 1;

    /// <summary>The longest name of a time zone.</summary>
    public const int ZoneLengthMax = 64;
}
