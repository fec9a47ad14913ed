using SocialQI.Clinicians;

namespace SocialQI.Client.Home;

/// <summary>Where a line of the inbox leads.</summary>
internal static class InboxLinks
{
    /// <summary>To the contribution in its case, or to its outcome; of a session, to the record in which its actions stand; to where one's entry is asked for.</summary>
    public static string Of(InboxLine line) =>
        line.Topic.Kind == TopicKind.Panel ? $"panel/{line.Topic}"
        : line is { Topic.Kind: TopicKind.Rounds, Reason: MentionReason.Seat } ? $"rounds/{line.Topic}"
        : line.Topic.Kind == TopicKind.Rounds ? $"rounds/{line.Topic}/record"
        : line.Reason is MentionReason.OutcomeOverdue or MentionReason.OutcomeKnown ? $"case/{line.Topic}/outcome"
        : $"case/{line.Topic}#n{line.Contribution}";
}
