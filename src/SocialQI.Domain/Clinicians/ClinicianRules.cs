using System.Collections.Immutable;

namespace SocialQI.Clinicians;

/// <summary>A clinician as their grain remembers them.</summary>
/// <param name="Topic">Their name.</param>
/// <param name="Shown">What they see of themselves.</param>
/// <param name="Scored">Their opinions that were scored, by ballot.</param>
public sealed record ClinicianTopic(TopicId Topic, ClinicianState Shown, ImmutableDictionary<TopicId, ScoredOpinion> Scored)
{
    public ClinicianId Person => ClinicianId.Of(Topic);
}

/// <summary>The reasons that only clinicians' topics have.</summary>
public static class ClinicianRefusals
{
    public static readonly Refusal NotAffiliated = new("not-affiliated", "There is no such affiliation.");

    public static readonly Refusal LastAdministrator = new("own-administration", "Another administrator has to end this.");

    public static readonly Refusal NotFollowed = new("not-followed", "You do not follow this. Follow it, then say how much of it you are told.");

    public static readonly Refusal NoQuietTime = new("no-quiet-time", "Quiet hours begin at one time and end at another.");

    public static readonly Refusal EndsBeforeItBegins = new("ends-before-it-begins", "The affiliation would end before it begins.");
}

/// <summary>What may be done to a clinician's topic.</summary>
public sealed class ClinicianRules : ITopicRules<ClinicianTopic>
{
    public ClinicianTopic New(TopicId topic) => new(topic, ClinicianState.None, ImmutableDictionary<TopicId, ScoredOpinion>.Empty);

    public ClinicianTopic After(ClinicianTopic state, Envelope happened) => state with
    {
        Shown = state.Shown.After(happened),
        Scored = happened.Event is OpinionScored it ? state.Scored.SetItem(it.Ballot, new(it.Ballot, it.Outcome, it.Score)) : state.Scored,
    };

    public Decision Decide(ClinicianTopic state, Attributed asked) => asked.Command switch
    {
        not ClinicianCommand => Refusal.WrongKind,
        RegisterClinician register => Register(state, register, asked),
        _ when state.Shown.Number == 0 => Refusal.NotThere,
        GrantAffiliation grant => Grant(state, grant, asked),
        EndAffiliation end => End(state, end, asked),
        DesignateForEmergencies set => Designate(state, set, asked),
        NoteMention note => !asked.Passport.IsOperator ? Refusal.NotThere : new Mentioned(note.Topic, note.Number, note.From, note.Reason),
        ScoreOpinion score => !asked.Passport.IsOperator ? Refusal.NotThere : Score(state, score),
        _ when asked.By != state.Person => Refusal.NotThere,
        ReviseProfile it => Described(it.Name, it.Specialty, it.Grade)
            ?? (Decision)new ProfileRevised(it.Name, it.Specialty, it.Grade),
        ChooseActing choose => asked.Passport.RoleAt(choose.Institution, asked.At) is null ? ClinicianRefusals.NotAffiliated
            : state.Shown.Acting == choose.Institution ? Decision.NothingToDo
            : new ActingChosen(choose.Institution),
        FollowTopic follow => state.Shown.Follows.Contains(follow.Topic) ? Decision.NothingToDo
            : state.Shown.Follows.Length >= ClinicianState.FollowsMax ? Refusal.TooMany("followed topics", ClinicianState.FollowsMax)
            : new TopicFollowed(follow.Topic),
        UnfollowTopic unfollow => state.Shown.Follows.Contains(unfollow.Topic) ? new TopicUnfollowed(unfollow.Topic) : Decision.NothingToDo,
        SetNotifications set => Notify(state.Shown, set),
        SetQuietHours set => Quieten(state.Shown, new(set.From, set.Until, set.Zone, set.On)),
        TakeTour => state.Shown.TourTaken ? Decision.NothingToDo : new TourTaken(),
        ReadInbox read => read.Through > state.Shown.Number ? Refusal.OutOfRange("number", 0, state.Shown.Number)
            : read.Through <= state.Shown.ReadThrough ? Decision.NothingToDo
            : new InboxRead(read.Through),
        _ => Refusal.WrongKind,
    };

