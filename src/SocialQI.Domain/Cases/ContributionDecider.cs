using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>What may be said in a case, and done to what was said.</summary>
internal static class ContributionDecider
{
    public static Decision Post(CaseTopic state, PostContribution post, Attributed asked)
    {
        ContributionStub? parent = post.ReplyTo is { } number ? state.Index.Find(number) : null;
        var refusal = CaseChecks.Refuse(post)
            ?? (state.Shown.Stage == CaseStage.Draft ? CaseRefusals.StillDraft
            : state.Index.Count >= CaseState.ContributionsMax ? CaseRefusals.CaseFull
            : post.ReplyTo is not null && parent is null ? CaseRefusals.NoSuchContribution
            : parent is { IsWithdrawn: true } ? CaseRefusals.Withdrawn
            : parent is { } answered && state.Shown.HidingOf(answered.Number) is not null ? CaseRefusals.Hidden
            : post.Contribution == ContributionKind.Answer && parent is not { IsQuestion: true } ? CaseRefusals.AnswerNeedsQuestion
            : RefuseToShow(state, post.Images, asked) ?? Attesting.RefuseToSay(state.Shown, post.Attestation, TextsOf(post)));
        return refusal is not null
            ? refusal
            : new ContributionPosted(
                post.Contribution, post.Text, post.ReplyTo, parent?.Thread, [.. post.Mentions.OrEmpty().Distinct()], post.Evidence,
                parent is { } replied ? new ClinicianId(replied.Author) : null, OrLeftOut(post.Images), post.Attestation);
    }

    public static Decision AddFact(CaseTopic state, AddFact add, Attributed asked) =>
        state.Shown.IsHallway ? CaseRefusals.Hallway
        : asked.For != state.Topic.Home ? CaseRefusals.FactsByHome
        : state.Index.Count >= CaseState.ContributionsMax ? CaseRefusals.CaseFull
        : CaseChecks.RefuseFact(add.Day, add.Text) is { } refusal ? refusal
        : (CaseChecks.Refuse(add.Images, add.Text) ?? RefuseToShow(state, add.Images, asked)
            ?? Attesting.RefuseToSay(state.Shown, add.Attestation, AltsOf(add.Images).Prepend(add.Text))) is { } unshown ? unshown
        : new FactAdded(add.Day, add.Text, OrLeftOut(add.Images), add.Attestation);

    public static Decision Edit(CaseTopic state, EditContribution edit, Attributed asked) =>
        state.Index.Find(edit.Number) is not { } said ? CaseRefusals.NoSuchContribution
        : said.Author != asked.By.Value ? CaseRefusals.NotYours
        : said.IsWithdrawn ? CaseRefusals.Withdrawn
        : state.Shown.HidingOf(edit.Number) is not null ? CaseRefusals.Hidden
        : state.Shown.Find(edit.Number) is { Revisions: >= Contribution.RevisionsMax } ? Refusal.TooMany("revisions of a contribution", Contribution.RevisionsMax)
        : PlainText.RefuseProse("text", edit.Text, Contribution.TextLengthMax) is { } refusal ? refusal
        : state.Shown.Find(edit.Number)?.Text.Words == edit.Text ? Decision.NothingToDo
        : Attesting.RefuseToSay(state.Shown, edit.Attestation, edit.Text) is { } marked ? marked
        : new ContributionEdited(edit.Number, edit.Text, edit.Attestation);

    public static Decision Withdraw(CaseTopic state, WithdrawContribution withdraw, Attributed asked) =>
        state.Index.Find(withdraw.Number) is not { } said ? CaseRefusals.NoSuchContribution
        : said.Author != asked.By.Value && !CaseDecider.Moderates(state, asked) ? CaseRefusals.NotYours
        : said.IsWithdrawn ? Decision.NothingToDo
        : new ContributionWithdrawn(withdraw.Number);

    public static Decision React(CaseTopic state, React react, Attributed asked)
    {
        if (!Enum.IsDefined(react.Reaction))
        {
            return Refusal.NotA("reaction");
        }
        if (state.Index.Find(react.Number) is not { } said)
        {
            return CaseRefusals.NoSuchContribution;
        }
        if (said.IsWithdrawn)
        {
            return CaseRefusals.Withdrawn;
        }
        if (state.Shown.HidingOf(react.Number) is not null)
        {
            return CaseRefusals.Hidden;
        }
        // Of a contribution outside the window it is not known who reacted; adding twice folds to once, so the event is harmless.
        var shown = state.Shown.Find(react.Number);
        var by = shown?.Reactions.FirstOrDefault(r => r.Reaction == react.Reaction)?.By ?? [];
        return shown is not null && by.Contains(asked.By) == react.On ? Decision.NothingToDo
            : react.On && by.Length >= Contribution.ReactionsMax ? Refusal.TooMany("people with the same reaction", Contribution.ReactionsMax)
            : react.On ? new ReactionAdded(react.Number, react.Reaction)
            : new ReactionTakenBack(react.Number, react.Reaction);
    }

    // What the case keeps of an image is the truth about it: size and type are not the sender's to say.
    private static Refusal? RefuseToShow(CaseTopic state, ImmutableArray<CaseImage> images, Attributed asked) =>
        state.Index.Images + images.OrEmpty().Length > CaseState.ImagesMax ? CaseRefusals.TooManyImages
        : images.OrEmpty().All(i => asked.Kept?.Contains(i.Kept) ?? false) ? null
        : CaseRefusals.NoSuchImage;

    // A reference is where a paper is found; what it supports is a text like any other.
    private static IEnumerable<string> TextsOf(PostContribution post) =>
        AltsOf(post.Images).Prepend(post.Text).Concat(post.Evidence is { } evidence ? [evidence.Supports] : []);

    private static IEnumerable<string> AltsOf(ImmutableArray<CaseImage> images) => images.OrEmpty().Select(i => i.Alt);

    private static ImmutableArray<CaseImage> OrLeftOut(ImmutableArray<CaseImage> images) => images.OrEmpty().IsEmpty ? default : images;
}
