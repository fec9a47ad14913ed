using System.Collections.Immutable;
using System.Reflection;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Institutions;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>Every bound that Contracts names: as much as it says is taken, one more is refused by name.</summary>
public sealed partial class ExceedingALimit
{
    private static readonly Moment Noon = new(1_000_000);
    private static readonly CommunityId Sepsis = new(new Guid(50, 0, 0, new byte[8]));
    private static readonly Passport Operator = Passport.OfOperator;

    /// <summary>What a row asks with as much as is allowed, and with one more; and the refusal of that.</summary>
    private sealed record Row(string Limit, Func<int, Refusal?> Ask, int Max, string Code);

    private static readonly Row[] Rows =
    [
        OfText("Contribution.TextLengthMax", Contribution.TextLengthMax, t => InCase(new PostContribution(ContributionKind.Comment, t))),
        OfText("Contribution.TextLengthMax", Contribution.TextLengthMax, t => InCase(new AddFact(1, t))),
        OfText("Contribution.TextLengthMax", Contribution.TextLengthMax, t => InCase(new PostContribution(ContributionKind.Comment, "Noon"), new EditContribution(3, t))),
        OfText("CaseImage.AltLengthMax", CaseImage.AltLengthMax, t => WithImages(1, alt: t)),
        new("Contribution.ImagesMax", n => WithImages(n), Contribution.ImagesMax, "too-many"),
        new("CaseState.ImagesMax", n => Illustrated(n), CaseState.ImagesMax, "too-many"),
        new("Contribution.MentionsMax", n => InCase(new PostContribution(ContributionKind.Comment, "Noon", null, People(n))), Contribution.MentionsMax, "too-many"),
        new("Contribution.ReactionsMax", n => Reactions(n), Contribution.ReactionsMax, "too-many"),
        new("Contribution.RevisionsMax", n => Revisions(n), Contribution.RevisionsMax, "too-many"),
        new("Contribution.DayMax", n => InCase(new AddFact(n, "Afebrile.")), Contribution.DayMax, "out-of-range"),
        new("Contribution.DayMax", n => InCase(new AddFact(-n, "Afebrile.")), Contribution.DayMax, "out-of-range"),
        OfText("Evidence.ReferenceLengthMax", Evidence.ReferenceLengthMax, t => InCase(Cited(new Evidence(EvidenceKind.Doi, "10.1000/" + t[8..], "Early antibiotics")))),
        OfText("Evidence.SupportsLengthMax", Evidence.SupportsLengthMax, t => InCase(Cited(new Evidence(EvidenceKind.Doi, "10.1000/x", t)))),
        OfText("Section.TextLengthMax", Section.TextLengthMax, t => InCase(new ReviseSection(new Section(SectionKind.Course, t)))),
        OfText("Section.TextLengthMax", Section.TextLengthMax, t => Started(sections: [new(SectionKind.Course, t)])),
        OfText("Condition.TextLengthMax", Condition.TextLengthMax, t => Started(condition: new Condition(null, t))),
        OfText("CaseState.TitleLengthMax", CaseState.TitleLengthMax, t => Started(title: t)),
        OfText("CaseState.TitleLengthMax", CaseState.TitleLengthMax, t => new CaseHistory().Ask(CaseHistory.Ada, new StartHallway(t, new Visibility(VisibilityKind.Institution), Attestation: new(0)))),
        OfText("CaseState.QuestionLengthMax", CaseState.QuestionLengthMax, t => Started(question: t)),
        OfText("CaseState.ReasonLengthMax", CaseState.ReasonLengthMax, t => InCase(new CloseCase(t))),
        OfText("CaseState.ReasonLengthMax", CaseState.ReasonLengthMax, t => InCase(new CloseCase("It was."), new ReopenCase(t))),
        OfText("OutcomeDue.WhatLengthMax", OutcomeDue.WhatLengthMax, t => InCase(new ExpectOutcome(t, new Moment(9_000_000)))),
        new("Outcome.DiagnosesMax", n => InCase(new RecordOutcome(new([.. Named(n)], [], "Rested.", Fared.Improved))), Outcome.DiagnosesMax, "too-many"),
        new("Outcome.DiagnosesMax", n => InCase(new RecordOutcome(new([], [.. Named(n)], "Rested.", Fared.Improved))), Outcome.DiagnosesMax, "too-many"),
        OfText("Outcome.DoneLengthMax", Outcome.DoneLengthMax, t => InCase(new RecordOutcome(new([], [], t, Fared.Improved)))),
        OfText("CaseState.ReasonLengthMax", CaseState.ReasonLengthMax, t => InCase(new RecordOutcome(new([], [], "Rested.", Fared.Improved)), new ReviseOutcome(new([], [], "Slept.", Fared.Improved), t))),
        new("BreakGlass.MinutesMax", n => ToBeSeenBy(new BreakGlass("They bleed.", n)), BreakGlass.MinutesMax, "out-of-range"),
        OfText("CaseState.ReasonLengthMax", CaseState.ReasonLengthMax, t => ToBeSeenBy(new BreakGlass(t, 1))),
        new("Attestation.KeptMax", n => InCase(new PostContribution(ContributionKind.Comment, "Noon", Attestation: new(n))), Attestation.KeptMax, "out-of-range"),
        new("CaseState.HiddenMax", n => Moderated(n, at => new HideContribution(at + 2, HidingReason.Conduct)), CaseState.HiddenMax, "too-many"),
        new("CaseState.ReportsMax", n => Moderated(n, at => new ReportIdentifiers(at + 2)), CaseState.ReportsMax, "too-many"),
        new("CaseState.MutedMax", n => Moderated(n, at => new MuteClinician(Person(at + 100), Noon)), CaseState.MutedMax, "too-many"),
        new("CommunityState.MutedMax", n => OneMoreMuted(n), CommunityState.MutedMax, "too-many"),
        new("ImportCase.FactsMax", n => Imported(n), ImportCase.FactsMax, "too-many"),
        new("CaseState.ContributionsMax", n => Full(n), CaseState.ContributionsMax, "too-many"),
        new("Visibility.CommunitiesMax", n => ToCommunities(n), Visibility.CommunitiesMax, "too-many"),
        new("Visibility.CliniciansMax", n => InCase(new ChangeVisibility(new Visibility(VisibilityKind.Named, default, People(n)), Attestation: new(0))), Visibility.CliniciansMax, "too-many"),
        OfText("CommunityState.NameLengthMax", CommunityState.NameLengthMax, t => Founded(new FoundCommunity(t, "The first hour."))),
        OfText("CommunityState.PurposeLengthMax", CommunityState.PurposeLengthMax, t => Founded(new FoundCommunity("Sepsis", t))),
        new("CommunityState.ConditionsMax", n => Founded(new FoundCommunity("Sepsis", "The first hour.", [.. Enumerable.Repeat(new Condition("A41.9", "Sepsis"), n)])), CommunityState.ConditionsMax, "too-many"),
        new("CommunityState.MembersMax", n => OneMoreMember(n), CommunityState.MembersMax, "too-many"),
        new("CommunityState.ModeratorsMax", n => OneMoreModerator(n), CommunityState.ModeratorsMax, "too-many"),
        new("CommunityState.WaitingMax", n => OneMoreInvitation(n), CommunityState.WaitingMax, "too-many"),
        new("CommunityState.WaitingMax", n => OneMoreRequest(n), CommunityState.WaitingMax, "too-many"),
        OfText("ClinicianState.NameLengthMax", ClinicianState.NameLengthMax, t => OfAda(s => s, new ReviseProfile(t, "Surgery", Grade.Fellow))),
        OfText("ClinicianState.SpecialtyLengthMax", ClinicianState.SpecialtyLengthMax, t => OfAda(s => s, new ReviseProfile("Ada", t, Grade.Fellow))),
        new("ClinicianState.AffiliationsMax", n => OneMoreAffiliation(n), ClinicianState.AffiliationsMax, "too-many"),
        new("ClinicianState.FollowsMax", n => OfAda(s => s with { Follows = Topics(n - 1) }, new FollowTopic(CaseHistory.Thornmere.Topic)), ClinicianState.FollowsMax, "too-many"),
        new("QuietHours.MinuteMax", n => OfAda(s => s, new SetQuietHours(n, 0, "Etc/UTC", On: true)), QuietHours.MinuteMax, "out-of-range"),
        new("QuietHours.ZoneLengthMax", n => OfAda(s => s, new SetQuietHours(0, 420, new string('Z', n), On: true)), QuietHours.ZoneLengthMax, "not-a-time-zone"),
        OfText("InstitutionState.NameLengthMax", InstitutionState.NameLengthMax, Institution),
        new("InstitutionId.LengthMax", n => Named(InstitutionId.TryParse(new string('a', n), out _)), InstitutionId.LengthMax, "unnamed"),
        OfText("ProviderSet.NameLengthMax", ProviderSet.NameLengthMax, t => ProviderRules.Refuse(ReadingClaims.Set() with { Name = t })),
        OfText("ProviderSet.IssuerLengthMax", ProviderSet.IssuerLengthMax, t => ProviderRules.Refuse(ReadingClaims.Set() with { Issuer = "https://x.example/" + t[18..] })),
        OfText("ProviderSet.ClientLengthMax", ProviderSet.ClientLengthMax, t => ProviderRules.Refuse(ReadingClaims.Set() with { Client = t })),
        OfText("ProviderSet.SecretLengthMax", ProviderSet.SecretLengthMax, t => ProviderRules.Refuse(ReadingClaims.Set() with { Secret = t })),
        OfText("ClaimMapping.ClaimLengthMax", ClaimMapping.ClaimLengthMax, t => Mapped(t, [])),
        OfText("ClaimMapping.ValueLengthMax", ClaimMapping.ValueLengthMax, t => Mapped("dept", [new(t, "Surgery")])),
        new("ClaimMapping.MeaningsMax", n => Mapped("dept", [.. Enumerable.Range(1, n).Select(i => new Meaning<string>("v" + i, "Surgery"))]), ClaimMapping.MeaningsMax, "too-many"),
        .. OfRounds,
        .. OfPanels,
        // The command and its list stand around what is nested.
        new("Json.DepthMax", n => Named(Json.TryReadCommand(Nested(n)) is not null), Json.DepthMax, "unnamed"),
    ];

