namespace SocialQI.Server.Gateway;

/// <summary>The reasons that only the gateway has.</summary>
internal static class Refusals
{
    public static readonly Refusal TooFarBehind = new("too-far-behind", "Too much has happened since. Open this anew.");

    public static readonly Refusal Ahead = new("ahead", "There is no such event here yet. Open this anew.");

    public static readonly Refusal TooManyOpen = Refusal.TooMany("open topics", Rounds.OpenTopicsMax);

    public static readonly Refusal UserTaken = new("sign-in-name-taken", "Somebody signs in with this name already. Choose another.");

    public static readonly Refusal NotYourself = new("not-yourself", "Another administrator has to do this to you.");

    public static readonly Refusal NotACase = new("not-a-case", "Only a case has contributions.");
}
