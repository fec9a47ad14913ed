using System.Text;
using CsCheck;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class FollowingACase
{
    private static readonly Passport[] People = [CaseHistory.Ada, CaseHistory.Ben, CaseHistory.Chief];

    private static readonly Gen<(int Who, int What, long About)> AnAct = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 14], Gen.Long[1, 40]);

    [Fact]
    public void Shows_what_was_pushed_and_what_is_read_afresh_alike() => AnAct.List[0, 40].Sample(acts =>
    {
        var history = CaseHistory.OfOpenCase();
        var opened = history.State.Shown;
        Act(history, acts);
        Assert.Equal(Text(history.ReadAfresh().Shown), Text(history.State.Shown));
        Assert.Equal(Text(history.State.Shown), Text(history.Pushed(opened, opened.Number)));
    });

    [Fact]
    public void Decides_alike_on_what_happened_and_on_what_is_read_afresh() => AnAct.List[0, 40].Sample(acts =>
    {
        var history = CaseHistory.OfOpenCase();
        Act(history, acts);
        Assert.Equal(history.ReadAfresh().Index.ToArray(), history.State.Index.ToArray());
        Assert.Equal(history.ReadAfresh().Audience.Order(), history.State.Audience.Order());
    }, iter: 2_000);

    [Fact]
    public void Shows_a_page_and_its_later_events_as_the_whole_history_does() => AnAct.List[0, 40].Sample(acts =>
    {
        var history = CaseHistory.OfOpenCase();
        Act(history, acts);
        var whole = history.State.Shown.Recent;
        var page = history.Page(history.State.Shown.Number + 1, 10);
        Assert.Equal(Encode([.. whole.TakeLast(page.Length)]), Encode([.. page]));
    });

    [Fact]
    public void Survives_being_frozen_and_thawed() => AnAct.List[0, 40].Sample(acts =>
    {
        var history = CaseHistory.OfOpenCase();
        Act(history, acts);
        var rules = new CaseRules();
        var thawed = rules.Thaw(history.Topic, rules.Freeze(history.State));
        Assert.Equal(Text(history.State.Shown), Text(thawed.Shown));
        Assert.Equal(history.State.Index.ToArray(), thawed.Index.ToArray());
        Assert.Equal(history.State.Audience.Order(), thawed.Audience.Order());
    });

    [Fact]
    public void Keeps_the_last_contributions_only()
    {
        var history = CaseHistory.OfOpenCase();
        for (var i = 0; i < CaseState.RecentMax + 5; i++)
        {
            history.Ask(CaseHistory.Ben, new PostContribution(ContributionKind.Comment, "Lactate " + i));
        }
        Assert.Equal((CaseState.RecentMax, CaseState.RecentMax + 5L), (history.State.Shown.Recent.Length, history.State.Shown.Contributions));
        Assert.Null(history.Ask(CaseHistory.Ben, new EditContribution(3, "Older than the window")));
    }

    private static void Act(CaseHistory history, List<(int Who, int What, long About)> acts)
    {
        foreach (var (who, what, about) in acts)
        {
            history.Ask(People[who], CommandOf(what, about));
        }
    }

    private static Command CommandOf(int what, long about) => what switch
    {
        0 => new PostContribution(ContributionKind.Comment, "Troponin is rising."),
        1 => new PostContribution(ContributionKind.Question, "Since when?", about, [CaseHistory.Ada.Person]),
        2 => new PostContribution(ContributionKind.Answer, "Since noon.", about),
        3 => new PostContribution(ContributionKind.Evidence, "It says so.", null, default, new Evidence(EvidenceKind.Doi, "10.1000/x", "Waiting")),
        4 => new AddFact((int)about, "Afebrile."),
        5 => new EditContribution(about, "Troponin is falling."),
        6 => new WithdrawContribution(about),
        7 => new React(about, Reaction.Agree),
        8 => new React(about, Reaction.Agree, On: false),
        9 => new RedactText(about, RedactionGround.Identifiers),
        11 => new ReportIdentifiers(about),
        12 => new HideContribution(about, HidingReason.Conduct),
        13 => new RestoreContribution(about),
        10 => new ReviseSection(new Section(SectionKind.Course, "Better on day " + about)),
        _ => new ReviseCase("Noon again", "Is it still sepsis?", null),
    };

    private static string Text(CaseState state) => Encoding.UTF8.GetString(Json.Encode(state));

    private static string Encode(Contribution[] contributions) => Encoding.UTF8.GetString(Json.Encode(contributions));
}
