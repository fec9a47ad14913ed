using SocialQI.GrandRounds;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What an event changes in a session's line in the lists; null when it changes nothing.</summary>
internal static class RoundsLines
{
    public static RoundsRow? After(TopicId topic, Envelope happened)
    {
        var moved = new RoundsRow(topic, happened.N, happened.At, null);
        return happened.Event switch
        {
            RoundsPlanned it => moved with { Plan = new(it.Plan, it.At, it.Planner, it.Series) },
            RoundsRevised it => moved with { Plan = new(it.Plan, it.At), ChangesPlan = true },
            RoundsCancelled => moved with { Stage = RoundsStage.Cancelled, ChangesPlan = true },
            LobbyOpened => moved with { Stage = RoundsStage.Lobby },
            WentLive => moved with { Stage = RoundsStage.Live },
            DiscussionOpened => moved with { Stage = RoundsStage.Discussion },
            RoundsClosed => moved with { Stage = RoundsStage.Closed },
            _ => null,
        };
    }
}
