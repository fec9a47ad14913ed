using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class AttestingAText
{
    private const string Telling = "Mr Tarn, seen 14 March 2024, MRN 0048213.";

    private static readonly CommunityId Sepsis = new(new Guid(50, 0, 0, new byte[8]));
    private static readonly Visibility AtHome = new(VisibilityKind.Institution);
    private static readonly Visibility Everywhere = new(VisibilityKind.Network);
    private static readonly Attestation Read = new(1);
    private static readonly Passport Member = CaseHistory.Ada with { Communities = [new(Sepsis, CommunityRole.Member)] };

    private readonly CaseHistory draft = new();

    public AttestingAText() => draft.Ask(CaseHistory.Ada, new StartCase("Noon", "Is it sepsis?"));

    public static TheoryData<Command> Openings =>
    [
        new OpenCase(AtHome), new OpenCase(Everywhere), new OpenCase(new Visibility(VisibilityKind.Named, default, [CaseHistory.Ben.Person])),
    ];

    [Theory]
    [MemberData(nameof(Openings))]
    public void Is_needed_before_a_draft_opens_to_anybody(Command opening) => Assert.Equal(CaseRefusals.AttestationNeeded, draft.Ask(CaseHistory.Ada, opening));

    [Fact]
    public void Is_needed_before_a_hallway_thread_begins_and_before_it_says_more()
    {
        var thread = new CaseHistory();
        Assert.Equal(CaseRefusals.AttestationNeeded, thread.Ask(CaseHistory.Ada, new StartHallway("Who has seen this?", Everywhere)));
        Assert.Null(thread.Ask(CaseHistory.Ada, new StartHallway("Who has seen this?", Everywhere, Read)));
        Assert.Equal(CaseRefusals.AttestationNeeded, thread.Ask(CaseHistory.Ada, new PromoteHallway("Noon", "Is it sepsis?")));
        Assert.Null(thread.Ask(CaseHistory.Ada, new PromoteHallway("Noon", "Is it sepsis?", Attestation: Read)));
    }

    [Fact]
    public void Is_needed_where_a_change_lets_somebody_in_and_only_there()
    {
        draft.Ask(Member, new OpenCase(AtHome, Read));
        Assert.Equal(CaseRefusals.AttestationNeeded, draft.Ask(Member, new ChangeVisibility(new Visibility(VisibilityKind.Communities, [Sepsis]))));
        Assert.Equal(CaseRefusals.AttestationNeeded, draft.Ask(Member, new ChangeVisibility(Everywhere)));
        Assert.Null(draft.Ask(Member, new ChangeVisibility(Everywhere, Read)));
        // Whoever these are, they were in the network.
        Assert.Null(draft.Ask(Member, new ChangeVisibility(new Visibility(VisibilityKind.Communities, [Sepsis]))));
        Assert.Equal(CaseRefusals.AttestationNeeded, draft.Ask(Member, new ChangeVisibility(AtHome)));
    }

    [Fact]
    public void Is_kept_in_what_happened()
    {
        var decision = new CaseRules().Decide(draft.State, new Attributed(new OpenCase(Everywhere, new Attestation(3)), CaseHistory.Ada, new Moment(9_000)));
        Assert.Equal(3, Assert.IsType<CaseOpened>(decision.Events[0]).Attestation?.Kept);
    }

    public static TheoryData<Command> Sayings =>
    [
        new PostContribution(ContributionKind.Comment, Telling), new AddFact(3, Telling), new EditContribution(3, Telling), new ReviseCase("Noon", "Why did Mr Tarn faint?", null), new ReviseCase("Mr Tarn", "Why?", null),
        new ReviseSection(new(SectionKind.Course, Telling)), new CloseCase(Telling), new PostContribution(ContributionKind.Evidence, "See this.", Evidence: new(EvidenceKind.Pmid, "123", Telling)),
    ];

    [Theory]
    [MemberData(nameof(Sayings))]
    public void Is_needed_for_marked_words_where_others_than_the_homes_people_read(Command saying)
    {
        var history = Opened(Everywhere);
        var refusal = history.Ask(CaseHistory.Ada, saying);
        Assert.Equal("identifiers-found", refusal?.Code);
        Assert.DoesNotContain("Tarn", refusal!.Say, StringComparison.Ordinal);
        Assert.DoesNotContain("0048213", refusal.Say, StringComparison.Ordinal);
        Assert.Contains("name at ", refusal.Say, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sayings))]
    public void Is_not_needed_for_them_at_home(Command saying) => Assert.Null(Opened(AtHome).Ask(CaseHistory.Ada, saying));

    [Fact]
    public void Is_not_needed_for_them_in_a_draft() => Assert.Null(draft.Ask(CaseHistory.Ada, new ReviseSection(new(SectionKind.Course, Telling))));

    [Fact]
    public void Lets_marked_words_stand()
    {
        var history = Opened(Everywhere);
        Assert.Null(history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, Telling, Attestation: new(3))));
        Assert.Null(history.Ask(CaseHistory.Ada, new ReviseSection(new(SectionKind.Course, Telling), new(3))));
    }

    [Fact]
    public void For_a_reason_to_reopen_is_needed_too()
    {
        var history = Opened(Everywhere);
        history.Ask(CaseHistory.Ada, new CloseCase("It was sepsis."));
        Assert.Equal("identifiers-found", history.Ask(CaseHistory.Ada, new ReopenCase(Telling))?.Code);
        Assert.Null(history.Ask(CaseHistory.Ada, new ReopenCase(Telling, new(3))));
    }

    [Fact]
    public void Names_kind_and_place_of_what_was_found() => Assert.Equal(
        "This may tell who the patient is: name at 0+7, date at 14+13, record at 33+7. Take it out, or say that it identifies nobody.",
        Opened(Everywhere).Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, Telling))?.Say);

    private static CaseHistory Opened(Visibility visibility)
    {
        var history = new CaseHistory();
        history.Ask(CaseHistory.Ada, new StartCase("Noon", "Is it sepsis?"));
        history.Ask(CaseHistory.Ada, new OpenCase(visibility, Read));
        history.Ask(CaseHistory.Ada, new PostContribution(ContributionKind.Comment, "Lactate is rising."));
        return history;
    }

    [Fact]
    public void Is_not_for_machines_which_may_write_where_nobody_has_to()
    {
        var machine = CaseHistory.PassportOf(7, CaseHistory.NorthHarbour, InstitutionRole.Service);
        var history = CaseHistory.OfOpenCase();
        Assert.Equal(CaseRefusals.MachinesAttestNothing, history.Ask(machine, new PostContribution(ContributionKind.Comment, "Potassium 5.1.", Attestation: new(0))));
        Assert.Equal(CaseRefusals.MachinesAttestNothing, new CaseHistory().Ask(machine, new StartHallway("Noon?", new(VisibilityKind.Institution), new(0))));
        var clinicianToo = machine with { Affiliations = [.. machine.Affiliations, new(CaseHistory.Thornmere, InstitutionRole.Clinician, default, null)], ChosenActing = CaseHistory.Thornmere };
        Assert.Equal(CaseRefusals.MachinesAttestNothing, history.Ask(clinicianToo, new PostContribution(ContributionKind.Comment, "Potassium 5.1.", Attestation: new(0))));
        Assert.Null(history.Ask(machine, new PostContribution(ContributionKind.Comment, "Potassium 5.1.")));
        Assert.Null(new CaseHistory().Ask(machine, new StartCase("Noon", "Is it sepsis?")));
    }
}
