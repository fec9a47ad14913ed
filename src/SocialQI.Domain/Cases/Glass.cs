namespace SocialQI.Cases;

/// <summary>Who may see a case in an emergency that they could not see otherwise.</summary>
internal static class Glass
{
    public static Decision Decide(CaseTopic state, BreakGlass asked, Attributed by)
    {
        var sees = Access.MaySee(by.Passport, state.Audience, by.At);
        // A draft is nobody's but its author's, and what is privileged is opened by no emergency.
        var isThere = state.Shown.Stage is CaseStage.Open or CaseStage.Closed && state.Topic.Space == Space.Open;
        return !isThere || (!sees && !by.Passport.SeesEmergenciesOf(state.Topic.Home, by.At)) ? Refusal.NotThere
            : sees ? CaseRefusals.SeenAlready
            : by.For != state.Topic.Home ? Refusal.WrongHome
            : asked.Minutes is < 1 or > BreakGlass.MinutesMax ? Refusal.OutOfRange("minutes", 1, BreakGlass.MinutesMax)
            : PlainText.RefuseProse("reason", asked.Reason, CaseState.ReasonLengthMax)
            ?? (Decision)new GlassBroken(asked.Reason, by.At + TimeSpan.FromMinutes(asked.Minutes));
    }
}
