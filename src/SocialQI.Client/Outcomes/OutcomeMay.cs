using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Wire;

namespace SocialQI.Client.Outcomes;

/// <summary>Who is shown the way to say what came of a case. The service asks again.</summary>
internal static class OutcomeMay
{
    public static bool Say(Me me, TopicId topic, CaseState state, Moment now) =>
        state.Author == me.Id || state.Expected?.Who == me.Id || me.MayDo(topic.Home, state.Visibility, now).HasFlag(TimelineMay.Moderate);
}
