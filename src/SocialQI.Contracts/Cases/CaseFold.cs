using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.GrandRounds;

namespace SocialQI.Cases;

/// <summary>
/// The one function that says what a case is after an event: run by the grain, by the gateway for pages, and by the browser.
/// An event about a contribution that is not in the window leaves the window as it is.
/// </summary>
internal static class CaseFold
{
    public static CaseState After(CaseState state, Envelope happened)
    {
        var next = OutcomeFold.After(state with { Number = happened.N, Ballots = state.Ballots.After(happened) }, happened);
        return happened.Event switch
        {
            CaseStarted it => Described(next with { Author = happened.By, Stage = CaseStage.Draft }, happened.N, it.Title, it.Question, it.Condition, it.Sections),
            HallwayStarted it => next with
            {
                Author = happened.By,
                Stage = CaseStage.Open,
                IsHallway = true,
                Title = new(it.Line, happened.N),
                Visibility = it.Visibility,
            },
            CasePromoted it => Described(next with { IsHallway = false }, happened.N, it.Title, it.Question, it.Condition, it.Sections),
            CaseRevised it => Described(next, happened.N, it.Title, it.Question, it.Condition, []),
            SectionRevised it => next with { Sections = With(state.Sections, it.Section, happened.N) },
            CaseOpened it => next with { Stage = CaseStage.Open, Visibility = it.Visibility },
            VisibilityChanged it => next with { Visibility = it.Visibility },
            CaseClosed it => next with { Stage = CaseStage.Closed, StageReason = new(it.Learned, happened.N) },
            CaseReopened it => next with { Stage = CaseStage.Open, StageReason = new(it.Reason, happened.N) },
            FactAdded it => WithNew(next, Posted(happened, ContributionKind.Fact, it.Text) with { Day = it.Day, Images = it.Images }),
            ContributionPosted it => WithNew(next, Posted(happened, it.Contribution, it.Text) with
            {
                ReplyTo = it.ReplyTo,
                Thread = it.Thread,
                Mentions = it.Mentions,
                Evidence = it.Evidence,
                Images = it.Images,
            }),
            ContributionEdited it => Change(next, it.Number, c => c with { Text = new(it.Text, happened.N), Revisions = c.Revisions + 1 }),
            ContributionWithdrawn it => Change(
                HiddenFold.Settled(next, it.Number), it.Number, c => c with { Withdrawn = true, Text = c.Text with { Words = "" }, Evidence = null, Mentions = [], Images = default }),
            ReactionAdded it => Change(next, it.Number, c => c with { Reactions = Reacted(c.Reactions, it.Reaction, happened.By, on: true) }),
            ReactionTakenBack it => Change(next, it.Number, c => c with { Reactions = Reacted(c.Reactions, it.Reaction, happened.By, on: false) }),
            QuestionsLeft { Questions.IsEmpty: false } it => next with
            {
                Left = [.. state.Left.OrEmpty().TakeLast(QuestionsShown.SessionsMax - 1), new(happened.N, it.Rounds, it.Questions)],
            },
            TextRedacted it => HiddenFold.Redacted(OutcomeFold.Redacted(Redacted(next, it.Number), it.Number), it.Number),
            _ => HiddenFold.After(next, happened),
        };
    }

    private static CaseState Described(CaseState state, long n, string title, string question, Condition? condition, ImmutableArray<Section> sections) =>
        state with
        {
            Title = new(title, n),
            Question = new(question, n),
            Condition = condition,
            ConditionFrom = n,
            Sections = sections.Aggregate(state.Sections, (shown, section) => With(shown, section, n)),
        };

    // A section without words is one whose text was redacted: it is not shown at all.
    private static ImmutableArray<SectionShown> With(ImmutableArray<SectionShown> sections, Section section, long n)
    {
        var others = sections.RemoveAll(s => s.Kind == section.Kind);
        return section.Text.Length == 0 ? others : others.Insert(others.Count(s => s.Kind < section.Kind), new(section.Kind, new(section.Text, n)));
    }

    private static Contribution Posted(Envelope happened, ContributionKind kind, string text) =>
        new(happened.N, happened.By, happened.For, happened.At, kind, new(text, happened.N), null, null, null, [], null, [], 0, false);

    private static CaseState WithNew(CaseState state, Contribution contribution) => state with
    {
        Contributions = state.Contributions + 1,
        Recent = (state.Recent.Length >= CaseState.RecentMax ? state.Recent.RemoveAt(0) : state.Recent).Add(contribution),
    };

    private static CaseState Change(CaseState state, long number, Func<Contribution, Contribution> change)
    {
        var index = state.IndexOf(number);
        return index < 0 ? state : state with { Recent = state.Recent.SetItem(index, change(state.Recent[index])) };
    }

    private static ImmutableArray<ReactionsOf> Reacted(ImmutableArray<ReactionsOf> all, Reaction reaction, ClinicianId who, bool on)
    {
        var index = all.IndexOf(all.FirstOrDefault(r => r.Reaction == reaction)!);
        var others = index < 0 ? [] : all[index].By.Remove(who);
        var by = on ? others.Add(who) : others;
        return (index, by.Length) switch
        {
            ( < 0, 0) => all,
            ( < 0, _) => all.Insert(all.Count(r => r.Reaction < reaction), new(reaction, by)),
            (_, 0) => all.RemoveAt(index),
            _ => all.SetItem(index, new(reaction, by)),
        };
    }

    // What this leaves must be what folding the history with that payload missing gives: see Blank.
    private static CaseState Redacted(CaseState state, long number) => state with
    {
        Title = state.Title.Without(number),
        Question = state.Question.Without(number),
        Condition = state.ConditionFrom == number ? null : state.Condition,
        Sections = state.Sections.RemoveAll(s => s.Text.From == number),
        StageReason = state.StageReason.Without(number),
        Left = HiddenFold.OrNone(state.Left.OrEmpty().RemoveAll(l => l.From == number)),
        Glass = state.Glass.OrEmpty().Any(g => g.Number == number)
            ? [.. state.Glass.Select(g => g.Number == number ? g with { Reason = g.Reason.Without(number), Until = default } : g)]
            : state.Glass,
        Recent = state.Recent.Any(c => c.Number == number || c.Text.From == number) ? [.. state.Recent.Select(c => Redacted(c, number))] : state.Recent,
    };

    /// <summary>A contribution without what event <paramref name="number"/> said of it.</summary>
    internal static Contribution Redacted(Contribution said, long number)
    {
        var without = said with { Text = said.Text.Without(number) };
        return said.Number != number ? without : without with
        {
            Kind = said.Kind == ContributionKind.Fact ? ContributionKind.Fact : ContributionKind.Comment,
            Day = said.Kind == ContributionKind.Fact ? 0 : null,
            ReplyTo = null,
            Thread = null,
            Mentions = [],
            Evidence = null,
            Images = default,
        };
    }
}
