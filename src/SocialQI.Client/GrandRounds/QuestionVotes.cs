using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Client.Ballots;
using SocialQI.GrandRounds;
using SocialQI.Statistics.Proportions;

namespace SocialQI.Client.GrandRounds;

/// <summary>The votes on the questions of a session: what they came to, and one's own, which one entry holds together.</summary>
public sealed class QuestionVotes(Seat seat)
{
    private Tally? totals;

    public Seat Seat => seat;

    /// <summary>What was heard last; what is known from before stays where nothing was.</summary>
    public void Hear(Tally? heard) => totals = heard ?? totals ?? seat.Own?.Totals;

    public int For(long number) => Of(number)?.Count ?? 0;

    public int Against(long number) => Of(number)?.Values.OrEmpty().FirstOrDefault() ?? 0;

    /// <summary>One's own: 1, -1, or 0 for none.</summary>
    public int Mine(long number) => seat.Own?.Entry?.Choices.OrEmpty().FirstOrDefault(c => c.Option == number)?.Value ?? 0;

    /// <summary>Those that wait, the best first.</summary>
    public ImmutableArray<long> Ordered(IEnumerable<QuestionShown> questions) =>
        [.. questions.OrderByDescending(q => WilsonInterval.LowerBound(For(q.Number), Against(q.Number))).ThenBy(q => q.Number).Select(q => q.Number)];

    /// <summary>Votes, or takes the same vote back.</summary>
    public Task<Refusal?> Vote(long number, int value)
    {
        var others = (seat.Own?.Entry?.Choices.OrEmpty() ?? []).Where(c => c.Option != number);
        return seat.Enter(new(Mine(number) == value ? [.. others] : [.. others, new Choice((int)number, value)]));
    }

    private OptionTally? Of(long number) => totals?.Options.FirstOrDefault(o => o.Option == number);
}
