using System.Collections.Immutable;

namespace SocialQI.Client.GrandRounds;

/// <summary>An order that holds still while somebody points at the list or is in it: nothing moves or goes, and what is new comes at the end.</summary>
public sealed class HeldOrder
{
    private ImmutableArray<long> shown = [];

    /// <summary>Whether everything stays where it is for now.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Whether another order waits until it is let go.</summary>
    public bool HasNew { get; private set; }

    public void Hold(bool isHeld) => IsHeld = isHeld;

    /// <summary>What is shown, in order, where <paramref name="wanted"/> is the order as it should be and <paramref name="exists"/> what can still be shown.</summary>
    public ImmutableArray<long> Show(ImmutableArray<long> wanted, Func<long, bool> exists)
    {
        shown = !IsHeld || shown.IsEmpty ? wanted : [.. shown.Where(exists), .. wanted.Except(shown)];
        HasNew = !shown.SequenceEqual(wanted);
        return shown;
    }

    /// <summary>Takes the order that waits at once: somebody asked for it.</summary>
    public void TakeIn() => shown = [];
}
