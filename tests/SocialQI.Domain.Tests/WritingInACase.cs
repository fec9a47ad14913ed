using SocialQI.Cases;
using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class WritingInACase
{
    private readonly CaseHistory history = CaseHistory.OfOpenCase();

    [Fact]
    public void By_somebody_who_may_not_see_it_finds_nothing_there()
    {
        history.Ask(CaseHistory.Ada, new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        Assert.Equal(Refusal.NotThere, history.Ask(CaseHistory.Ben, Say("Hello")));
    }

    [Fact]
    public void After_it_closed_is_refused()
    {
        history.Ask(CaseHistory.Ada, new CloseCase("It was sepsis."));
        Assert.Equal(CaseRefusals.Closed, history.Ask(CaseHistory.Ben, Say("Hello")));
    }

    [Fact]
    public void After_it_was_reopened_with_a_reason_is_done()
    {
        history.Ask(CaseHistory.Ada, new CloseCase("It was sepsis."));
        Assert.Null(history.Ask(CaseHistory.Ada, new ReopenCase("It was not.")));
        Assert.Null(history.Ask(CaseHistory.Ben, Say("Hello")));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("a\u0000b", "bad-characters")]
    [InlineData("a\u202Eb", "bad-characters")]
    [InlineData("a\u2066b", "bad-characters")]
    public void With_a_text_that_hides_or_says_nothing_is_refused(string text, string code) =>
        Assert.Equal(code, history.Ask(CaseHistory.Ben, Say(text))?.Code);

    [Fact]
    public void With_a_text_over_its_limit_is_refused() =>
        Assert.Equal("too-long", history.Ask(CaseHistory.Ben, Say(new string('x', Contribution.TextLengthMax + 1)))?.Code);

    [Fact]
    public void In_reply_to_a_withdrawn_contribution_is_refused()
    {
        history.Ask(CaseHistory.Ben, Say("Hello"));
        history.Ask(CaseHistory.Ben, new WithdrawContribution(3));
        Assert.Equal(CaseRefusals.Withdrawn, history.Ask(CaseHistory.Ada, Say("Why?") with { ReplyTo = 3 }));
    }

    [Fact]
    public void Over_what_another_wrote_is_refused()
    {
        history.Ask(CaseHistory.Ben, Say("Hello"));
        Assert.Equal(CaseRefusals.NotYours, history.Ask(CaseHistory.Ada, new EditContribution(3, "Goodbye")));
    }

    [Fact]
    public void With_a_reaction_that_is_not_in_the_set_is_refused()
    {
        history.Ask(CaseHistory.Ben, Say("Hello"));
        Assert.Equal("not-a-reaction", history.Ask(CaseHistory.Ada, new React(3, (Reaction)99))?.Code);
        Assert.Null(Json.TryReadCommand("""{"k":"react","number":3,"reaction":"applause"}"""u8));
    }

    [Fact]
    public void With_a_command_for_another_kind_of_topic_is_refused() =>
        Assert.Equal(Refusal.WrongKind, history.Ask(CaseHistory.Ben, new Communities.RequestToJoin()));

    [Fact]
    public void With_a_command_that_lacks_something_is_not_read() =>
        Assert.Null(Json.TryReadCommand("""{"k":"post-contribution","contribution":"comment"}"""u8));

    [Fact]
    public void As_a_student_is_refused_where_students_only_read()
    {
        var student = CaseHistory.PassportOf(9, CaseHistory.Thornmere, InstitutionRole.Clinician, Grade.Student);
        Assert.Null(history.Ask(student, Say("Hello")));
        Assert.Equal(CaseRefusals.StudentsReadOnly, history.Ask(student with { SwitchedOff = [Policy.StudentsWrite] }, Say("Hello")));
    }

    private static PostContribution Say(string text) => new(ContributionKind.Comment, text);
}
