using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Grains.Tests;

/// <summary>A command as its caller saw it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Invoked">When it was first asked, on a clock common to all callers.</param>
/// <param name="Answered">When it was known what came of it.</param>
/// <param name="Answer">What came of it.</param>
internal sealed record Called(Guid Id, long Invoked, long Answered, Answer Answer);

/// <summary>What callers and followers saw of a topic, and what its journal has. Whatever does not fit together is a complaint.</summary>
/// <param name="Calls">Every command that was asked.</param>
/// <param name="Events">The journal, by number, as bytes.</param>
/// <param name="Done">The commands the journal knows.</param>
/// <param name="Heard">What each follower heard.</param>
internal sealed record History(
    IReadOnlyList<Called> Calls,
    IReadOnlyList<(long Number, string Bytes)> Events,
    IReadOnlyList<DoneCommand> Done,
    IReadOnlyList<IReadOnlyList<(long Number, string Bytes)>> Heard)
{
    public IEnumerable<string> Complaints() =>
        [.. Gaps(), .. WithoutOneCommand(), .. AgainstAnswers(), .. AgainstOrder(), .. AgainstFollowers()];

    private IEnumerable<string> Gaps() =>
        Events.Where((e, i) => e.Number != i + 1).Take(1).Select(e => $"The journal has a gap, or the same twice, before {e.Number}.");

    private IEnumerable<string> WithoutOneCommand()
    {
        var next = 1L;
        foreach (var done in Done.OrderBy(d => d.First))
        {
            if (done.First != next || done.Last < done.First)
            {
                yield return $"Event {next} belongs to no command, or to two.";
                yield break;
            }
            next = done.Last + 1;
        }
        if (next != Events.Count + 1)
        {
            yield return $"Events from {next} on belong to no command, or are not there.";
        }
        foreach (var twice in Done.GroupBy(d => d.Id).Where(d => d.Count() > 1))
        {
            yield return $"Command {twice.Key} was done {twice.Count()} times.";
        }
    }

    private IEnumerable<string> AgainstAnswers()
    {
        var done = Done.DistinctBy(d => d.Id).ToDictionary(d => d.Id);
        foreach (var call in Calls)
        {
            if (done.TryGetValue(call.Id, out var kept))
            {
                if (call.Answer.Refusal is { } refusal)
                {
                    yield return $"Command {call.Id} was refused ({refusal.Code}), and done.";
                }
                else if ((call.Answer.First, call.Answer.Last) != (kept.First, kept.Last))
                {
                    yield return $"Command {call.Id} was told {call.Answer.First}–{call.Answer.Last} and has {kept.First}–{kept.Last}.";
                }
            }
            else if (call.Answer.Refusal is null && (call.Answer.First != call.Answer.Last || call.Answer.Last > Events.Count))
            {
                yield return $"Command {call.Id} was told {call.Answer.First}–{call.Answer.Last}, and is not there.";
            }
        }
        foreach (var unasked in Done.ExceptBy(Calls.Select(c => c.Id), d => d.Id))
        {
            yield return $"Command {unasked.Id} was done, and nobody asked.";
        }
    }

    // What was answered before another was asked has the lower numbers; what changed nothing has none of its own.
    private IEnumerable<string> AgainstOrder()
    {
        var known = Done.Select(d => d.Id).ToHashSet();
        var earliestAnswer = long.MaxValue;
        foreach (var call in Calls.Where(c => known.Contains(c.Id)).OrderByDescending(c => c.Answer.First))
        {
            if (earliestAnswer < call.Invoked)
            {
                yield return $"Command {call.Id} has lower numbers than one that was answered before it was asked.";
            }
            earliestAnswer = Math.Min(earliestAnswer, call.Answered);
        }
    }

    private IEnumerable<string> AgainstFollowers() =>
        Heard.Where(heard => !heard.SequenceEqual(Events)).Select((_, i) => $"Follower {i} heard something else than the journal has.");
}
