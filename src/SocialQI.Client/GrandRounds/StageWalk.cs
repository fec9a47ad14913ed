using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.GrandRounds;

namespace SocialQI.Client.GrandRounds;

/// <summary>What can be put on stage one after the other: of each part its question, the sections of its case and their images.</summary>
public static class StageWalk
{
    /// <summary>The steps of a part, its question first. Of a case that is not open to somebody there is only that.</summary>
    public static ImmutableArray<StageView> StepsOf(int item, CaseState? state) => state is null ? [new(item)] :
    [
        new(item),
        .. state.Sections.Select(s => new StageView(item, s.Kind)),
        .. state.Recent.SelectMany(c => c.Images.OrEmpty().Select(i => new StageView(item, Image: i.Hash, Contribution: c.Number))),
    ];

    /// <summary>The step before or after; at the end of a part the one beside it, which begins with its question. Null: there is none.</summary>
    public static StageView? Beside(StageView view, CaseState? state, int parts, int by)
    {
        var steps = StepsOf(view.Item, state);
        var at = Math.Max(0, steps.IndexOf(view)) + by;
        return at >= 0 && at < steps.Length ? steps[at]
            : view.Item + by >= 0 && view.Item + by < parts ? new(view.Item + by)
            : null;
    }
}
