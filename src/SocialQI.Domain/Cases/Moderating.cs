namespace SocialQI.Cases;

/// <summary>Who keeps order in a case, and who may look at what is hidden in it.</summary>
public static class Moderating
{
    /// <summary>Whether somebody keeps order: a moderator of the home, or of a community the case is open to.</summary>
    public static bool KeepsOrder(Passport passport, InstitutionId home, Visibility? visibility, Moment at) =>
        KeepsOrderAtHome(passport, home, at)
        || (visibility is { Kind: VisibilityKind.Communities } open && open.Communities.OrEmpty().Any(c => passport.RoleIn(c) == CommunityRole.Moderator));

    /// <summary>Whether somebody looks at what was hidden, and restores it: who keeps order, and the privacy officers of the home.</summary>
    public static bool Reviews(Passport passport, InstitutionId home, Visibility? visibility, Moment at) =>
        KeepsOrder(passport, home, visibility, at) || passport.RoleAt(home, at) == InstitutionRole.PrivacyOfficer;

    /// <summary>Whether somebody who may see the case may also read a hidden contribution: its author, and who reviews.</summary>
    public static bool MayRead(Passport passport, InstitutionId home, Visibility? visibility, ClinicianId author, Moment at) =>
        passport.Person == author || Reviews(passport, home, visibility, at);

    internal static bool KeepsOrderAtHome(Passport passport, InstitutionId home, Moment at) =>
        passport.RoleAt(home, at) is InstitutionRole.Moderator or InstitutionRole.Administrator;

    /// <summary>Whether somebody may write nothing here for now, by the case's or a community's moderators.</summary>
    internal static bool IsMuted(CaseState state, Passport passport, Moment at) =>
        state.Muted.OrEmpty().Any(m => m.Who == passport.Person && m.Until > at)
        || (state.Visibility is { Kind: VisibilityKind.Communities } open && passport.Muted.OrEmpty().Any(m => m.Until > at && open.Communities.OrEmpty().Contains(m.Community)));
}
