using SocialQI.Ballots;

namespace SocialQI.Panels;

/// <summary>Folds events into a panel: one function for grain, gateway and browser.</summary>
internal static class PanelFold
{
    public static PanelState After(PanelState state, Envelope happened)
    {
        var next = state with { Number = happened.N };
        return happened.Event switch
        {
            PanelPlanned it => next with { Stage = PanelStage.Between, Convener = happened.By, At = happened.At, Plan = it.Plan },
            PanelRecused it => next with { Recusals = next.Recusals.Add(new(happened.N, happened.At, happened.By, it.Seat, it.Statements, it.Reason)) },
            PanelRoundBegun it => next with
            {
                Stage = PanelStage.Open,
                Rounds = next.Rounds.Add(new(happened.N, it.Ballot, it.Asked, happened.At, it.ClosesAt, it.IsNecessity)),
            },
            BallotEnded it => Round(next, it.Ballot, r => r with { Reason = it.Reason }),
            PanelRoundClosed it => Round(next, it.Ballot, r => Closed(r, it, happened.At)) with { Stage = PanelStage.Between, Ends = next.Ends ?? it.Ends },
            PanelClosed it => next with { Stage = PanelStage.Closed, Ends = it.Ground, Reason = it.Reason },
            PanelSaid it => next with { Notes = next.Notes.Add(new(happened.N, happened.At, happened.By, new(it.Text, happened.N))) },
            TextRedacted it => next with { Notes = [.. next.Notes.Select(n => n with { Text = n.Text.Without(it.Number) })] },
            _ => next,
        };
    }

    private static PanelRound Closed(PanelRound round, PanelRoundClosed it, Moment at) =>
        round with { Closed = at, Ground = it.Ground, Tally = it.Tally, Statements = it.Statements, Concordance = it.Concordance };

    private static PanelState Round(PanelState state, TopicId ballot, Func<PanelRound, PanelRound> change) =>
        state with { Rounds = [.. state.Rounds.Select(r => r.Ballot == ballot ? change(r) : r)] };
}
