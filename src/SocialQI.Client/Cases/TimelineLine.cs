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
public readonly record struct TimelineLine(
    Contribution Said, DirectoryEntry? Author, string Mentioned, string? Parent, int? Day, int Replies, bool IsHere, bool IsTarget, int NewCount)
{
    /// <summary>The lines of a timeline, in order.</summary>
    /// <param name="all">Every contribution that is loaded.</param>
    /// <param name="isShown">Whether one passes the filter.</param>
    /// <param name="names">The directory.</param>
    /// <param name="me">Who looks.</param>
    /// <param name="here">Who is here.</param>
    /// <param name="target">The contribution that the address names.</param>
    /// <param name="firstNew">The first new one, and how many there are.</param>
    public static List<TimelineLine> Of(
        ImmutableArray<Contribution> all, Func<Contribution, bool> isShown, Names names, ClinicianId me, ImmutableArray<ClinicianId> here, long? target, (long? Number, int Count) firstNew)
    {
        var replies = all.Where(c => c.Thread is not null).CountBy(c => c.Thread!.Value).ToDictionary();
        var authors = all.ToDictionary(c => c.Number, c => c.By);
        List<TimelineLine> lines = [];
        int? day = null;
        foreach (var said in all.Where(isShown))
        {
            var before = lines.Count > 0 ? lines[^1].Said : null;
            lines.Add(new(
                said,
                names.Person(said.By),
                string.Join('\n', said.Mentions.OrEmpty().Select(m => (m == me ? "*" : "") + names.NameOf(m))),
                ParentOf(said, before, authors, names),
                said.Day is { } onDay && onDay != day ? onDay : null,
                replies.GetValueOrDefault(said.Number),
                here.Contains(said.By),
                said.Number == target,
                said.Number == firstNew.Number ? firstNew.Count : 0));
            day = said.Day ?? day;
        }
        return lines;
    }

    private static string? ParentOf(Contribution said, Contribution? before, Dictionary<long, ClinicianId> authors, Names names) =>
        said.ReplyTo is not { } to ? null
        : before is not null && (before.Number == to || (before.Thread is not null && before.Thread == said.Thread)) ? ""
        : authors.TryGetValue(to, out var author) ? $"{to}, {names.NameOf(author)}" : $"{to}";
}

/// <summary>What is the same for every card of a timeline.</summary>
/// <param name="Topic">The case.</param>
/// <param name="Me">Who looks.</param>
/// <param name="MayModerate">Whether they moderate the case's home.</param>
/// <param name="CanWrite">Whether the case takes anything.</param>
/// <param name="Redactions">Grows when a text was destroyed somewhere in the case.</param>
/// <param name="Send">Asks the case for something.</param>
/// <param name="Revisions">What a contribution said before.</param>
/// <param name="Reply">Begins a reply.</param>
/// <param name="ShowThread">Shows one thread only.</param>
public sealed record TimelineHands(
    TopicId Topic, ClinicianId Me, bool MayModerate, bool CanWrite, int Redactions,
    Func<Command, Task<Answer>> Send, Func<long, Task<Revision[]>> Revisions, Action<Contribution> Reply, Action<long> ShowThread);
