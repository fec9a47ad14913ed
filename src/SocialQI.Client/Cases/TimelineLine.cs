using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Cases;

/// <summary>A contribution with all that its card shows. Two equal ones need no drawing: a contribution that did not change is the same object.</summary>
/// <param name="Said">The contribution.</param>
/// <param name="Author">Who wrote it, as far as the directory has answered.</param>
/// <param name="Mentioned">The names of those mentioned, a line each; a star before one's own.</param>
/// <param name="Parent">What it replies to, in words; empty where that stands right above; null when it is no reply.</param>
/// <param name="Day">With the first fact of a day: that day.</param>
/// <param name="Replies">How many replies its thread has.</param>
/// <param name="IsHere">Whether its author is here now.</param>
/// <param name="IsTarget">Whether the address names it.</param>
/// <param name="NewCount">With the first new one since the last visit: how many are new.</param>
/// <param name="Hidden">Why it is hidden; null while it is not.</param>
public readonly record struct TimelineLine(
    Contribution Said, DirectoryEntry? Author, string Mentioned, string? Parent, int? Day, int Replies, bool IsHere, bool IsTarget, int NewCount, HiddenContribution? Hidden = null)
{
    /// <summary>The line of a contribution.</summary>
    /// <param name="said">Which.</param>
    /// <param name="before">What stands before it.</param>
    /// <param name="day">The day that was last told before it.</param>
    /// <param name="replies">How many replies its thread has.</param>
    /// <param name="all">Every contribution that is loaded, in order.</param>
    /// <param name="view">Whatever else it shows.</param>
    public static TimelineLine Of(Contribution said, Contribution? before, int? day, int replies, ImmutableArray<Contribution> all, in TimelineView view)
    {
        var (names, me) = (view.Names, view.Me);
        return new(
            said,
            names.Person(said.By),
            said.Mentions.IsDefaultOrEmpty ? "" : string.Join('\n', said.Mentions.Select(m => (m == me ? "*" : "") + names.NameOf(m))),
            said.ReplyTo is { } to ? ParentOf(said, to, before, all, names) : null,
            said.Day is { } onDay && onDay != day ? onDay : null,
            replies,
            view.Here.Contains(said.By),
            said.Number == view.Target,
            said.Number == view.FirstNew.Number ? view.FirstNew.Count : 0,
            view.Hidden.OrEmpty().FirstOrDefault(h => h.Number == said.Number));
    }

    private static string ParentOf(Contribution said, long to, Contribution? before, ImmutableArray<Contribution> all, Names names)
    {
        if (before is not null && (before.Number == to || (before.Thread is not null && before.Thread == said.Thread)))
        {
            return "";
        }
        var at = all.AsSpan().BinarySearch(new Numbered(to));
        return at >= 0 ? $"{to}, {names.NameOf(all[at].By)}" : $"{to}";
    }

    private readonly struct Numbered(long number) : IComparable<Contribution>
    {
        public int CompareTo(Contribution? other) => number.CompareTo(other!.Number);
    }
}

/// <summary>What a timeline's lines show beside the contributions themselves.</summary>
/// <param name="Names">The directory.</param>
/// <param name="Me">Who looks.</param>
/// <param name="Here">Who is here.</param>
/// <param name="Target">The contribution that the address names.</param>
/// <param name="FirstNew">The first new one since the last visit, and how many there are.</param>
/// <param name="Hidden">Those that wait hidden.</param>
public readonly record struct TimelineView(
    Names Names, ClinicianId Me, ImmutableArray<ClinicianId> Here, long? Target, (long? Number, int Count) FirstNew, ImmutableArray<HiddenContribution> Hidden = default);

/// <summary>What is the same for every card of a timeline.</summary>
/// <param name="Topic">The case.</param>
/// <param name="Me">Who looks.</param>
/// <param name="ActsForSeveral">Whether they have several institutions to write for.</param>
/// <param name="May">What they may do beside writing.</param>
/// <param name="CanWrite">Whether the case takes anything.</param>
/// <param name="Redactions">Grows when a text was destroyed somewhere in the case.</param>
/// <param name="Send">Asks the case for something.</param>
/// <param name="Revisions">What a contribution said before.</param>
/// <param name="Reply">Begins a reply.</param>
/// <param name="ShowThread">Shows one thread only.</param>
/// <param name="LeavesHome">Whether more than the home's people read it.</param>
/// <param name="Says">The words that every card has.</param>
public sealed record TimelineHands(
    TopicId Topic, ClinicianId Me, bool ActsForSeveral, TimelineMay May, bool CanWrite, bool LeavesHome, int Redactions,
    Func<Command, Task<Answer>> Send, Func<long, Task<Revision[]>> Revisions, Action<Contribution> Reply, Action<long> ShowThread, CardWords Says)
{
    public bool MayModerate => May.HasFlag(TimelineMay.Moderate);

    public bool MayReview => May != TimelineMay.Nothing;

    public bool MayRedact => May.HasFlag(TimelineMay.Redact);
}

/// <summary>What somebody who keeps order may do. The service decides; this is what is offered.</summary>
[Flags]
public enum TimelineMay
{
    Nothing = 0,

    /// <summary>Withdraw, hide and mute.</summary>
    Moderate = 1,

    /// <summary>Look at what is hidden, restore and destroy it.</summary>
    Redact = 2,
}