    public long NumberOf(ClinicianTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(ClinicianTopic state) => state.Shown.Number > 0 ? [Audience.Person(state.Person)] : [];

    public byte[] Show(ClinicianTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(ClinicianTopic state) =>
        Frozen.Join<byte>(Show(state), state.Scored.IsEmpty ? [] : Json.Encode(new FrozenScores([.. state.Scored.Values.OrderBy(s => s.Ballot.ToString(), StringComparer.Ordinal)])));

    public ClinicianTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen)
    {
        var scored = Frozen.Rows<byte>(frozen) is { Length: > 0 } kept ? Json.Decode<FrozenScores>(kept).Scored : [];
        return new(topic, Json.Decode<ClinicianState>(Frozen.Shown(frozen)), scored.ToImmutableDictionary(s => s.Ballot));
    }

    private static Decision Score(ClinicianTopic state, ScoreOpinion score)
    {
        var before = state.Scored.GetValueOrDefault(score.Ballot);
        if (before?.Outcome >= score.Outcome || (before is null && state.Scored.Count >= Calibration.CasesMax))
        {
            return Decision.NothingToDo;
        }
        var scored = new OpinionScored(score.Ballot, score.Outcome, score.Score, before?.Score, new(0, 0));
        var after = (state.Shown.Calibration ?? Calibration.None).After(scored);
        return scored with { Record = new(after.Right, after.Cases) };
    }

    private static Decision Register(ClinicianTopic state, RegisterClinician it, Attributed asked) =>
        state.Person == ClinicianId.Operator || !Administers(it.Institution, asked) ? Refusal.NotAllowed
        : state.Shown.Number > 0 ? Refusal.AlreadyThere
        : Described(it.Name, it.Specialty, it.Grade)
        ?? (Enum.IsDefined(it.Role)
            ? Decision.Of(new ClinicianRegistered(it.Name, it.Specialty, it.Grade), new AffiliationGranted(it.Institution, it.Role, asked.At, null))
            : Refusal.NotA("role"));

    private static Decision Notify(ClinicianState state, SetNotifications set) =>
        set.Level is { } level && !Enum.IsDefined(level) ? Refusal.NotA("level")
        : set.Topic is not { } topic
            ? set.Level is null ? Refusal.NotA("level") : set.Level == state.Notify ? Decision.NothingToDo : new NotificationsSet(set.Level, null)
        : !state.Follows.Contains(topic) ? ClinicianRefusals.NotFollowed
        : state.Levels.OrEmpty().FirstOrDefault(l => l.Topic == topic)?.Level == set.Level ? Decision.NothingToDo
        : new NotificationsSet(set.Level, topic);

    private static Decision Quieten(ClinicianState state, QuietHours set) =>
        set.From is < 0 or > QuietHours.MinuteMax || set.Until is < 0 or > QuietHours.MinuteMax ? Refusal.OutOfRange("minute of the day", 0, QuietHours.MinuteMax)
        : set.From == set.Until ? ClinicianRefusals.NoQuietTime
        : set.Zone.Length is 0 or > QuietHours.ZoneLengthMax || !set.Zone.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            ? Refusal.NotA("time zone")
        : set == state.Quiet ? Decision.NothingToDo
        : new QuietHoursSet(set.From, set.Until, set.Zone, set.On);

    private static Decision Grant(ClinicianTopic state, GrantAffiliation it, Attributed asked)
    {
        var from = it.From ?? asked.At;
        return !Administers(it.Institution, asked) ? Refusal.NotAllowed
            : !Enum.IsDefined(it.Role) ? Refusal.NotA("role")
            // Another role, or an end, would end one's own administration as surely as leaving.
            : asked.By == state.Person && asked.Passport.RoleAt(it.Institution, asked.At) == InstitutionRole.Administrator
                ? ClinicianRefusals.LastAdministrator
            : it.Until <= from ? ClinicianRefusals.EndsBeforeItBegins
            : state.Shown.Affiliations.Length >= ClinicianState.AffiliationsMax ? Refusal.TooMany("affiliations", ClinicianState.AffiliationsMax)
            : new AffiliationGranted(it.Institution, it.Role, from, it.Until);
    }

    private static Decision Designate(ClinicianTopic state, DesignateForEmergencies set, Attributed asked) =>
        !Administers(set.Institution, asked) || asked.By == state.Person ? Refusal.NotAllowed
        : set.On && !state.Shown.Affiliations.Any(a => a.Institution == set.Institution && a.HoldsAt(asked.At)) ? ClinicianRefusals.NotAffiliated
        : state.Shown.Designated.OrEmpty().Contains(set.Institution) == set.On ? Decision.NothingToDo
        : new EmergenciesDesignated(set.Institution, set.On);

    private static Decision End(ClinicianTopic state, EndAffiliation it, Attributed asked)
    {
        var isOwn = asked.By == state.Person;
        return !isOwn && !Administers(it.Institution, asked) ? Refusal.NotThere
            : state.Shown.Affiliations.FirstOrDefault(a => a.Institution == it.Institution && (a.Until is null || asked.At < a.Until)) is not { } held
                ? ClinicianRefusals.NotAffiliated
            // An institution whose only administrator walks out by mistake could be mended by the operator only.
            : isOwn && held.Role == InstitutionRole.Administrator ? ClinicianRefusals.LastAdministrator
            : new AffiliationEnded(it.Institution);
    }

    private static bool Administers(InstitutionId institution, Attributed asked) =>
        asked.Passport.IsOperator || asked.Passport.RoleAt(institution, asked.At) == InstitutionRole.Administrator;

    private static Decision? Described(string name, string specialty, Grade grade) =>
        PlainText.RefuseLine("name", name, ClinicianState.NameLengthMax)
        ?? PlainText.RefuseLine("specialty", specialty, ClinicianState.SpecialtyLengthMax)
        ?? (Enum.IsDefined(grade) ? null : Refusal.NotA("grade"));
}