    // Not what somebody sends, but how much is kept, given or named at once; and no topic's name is as long as it may be.
    private static readonly string[] BoundsOfWhatIsGiven =
    [
        "CaseState.RecentMax", "CaseState.GlassMax", "CaseState.PageMax", "ClinicianState.InboxMax", "RoundsProtocol.MessageBytesMax", "RoundsProtocol.FollowBehindMax", "TopicSignal.HereMax",
        "TopicId.LengthMax", "KeptImage.BytesMax", "Imported.BytesMax", "ImportCount.LinesMax", "Jumps.Max", "Found.QueryLengthMax", "ConditionLine.QueryLengthMax", "ConditionLine.TakeMax",
        "AuditFilter.ActLengthMax", "NewToken.DaysMax", "ProviderSet.Max",
        "Tally.TextsMax", "OptionTally.CommentsMax", "Pooled.Max", "Pooled.OfGroupMax", "BallotState.EntriesShownMax", "BallotTerms.LastsMax", "RoundsPlan.AheadMax", "PointedAt.Max", "QuestionsShown.SessionsMax", "AttendanceState.AttendedMax",
        "OutcomeDue.AheadMax", "OutcomeDue.RemindersMax", "Calibration.CasesMax", "Calibration.PlacesMax",
    ];

    public static TheoryData<int> EveryRow => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(EveryRow))]
    public void Is_refused_by_name_where_the_limit_itself_is_taken(int row)
    {
        var it = Rows[row];
        Assert.True(it.Ask(it.Max) is null, $"{it.Limit}: {it.Ask(it.Max)}");
        Assert.Equal((it.Limit, it.Code), (it.Limit, it.Ask(it.Max + 1)?.Code));
    }

    [Fact]
    public void Has_a_row_for_every_limit_there_is() => Assert.Equal(
        typeof(Command).Assembly.GetExportedTypes().SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.Name.EndsWith("Max", StringComparison.Ordinal)).Select(f => $"{t.Name}.{f.Name}")).Order(),
        Rows.Select(r => r.Limit).Concat(BoundsOfWhatIsGiven).Distinct().Order());

    private static IEnumerable<Condition> Named(int count) => Enumerable.Range(1, count).Select(i => new Condition(null, "Diagnosis " + i));

    private static Row OfText(string limit, int max, Func<string, Refusal?> ask) => new(limit, n => ask(new string('x', n)), max, "too-long");

    private static Refusal? Named(bool isSo) => isSo ? null : new Refusal("unnamed", "");

    private static Refusal? InCase(params Command[] commands)
    {
        var history = CaseHistory.OfOpenCase();
        return commands.Select(c => history.Ask(CaseHistory.Ada, c)).ToList()[^1];
    }

    private static Refusal? ToBeSeenBy(BreakGlass asked)
    {
        var history = new CaseHistory();
        history.Ask(CaseHistory.Ada, new StartHallway("Noon?", new(VisibilityKind.Named, Clinicians: [CaseHistory.Ben.Person]), new(0)));
        return history.Ask(CaseHistory.PassportOf(5, CaseHistory.NorthHarbour, InstitutionRole.PrivacyOfficer), asked);
    }

    private static PostContribution Cited(Evidence evidence) => new(ContributionKind.Evidence, "It says so.", null, default, evidence);

    private static Refusal? Started(string title = "Noon", string question = "Is it sepsis?", Condition? condition = null, ImmutableArray<Section> sections = default) =>
        new CaseHistory().Ask(CaseHistory.Ada, new StartCase(title, question, condition, sections));

    private static Refusal? WithImages(int images, string alt = "A film")
    {
        var history = CaseHistory.OfOpenCase();
        history.Kept.Add(ShowingAnImage.Film.Kept);
        return history.Ask(CaseHistory.Ada, new AddFact(1, "Film.", [.. Enumerable.Repeat(ShowingAnImage.Film with { Alt = alt }, images)]));
    }

    private static Refusal? Illustrated(int images)
    {
        var state = CaseHistory.OfOpenCase().State;
        var stubs = Enumerable.Range(3, images - 1).Select(n => new ContributionStub(default, n, n, ContributionMarks.None).With(images: 1)).ToArray();
        var asked = new Attributed(ShowingAnImage.Saying(ShowingAnImage.Film), CaseHistory.Ada, Noon, null, [ShowingAnImage.Film.Kept]);
        return new CaseRules().Decide(state with { Index = ContributionIndex.Of(stubs) }, asked).Refusal;
    }

    private static Refusal? Imported(int facts) =>
        new CaseHistory().Ask(CaseHistory.Ada, new ImportCase("Noon", "Is it sepsis?", Facts: [.. Enumerable.Repeat(new ImportedFact(0, "Afebrile."), facts)]));

    // So many contributions, and something done about each of them or about so many people.
    private static Refusal? Moderated(int times, Func<int, Command> about)
    {
        var history = CaseHistory.OfOpenCase();
        Assert.All(Enumerable.Range(1, times), _ => Assert.Null(history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, "Noon"))));
        return Enumerable.Range(1, times).Select(at => history.Ask(CaseHistory.Chief, about(at))).ToList()[^1];
    }

    private static Refusal? OneMoreMuted(int people)
    {
        var state = Community(people + 1);
        return InCommunity(
            state with { Shown = state.Shown with { Muted = [.. People(people).Skip(1).Select(p => new Muting(p, Noon + TimeSpan.FromDays(1)))] } }, CaseHistory.Ada,
            new MuteMember(Person(people + 1), Noon + TimeSpan.FromDays(1)));
    }

    private static Refusal? Reactions(int people)
    {
        var history = CaseHistory.OfOpenCase();
        history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, "Noon"));
        return Enumerable.Range(100, people).Select(p => history.Ask(CaseHistory.PassportOf(p, CaseHistory.Thornmere, InstitutionRole.Clinician), new React(3, Reaction.Agree))).ToList()[^1];
    }

    private static Refusal? Revisions(int times)
    {
        var history = CaseHistory.OfOpenCase();
        history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, "Noon"));
        return Enumerable.Range(1, times).Select(n => history.Ask(CaseHistory.Ada, new EditContribution(3, "Noon " + n))).ToList()[^1];
    }

    private static Refusal? Full(int contributions)
    {
        var state = CaseHistory.OfOpenCase().State;
        var stubs = Enumerable.Range(3, contributions - 1).Select(n => new ContributionStub(default, n, n, ContributionMarks.None)).ToArray();
        var asked = new Attributed(new PostContribution(ContributionKind.Comment, "Noon"), CaseHistory.Ada, Noon);
        return new CaseRules().Decide(state with { Index = ContributionIndex.Of(stubs) }, asked).Refusal;
    }

    private static Refusal? ToCommunities(int communities)
    {
        ImmutableArray<CommunityId> chosen = [.. Enumerable.Range(1, communities).Select(n => new CommunityId(new Guid(n, 0, 0, new byte[8])))];
        var ada = CaseHistory.Ada with { Communities = [.. chosen.Select(c => new Membership(c, CommunityRole.Member))] };
        return CaseHistory.OfOpenCase().Ask(ada, new ChangeVisibility(new Visibility(VisibilityKind.Communities, chosen), Attestation: new(0)));
    }

    private static Refusal? Founded(FoundCommunity found) => new CommunityRules().Decide(new CommunityRules().New(Sepsis.Topic), new Attributed(found, CaseHistory.Ada, Noon)).Refusal;

    private static Refusal? InCommunity(CommunityTopic state, Passport by, Command command) => new CommunityRules().Decide(state, new Attributed(command, by, Noon)).Refusal;

    private static CommunityTopic Community(int members, int moderators = 1)
    {
        var people = Enumerable.Range(1, members).ToImmutableDictionary(n => Person(n), n => n <= moderators ? CommunityRole.Moderator : CommunityRole.Member);
        var shown = CommunityState.None with { Number = 5, Name = "Sepsis", Members = members, Moderators = People(moderators) };
        return new(Sepsis.Topic, shown, people);
    }

    private static Refusal? OneMoreMember(int members)
    {
        var state = Community(members - 1);
        var guest = CaseHistory.PassportOf(members + 100, CaseHistory.Thornmere, InstitutionRole.Clinician);
        return InCommunity(state with { Shown = state.Shown with { Invitations = [new(guest.Person, Noon + TimeSpan.FromDays(1))] } }, guest, new AnswerInvitation(true));
    }

    private static Refusal? OneMoreModerator(int moderators) => InCommunity(Community(moderators + 1, moderators - 1), CaseHistory.Ada, new ChangeMemberRole(Person(moderators + 1), CommunityRole.Moderator));

    private static Refusal? OneMoreInvitation(int invitations)
    {
        var state = Community(1);
        return InCommunity(
            state with { Shown = state.Shown with { Invitations = [.. People(invitations - 1).Select(p => new Invitation(p, Noon + TimeSpan.FromDays(1)))] } }, CaseHistory.Ada,
            new InviteClinician(Person(invitations + 100)));
    }

    private static Refusal? OneMoreRequest(int requests)
    {
        var state = Community(1);
        return InCommunity(
            state with { Shown = state.Shown with { Requests = People(requests - 1) } }, CaseHistory.PassportOf(requests + 100, CaseHistory.Thornmere, InstitutionRole.Clinician), new RequestToJoin());
    }

    private static Refusal? OneMoreAffiliation(int affiliations) => OfAda(
        s => s with { Affiliations = [.. Enumerable.Range(1, affiliations - 1).Select(n => new Affiliation(InstitutionId.Parse("hospital-" + n), InstitutionRole.Clinician, default, null))] },
        new GrantAffiliation(CaseHistory.Thornmere, InstitutionRole.Clinician), Operator);

    private static Refusal? OfAda(Func<ClinicianState, ClinicianState> with, Command command, Passport? by = null)
    {
        var state = new ClinicianTopic(CaseHistory.Ada.Person.Topic, with(ClinicianState.None with { Number = 3, Name = "Ada" }), System.Collections.Immutable.ImmutableDictionary<TopicId, ScoredOpinion>.Empty);
        return new ClinicianRules().Decide(state, new Attributed(command, by ?? CaseHistory.Ada, Noon)).Refusal;
    }

    private static Refusal? Institution(string name) =>
        new InstitutionRules().Decide(new InstitutionRules().New(CaseHistory.Thornmere.Topic), new Attributed(new FoundInstitution(name), Operator, Noon)).Refusal;

    private static Refusal? Mapped(string claim, ImmutableArray<Meaning<string>> meanings) =>
        ProviderRules.Refuse(ReadingClaims.Set(new(new("Medicine", meanings, claim), new(Grade.Other, []), new(InstitutionRole.Clinician, []))));

    private static byte[] Nested(int depth) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"k":"withdraw-contribution","number":3,"more":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}""");

    private static ImmutableArray<TopicId> Topics(int count) => [.. Enumerable.Range(1, count).Select(n => TopicId.Case(CaseHistory.NorthHarbour, new Guid(n, 0, 0, new byte[8])))];

    private static ImmutableArray<ClinicianId> People(int count) => [.. Enumerable.Range(1, count).Select(Person)];

    private static ClinicianId Person(int n) => new(new Guid(n, 0, 0, new byte[8]));
}
