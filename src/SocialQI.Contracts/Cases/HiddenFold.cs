using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>
/// How contributions are hidden and come back. While one is hidden the journal hands its events out without their payload, so that what is left here must be
/// what folding them so gives: nothing but what their headers say.
/// </summary>
internal static class HiddenFold
{
    /// <summary>After what those did who keep order, or who saw the case in an emergency.</summary>
    public static CaseState After(CaseState next, Envelope happened) => happened.Event switch
    {
        ContributionHidden it => Hidden(next, new(it.Number, happened.By, happened.At, it.Reason)),
        ContributionRestored it => Restored(next, it.Number),
        ClinicianMuted it => next with { Muted = [.. next.Muted.OrEmpty().Where(m => m.Who != it.Who && m.Until > happened.At), new(it.Who, it.Until)] },
        ClinicianUnmuted it => next with { Muted = OrNone(next.Muted.OrEmpty().RemoveAll(m => m.Who == it.Who)) },
        GlassBroken it => next with { Glass = [.. next.Glass.OrEmpty().TakeLast(CaseState.GlassMax - 1), new(happened.N, happened.By, happened.For, happened.At, it.Until, new(it.Reason, happened.N))] },
        _ => next,
    };

    public static CaseState Hidden(CaseState state, HiddenContribution hidden)
    {
        var marked = state with { Hidden = state.Hidden.OrEmpty().Add(hidden) };
        return state.IndexOf(hidden.Number) is >= 0 and var index
            ? marked with { Recent = state.Recent.SetItem(index, WithoutWords(state.Recent[index])), Aside = state.Aside.SetItem(hidden.Number, state.Recent[index]) }
            : marked;
    }

    public static CaseState Restored(CaseState state, long number)
    {
        var settled = Settled(state, number);
        return state.Aside.TryGetValue(number, out var said) && state.IndexOf(number) is >= 0 and var index ? settled with { Recent = state.Recent.SetItem(index, said) } : settled;
    }

    /// <summary>Nothing waits any more: it was restored, taken back, or its text was destroyed.</summary>
    public static CaseState Settled(CaseState state, long number) =>
        state with { Hidden = OrNone(state.Hidden.OrEmpty().RemoveAll(h => h.Number == number)), Aside = state.Aside.Remove(number) };

    /// <summary>What was destroyed cannot come back. When it was the text as it stood, nothing is left to look at.</summary>
    public static CaseState Redacted(CaseState state, long number)
    {
        foreach (var hidden in state.Hidden.OrEmpty())
        {
            var stood = state.Find(hidden.Number)?.Text.From ?? hidden.Number;
            state = stood == number ? Settled(state, hidden.Number)
                : state.Aside.TryGetValue(hidden.Number, out var said) ? state with { Aside = state.Aside.SetItem(hidden.Number, CaseFold.Redacted(said, number)) }
                : state;
        }
        return state;
    }

    /// <summary>A list that is left out of the state's bytes when it is empty.</summary>
    public static ImmutableArray<T> OrNone<T>(ImmutableArray<T> list) => list.IsEmpty ? default : list;

    private static Contribution WithoutWords(Contribution said) => CaseFold.Redacted(said with { Text = said.Text with { Words = "" } }, said.Number);
}
