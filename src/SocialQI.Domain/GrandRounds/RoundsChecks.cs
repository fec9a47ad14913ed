using System.Globalization;
using SocialQI.Cases;
using SocialQI.Clinicians;

namespace SocialQI.GrandRounds;

/// <summary>Whether a plan has the shape it should have. Null means yes.</summary>
internal static class RoundsChecks
{
    /// <summary>How <see cref="RoundsPlan.Local"/> is written.</summary>
    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm";

    public static Refusal? Refuse(RoundsPlan? plan, InstitutionId home, Attributed asked) =>
        plan is null ? Refusal.NotA("plan")
        : PlainText.RefuseLine("title", plan.Title, RoundsPlan.TitleLengthMax)
        ?? PlainText.RefuseProse("purpose", plan.About, RoundsPlan.AboutLengthMax)
        ?? RefuseTime(plan, asked)
        ?? RefusePeople(plan)
        ?? RefuseAddress(plan.Room)
        ?? CaseChecks.Refuse(plan.Visibility, home, asked)?.Refusal
        ?? RefuseAgenda(plan);

    public static Refusal? RefuseAddress(string? address) =>
        address is null ? null
        : address.Length > RoundsPlan.AddressLengthMax ? Refusal.TooLong("address", RoundsPlan.AddressLengthMax)
        : Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 ? null
        : RoundsRefusals.NotAnAddress;

    public static Refusal? Refuse(Repeat? repeat) =>
        repeat is null ? null
        : repeat.Weeks is < 1 or > Repeat.WeeksMax ? Refusal.OutOfRange("weeks between sessions", 1, Repeat.WeeksMax)
        : repeat.Times is < 2 or > Repeat.TimesMax ? Refusal.OutOfRange("number of sessions", 2, Repeat.TimesMax)
        : null;

    private static Refusal? RefuseTime(RoundsPlan plan, Attributed asked) =>
        plan.Minutes is < RoundsPlan.MinutesMin or > RoundsPlan.MinutesMax ? Refusal.OutOfRange("minutes", RoundsPlan.MinutesMin, RoundsPlan.MinutesMax)
        : plan.Zone is not { Length: > 0 and <= QuietHours.ZoneLengthMax } ? Refusal.NotA("time zone")
        : !DateTime.TryParseExact(plan.Local, LocalFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? Refusal.NotA("time")
        : asked.Begins is not { } begins ? RoundsRefusals.NoSuchTime
        : begins + TimeSpan.FromMinutes(plan.Minutes) <= asked.At ? RoundsRefusals.InThePast
        : begins > asked.At + RoundsPlan.AheadMax ? RoundsRefusals.TooFarAhead
        : null;

    private static Refusal? RefusePeople(RoundsPlan plan) =>
        plan.Moderators.OrEmpty().Length > RoundsPlan.ModeratorsMax ? Refusal.TooMany("moderators", RoundsPlan.ModeratorsMax)
        : plan.Hosts.OrEmpty().Length > RoundsPlan.HostsMax ? Refusal.TooMany("hosts", RoundsPlan.HostsMax)
        : plan.Hosts.OrEmpty().Any(h => h.ToString().Length == 0 || h == InstitutionId.Network) ? Refusal.NotA("host")
        : null;

    private static Refusal? RefuseAgenda(RoundsPlan plan)
    {
        var agenda = plan.Agenda.OrEmpty();
        var end = 0;
        foreach (var item in agenda.Take(RoundsPlan.AgendaMax))
        {
            if (RefuseItem(item, plan) is { } refusal)
            {
                return refusal;
            }
            if (item.From < end)
            {
                return RoundsRefusals.Overlap;
            }
            end = item.From + item.Minutes;
        }
        return agenda.Length > RoundsPlan.AgendaMax ? Refusal.TooMany("parts of the agenda", RoundsPlan.AgendaMax) : null;
    }

    private static Refusal? RefuseItem(AgendaItem? item, RoundsPlan plan) =>
        item is null ? Refusal.NotA("part of the agenda")
        : item.Case is { Kind: not TopicKind.Case } ? Refusal.NotA("case")
        : PlainText.RefuseLine("title of a part", item.Title, RoundsPlan.TitleLengthMax)
        ?? (item.Minutes < 1 || item.Minutes > plan.Minutes ? Refusal.OutOfRange("minutes of a part", 1, plan.Minutes)
            : item.From < 0 || item.From + item.Minutes > plan.Minutes ? RoundsRefusals.BeyondTheEnd
            : null);
}

/// <summary>The reasons that only sessions have.</summary>
public static class RoundsRefusals
{
    public static readonly Refusal NoSuchTime = new("no-such-time", "There is no such time in that zone: the clocks skip it, or the zone is not known.");

    public static readonly Refusal InThePast = new("in-the-past", "It would be over already.");

    public static readonly Refusal TooFarAhead = new("beyond-two-years", "A session can be planned up to two years ahead.");

    public static readonly Refusal Overlap = new("agenda-overlaps", "Two parts of the agenda overlap.");

    public static readonly Refusal BeyondTheEnd = new("agenda-too-long", "A part of the agenda goes beyond the end of the session.");

    public static readonly Refusal NotAnAddress = new("not-an-address", "Give an https address, without a user name in it.");

    public static readonly Refusal Over = new("rounds-over", "This session is over. Its record stays.");

    public static readonly Refusal NotOn = new("rounds-not-on", "This is possible while the session is on.");

    public static readonly Refusal BegunAlready = new("rounds-begun", "It has begun already.");

    public static readonly Refusal NotBegun = new("rounds-not-begun", "Open the lobby first.");

    public static readonly Refusal NotOnAgenda = new("not-on-agenda", "The agenda has no such part.");

    public static readonly Refusal NoCaseThere = new("no-case-there", "This part of the agenda has no case to show.");

    public static readonly Refusal NoSuchQuestion = new("no-such-question", "There is no question with this number here.");

    public static readonly Refusal QuestionSettled = new("question-settled", "This question was settled before.");

    public static readonly Refusal NotYourQuestion = new("not-your-question", "Only who asked this can take it back.");

    public static readonly Refusal IntoItself = new("merged-into-itself", "A question is merged into another one that still waits.");

    public static readonly Refusal NoSuchAction = new("no-such-action", "There is no action with this number here.");

    public static readonly Refusal ActionSettled = new("action-settled", "This action was settled before.");

    public static readonly Refusal DueWhen = new("due-when", "An action is due later than now, and within two years.");
}
