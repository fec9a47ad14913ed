using SocialQI.Clinicians;

namespace SocialQI.Client.Home;

/// <summary>Where a line of the inbox leads.</summary>
internal static class InboxLinks
{
    /// <summary>To the contribution in its case, to its outcome or its opinions; of a session, to itself or to the record in which its actions stand; to a panel.</summary>
    public static string Of(InboxLine line) => line switch
    {
        { Topic.Kind: TopicKind.Panel } => $"panel/{line.Topic}",
        { Topic.Kind: TopicKind.Rounds, Reason: MentionReason.Seat } => $"rounds/{line.Topic}",
        { Topic.Kind: TopicKind.Rounds } => $"rounds/{line.Topic}/record",
        { Reason: MentionReason.Seat } => $"case/{line.Topic}/opinions",
        { Reason: MentionReason.OutcomeOverdue or MentionReason.OutcomeKnown } => $"case/{line.Topic}/outcome",
        _ => $"case/{line.Topic}#n{line.Contribution}",
    };
}
