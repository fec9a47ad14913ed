using SocialQI.Panels;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What an event changes in a panel's line in the lists; null when it changes nothing.</summary>
internal static class PanelLines
{
    public static PanelRow? After(TopicId topic, Envelope happened) => happened.Event switch
    {
        PanelPlanned it => new(topic, happened.N, happened.At, PanelStage.Between, Planned: new(it.Plan, happened.By)),
        PanelRoundBegun => new(topic, happened.N, happened.At, PanelStage.Open, BeginsRound: true),
        PanelRoundClosed => new(topic, happened.N, happened.At, PanelStage.Between),
        PanelClosed => new(topic, happened.N, happened.At, PanelStage.Closed),
        _ => null,
    };
}
