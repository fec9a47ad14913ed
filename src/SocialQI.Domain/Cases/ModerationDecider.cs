namespace SocialQI.Cases;

/// <summary>What those who keep order do, and what everybody may do who sees an identifier.</summary>
internal static class ModerationDecider
{
    /// <summary>Null where the command is another one.</summary>
    public static Decision? Decide(CaseTopic state, Attributed asked) => asked.Command switch
    {
        ReportIdentifiers report => Report(state, report, asked),
        HideContribution hide => Hide(state, hide, asked),
        RestoreContribution restore => Restore(state, restore, asked),
        MuteClinician mute => Mute(state, mute, asked),
        UnmuteClinician unmute => !KeepsOrder(state, asked) ? Refusal.NotAllowed
            : state.Shown.Muted.OrEmpty().Any(m => m.Who == unmute.Who) ? new ClinicianUnmuted(unmute.Who)
            : Decision.NothingToDo,
        _ => null,
    };

    private static Decision Report(CaseTopic state, ReportIdentifiers report, Attributed asked) =>
        RefuseToHide(state, report.Number)
        ?? (state.Index.Find(report.Number) is { IsSettled: true } ? CaseRefusals.ReportSettled
        : state.Shown.Hidden.OrEmpty().Count(h => h.By == asked.By) >= CaseState.ReportsMax ? Refusal.TooMany("reports of yours that wait here", CaseState.ReportsMax)
        : (Decision)new ContributionHidden(report.Number, HidingReason.Identifiers));

    private static Decision Hide(CaseTopic state, HideContribution hide, Attributed asked) =>
        !Reviews(state, asked) ? Refusal.NotAllowed
        : !Enum.IsDefined(hide.Reason) ? Refusal.NotA("reason")
        : RefuseToHide(state, hide.Number) ?? (Decision)new ContributionHidden(hide.Number, hide.Reason);

    private static Decision Restore(CaseTopic state, RestoreContribution restore, Attributed asked) =>
        !Reviews(state, asked) ? Refusal.NotAllowed
        : state.Index.Find(restore.Number) is not { } said ? CaseRefusals.NoSuchContribution
        : state.Shown.HidingOf(restore.Number) is null ? Decision.NothingToDo
        : said.Author == asked.By.Value ? CaseRefusals.AnotherLooks
        : new ContributionRestored(restore.Number);

    private static Decision Mute(CaseTopic state, MuteClinician mute, Attributed asked) =>
        !KeepsOrder(state, asked) ? Refusal.NotAllowed
        : Muting(mute.Who, mute.Until, state.Shown.Muted.OrEmpty().Count(m => m.Until > asked.At && m.Who != mute.Who), CaseState.MutedMax, asked)
        ?? (Decision)new ClinicianMuted(mute.Who, mute.Until);

    /// <summary>Why somebody cannot be muted so long, or any more; null when they can.</summary>
    public static Refusal? Muting(ClinicianId who, Moment until, int others, int max, Attributed asked) =>
        who == asked.By ? CaseRefusals.NotYourself
        : until <= asked.At || until > asked.At + Cases.Muting.LastsMost ? Refusal.OutOfRange("time in days", 1, (long)Cases.Muting.LastsMost.TotalDays)
        : others >= max ? Refusal.TooMany("people muted at once", max)
        : null;

    private static Decision? RefuseToHide(CaseTopic state, long number) =>
        state.Index.Find(number) is not { } said ? CaseRefusals.NoSuchContribution
        : said.IsWithdrawn ? CaseRefusals.Withdrawn
        : state.Shown.HidingOf(number) is not null ? Decision.NothingToDo
        : state.Shown.Hidden.OrEmpty().Length >= CaseState.HiddenMax ? Refusal.TooMany("hidden contributions that wait", CaseState.HiddenMax)
        : null;

    private static bool KeepsOrder(CaseTopic state, Attributed asked) => Moderating.KeepsOrder(asked.Passport, state.Topic.Home, state.Shown.Visibility, asked.At);

    private static bool Reviews(CaseTopic state, Attributed asked) => Moderating.Reviews(asked.Passport, state.Topic.Home, state.Shown.Visibility, asked.At);
}
