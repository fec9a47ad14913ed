using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Clinicians;

namespace SocialQI.Ballots;

/// <summary>What may be done to a ballot, by whom, and what comes of it.</summary>
internal static class BallotDecider
{
    public static Decision Decide(BallotTopic state, Attributed asked) => asked.Command switch
    {
        not BallotCommand => Refusal.WrongKind,
        CastEntry cast => Cast(state, cast, asked),
        // Whether there is such a ballot is nobody's to learn.
        _ when !asked.Passport.IsOperator => Refusal.NotThere,
        BeginBallot begin => state.Shown.Number > 0 ? Decision.NothingToDo : new BallotBegun(begin.Owner, begin.CalledBy, begin.Terms, begin.Recused, begin.RecusedFrom),
        CloseBallot close => IsOpen(state) && (close.Ground != ClosingGround.Time || state.Shown.Terms!.ClosesAt <= asked.At)
            ? Closed(state, close.Ground, asked)
            : Decision.NothingToDo,
        AdmitToBallot => state.Shown is { Stage: BallotStage.Closed, Terms.IsNamed: true } && !state.Audience.SequenceEqual(asked.OwnersAudience.OrEmpty())
            ? new BallotAdmitted(asked.OwnersAudience.OrEmpty())
            : Decision.NothingToDo,
        _ => Refusal.WrongKind,
    };

    /// <summary>To who has no seat a ballot is as one that does not exist.</summary>
    public static Refusal? RefuseSeat(BallotTopic state, Passport passport, ImmutableArray<string> ownersAudience, Moment at) =>
        state.Shown.Terms is { } terms
        && Access.MaySee(passport, ownersAudience.OrEmpty(), at)
        && (terms.Seats.OrEmpty().IsEmpty || terms.Seats.Contains(passport.Person))
            ? null
            : Refusal.NotThere;

    private static Decision Cast(BallotTopic state, CastEntry cast, Attributed asked) =>
        RefuseSeat(state, asked.Passport, asked.OwnersAudience, asked.At) is { } nothing ? nothing
        : state.Shown.Recused.OrEmpty().Contains(asked.By) ? BallotRefusals.Recused
        : !IsOpen(state) && !MayStillSay(state, asked.By) ? BallotRefusals.Over
        : asked.At < state.Shown.Terms!.TraineesUntil && !IsInTraining(asked) ? BallotRefusals.TraineesFirst
        : asked.For is null ? Refusal.NoAffiliation
        : Attesting.IsMachine(asked) ? Refusal.NotAllowed
        : Access.SeesByGlassAlone(asked.Passport, asked.OwnersAudience.OrEmpty(), asked.At) ? CaseRefusals.SeenInAnEmergency
        : (CaseWriting.OnlyReads(asked.Passport, asked.At)
            ?? BallotChecks.Refuse(state.Shown.Terms!, cast.Entry)
            ?? RefuseRecused(state.Shown, cast.Entry, asked.By)
            ?? Attesting.RefuseToSay(leavesHome: true, cast.Attestation, BallotChecks.TextsOf(cast.Entry)))
        ?? Take(state, Normalized(cast.Entry, asked.Concepts), asked);

    // Synonyms are found to be the same only once they have their code.
    private static Entry Normalized(Entry entry, IReadOnlyDictionary<string, Condition>? concepts) =>
        entry.Opinion is not { } opinion || concepts is null ? entry
        : entry with { Opinion = opinion with { Differential = [.. opinion.Differential.Select(d => d with { Of = concepts.Named(d.Of) })] } };

    private static Refusal? RefuseRecused(BallotState state, Entry entry, ClinicianId seat)
    {
        var (choices, recused) = (entry.Choices.OrEmpty(), state.RecusedFrom.OrEmpty().Where(r => r.Seat == seat).Select(r => r.Option).ToHashSet());
        return choices.Any(c => recused.Contains(c.Option)) ? BallotRefusals.Recused
            : state.Terms!.AsksAll && choices.Length + recused.Count < state.Terms.Options.Length ? BallotRefusals.NotAllRated
            : null;
    }

    private static Decision Take(BallotTopic state, Entry entry, Attributed asked)
    {
        var before = state.Entries.GetValueOrDefault(asked.By)?.Entry;
        if (before is not null && Json.Encode(before).AsSpan().SequenceEqual(Json.Encode(entry)))
        {
            return Decision.NothingToDo;
        }
        if (before is null && state.Entries.Count >= BallotTerms.EntriesMax)
        {
            return Refusal.TooMany("entries", BallotTerms.EntriesMax);
        }
        if (state.Shown.Terms!.Kind == BallotKind.Differential && OpinionChecks.RefuseTwice(entry.Opinion!.Differential) is { } twice)
        {
            return twice;
        }
        var isLate = !IsOpen(state);
        var record = state.Shown.Terms.Kind == BallotKind.Differential && !isLate ? asked.Passport.Record : null;
        var cast = new EntryCast(entry, asked.Passport.Specialty, record, isLate);
        var entered = BallotRules.Entered(state, new(asked.By, asked.For, cast.Discipline, asked.At, entry, record, isLate));
        return !isLate && entered.Entries.Count == state.Shown.Terms.ClosesAfter
            ? Decision.Of([cast, .. Closed(entered, ClosingGround.Count, asked).Events])
            : cast;
    }

    private static Decision Closed(BallotTopic state, ClosingGround ground, Attributed asked) => new BallotClosed(
        ground,
        Tallying.ResultOf(state.Shown.Terms!, [.. state.Entries.Values]),
        state.Shown.Terms!.IsNamed ? asked.OwnersAudience.OrEmpty() : []);

    // Where opinions have names one can give one's own when all are open: it is marked, and left out of the pool.
    private static bool MayStillSay(BallotTopic state, ClinicianId who) =>
        state.Shown.Terms is { Kind: BallotKind.Differential, IsNamed: true } && state.Entries.GetValueOrDefault(who) is null or { IsLate: true };

    private static bool IsInTraining(Attributed asked) =>
        asked.Passport.Grade is Grade.Student or Grade.Resident or Grade.Fellow
        || (asked.For is { } acting && asked.Passport.RoleAt(acting, asked.At) == InstitutionRole.Trainee);

    private static bool IsOpen(BallotTopic state) => state.Shown.Stage == BallotStage.Open;
}
