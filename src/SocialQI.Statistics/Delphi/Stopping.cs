namespace SocialQI.Statistics.Delphi;

/// <summary>Whether there is another round.</summary>
public enum NextRound
{
    /// <summary>There is: some item is neither consensus nor stable.</summary>
    GoesOn,

    /// <summary>There is none: every item is settled.</summary>
    AllSettled,

    /// <summary>There is none: it was the last that the rule allows, with items open.</summary>
    RoundsUsedUp,
}

/// <summary>When a panel stops.</summary>
public static class Stopping
{
    /// <summary>All items settled comes first, then the number of rounds.</summary>
    /// <param name="items">Every item of the panel after this round, 1 to <see cref="Limits.ValuesMax"/>.</param>
    /// <param name="round">The number of this round, from 1.</param>
    /// <param name="rule">What was agreed on before the first round.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too many items, or the round or a value of the rule is out of range.</exception>
    /// <exception cref="ArgumentException">There is no item: nothing was asked.</exception>
    public static NextRound After(IReadOnlyList<DelphiItem> items, int round, DelphiRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Check();
        Given.Few(items, Limits.ValuesMax);
        Given.Within(round, 1, DelphiRule.RoundsLimit);
        if (items.Count == 0)
        {
            throw new ArgumentException("A panel without items has no rounds.", nameof(items));
        }
        return items.All(i => i.IsSettled) ? NextRound.AllSettled : round >= rule.RoundsMax ? NextRound.RoundsUsedUp : NextRound.GoesOn;
    }
}
