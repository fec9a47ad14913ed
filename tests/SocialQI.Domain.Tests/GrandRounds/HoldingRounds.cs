using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using Xunit;
using static SocialQI.Domain.Tests.CaseHistory;

namespace SocialQI.Domain.Tests.GrandRounds;

/// <summary>A session from its plan to its record.</summary>
public sealed class HoldingRounds
{
    [Theory]
    [InlineData(0, "out-of-range")]
    [InlineData(-1, "out-of-range")]
    [InlineData(30 * 60, "out-of-range")]
    public void Of_no_time_or_of_thirty_hours_is_refused(int minutes, string code) =>
        Assert.Equal(code, new RoundsHistory().Ask(Ada, new PlanRounds(RoundsHistory.Plan with { Minutes = minutes }))!.Code);

    [Fact]
    public void With_an_agenda_that_overlaps_or_goes_beyond_the_end_is_refused()
    {
        Assert.Equal(RoundsRefusals.Overlap, Planning([new("One", Ada.Person, 0, 20), new("Two", Ben.Person, 19, 5)]));
        Assert.Equal(RoundsRefusals.BeyondTheEnd, Planning([new("One", Ada.Person, 50, 20)]));
        Assert.Equal("out-of-range", Planning([new("One", Ada.Person, 0, 0)])?.Code);
        Assert.Equal("not-a-case", Planning([new("One", Ada.Person, 0, 5, Thornmere.Topic)])?.Code);
    }

    [Theory]
    [InlineData("http://video.example/room")]
    [InlineData("https://ada:secret@video.example/room")]
    [InlineData("javascript:alert(1)")]
    public void With_a_room_that_is_no_plain_https_address_is_refused(string room) =>
        Assert.Equal(RoundsRefusals.NotAnAddress, new RoundsHistory().Ask(Ada, new PlanRounds(RoundsHistory.Plan with { Room = room })));

    [Fact]
    public void Opens_to_moderators_presenters_hosts_and_whom_it_was_made_visible_to()
    {
        var rounds = RoundsHistory.Planned(RoundsHistory.Plan with { Visibility = new(VisibilityKind.Institution), Moderators = [RoundsHistory.Cleo.Person], Hosts = [InstitutionId.Parse("skerry-point")] });
        Assert.Equal(
            [Audience.Person(Ada.Person), Audience.Institution(NorthHarbour), Audience.Person(RoundsHistory.Cleo.Person), Audience.Person(Ben.Person), "i:skerry-point"],
            rounds.State.Audience);
    }

    [Fact]
    public void Goes_from_plan_over_lobby_and_stage_to_discussion_and_end()
    {
        var rounds = RoundsHistory.Live();
        Assert.Equal((RoundsStage.Live, new StageView(0)), (rounds.Shown.Stage, rounds.Shown.View));
        Assert.Null(rounds.Ask(Ada, new MoveStage(new(0, SectionKind.Findings))));
        Assert.Null(rounds.Ask(Ada, new OpenDiscussion()));
        Assert.Null(rounds.Ask(Ada, new CloseRounds()));
        Assert.Equal([RoundsStage.Lobby, RoundsStage.Live, RoundsStage.Discussion, RoundsStage.Closed], rounds.Shown.Course.Select(s => s.Stage));
        Assert.Equal(RoundsRefusals.Over, rounds.Ask(Ada, new AskQuestion("Again?")));
        Assert.Equal(RoundsRefusals.Over, rounds.Ask(Ada, new OpenLobby()));
    }

    [Fact]
    public void Is_led_by_moderators_and_its_stage_moved_by_whoever_presents()
    {
        var rounds = RoundsHistory.Live();
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(RoundsHistory.Cleo, new OpenDiscussion()));
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(RoundsHistory.Cleo, new MoveStage(new(1))));
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(Ben, new MoveStage(new(0))));
        Assert.Null(rounds.Ask(Ben, new MoveStage(new(1))));
        Assert.Equal(RoundsRefusals.NoCaseThere, rounds.Ask(Ben, new MoveStage(new(1, SectionKind.Course))));
        Assert.Equal(RoundsRefusals.NotOnAgenda, rounds.Ask(Ada, new MoveStage(new(2))));
    }

    [Fact]
    public void Goes_on_without_a_presenter_who_was_taken_from_the_agenda()
    {
        var rounds = RoundsHistory.Live();
        Assert.Null(rounds.Ask(Ben, new MoveStage(new(1))));
        Assert.Null(rounds.Ask(Ada, new ReviseRounds(RoundsHistory.Plan with { Agenda = [RoundsHistory.Plan.Agenda[0], RoundsHistory.Plan.Agenda[1] with { Presenter = RoundsHistory.Cleo.Person }] })));
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(Ben, new MoveStage(new(1))));
        Assert.Null(rounds.Ask(RoundsHistory.Cleo, new TakeQuestion(Asked(rounds, Ben, "Is it common?"))));
        Assert.Equal(1, rounds.Shown.Sequence);
    }

    [Fact]
    public void To_who_may_not_see_it_is_as_if_there_were_none()
    {
        var rounds = RoundsHistory.Planned(RoundsHistory.Plan with { Visibility = new(VisibilityKind.Institution), Agenda = default });
        Assert.Equal(Refusal.NotThere, rounds.Ask(RoundsHistory.Cleo, new AskQuestion("May I?")));
        Assert.Equal(Refusal.NotThere, new RoundsHistory().Ask(RoundsHistory.Cleo, new OpenLobby()));
    }

    [Fact]
    public void Keeps_who_asked_anonymously_from_everybody()
    {
        var rounds = RoundsHistory.Live();
        rounds.Present = 4;
        var first = Asked(rounds, Ben, "Is it common?", isAnonymous: true);
        rounds.Present = 5;
        var second = Asked(rounds, RoundsHistory.Cleo, "Is it treated?", isAnonymous: true);
        var third = Asked(rounds, Ben, "Is it rare?", isAnonymous: true);
        var questions = rounds.Pushed().Questions;
        Assert.Equal([(first, 1), (second, 2), (third, 1)], questions.Select(q => (q.Number, q.Guest!.Value)));
        Assert.Equal([null, Thornmere, Thornmere], questions.Select(q => q.From));
        Assert.Null(rounds.Ask(RoundsHistory.Cleo, new WithdrawQuestion(second)));
        var sent = string.Concat(rounds.Events.Where(e => e.By != Ada.Person).Select(e => System.Text.Encoding.UTF8.GetString(RoundsHistory.Bytes(e))));
        Assert.DoesNotContain(Ben.Person.ToString(), sent, StringComparison.Ordinal);
        Assert.DoesNotContain(RoundsHistory.Cleo.Person.ToString(), sent, StringComparison.Ordinal);
        Assert.Equal(Json.Encode(rounds.Shown), Json.Encode(rounds.Pushed()));
    }

    [Fact]
    public void Settles_each_question_once_and_merges_none_into_itself()
    {
        var rounds = RoundsHistory.Live();
        var (one, two) = (Asked(rounds, Ben, "Is it common?"), Asked(rounds, RoundsHistory.Cleo, "How common is it?"));
        Assert.Equal(RoundsRefusals.IntoItself, rounds.Ask(Ada, new MergeQuestion(one, one)));
        Assert.Null(rounds.Ask(Ada, new MergeQuestion(two, one)));
        Assert.Equal(RoundsRefusals.QuestionSettled, rounds.Ask(Ada, new DismissQuestion(two, "Again.")));
        Assert.Equal(RoundsRefusals.NotYourQuestion, rounds.Ask(RoundsHistory.Cleo, new WithdrawQuestion(one)));
        Assert.Null(rounds.Ask(Ben, new TakeQuestion(one)));
        Assert.Null(rounds.Ask(Ben, new AnswerQuestion(one, "One in a thousand.")));
        Assert.Equal("One in a thousand.", rounds.Shown.Questions[0].Said.Words);
        Assert.Equal(RoundsRefusals.NoSuchQuestion, rounds.Ask(Ada, new TakeQuestion(99)));
    }

    [Fact]
    public void Reminds_of_an_action_once_and_only_when_it_is_late()
    {
        var rounds = RoundsHistory.Live();
        Assert.Equal(RoundsRefusals.DueWhen, rounds.Ask(Ada, new RecordAction("Ask the laboratory.", Ben.Person, rounds.Now)));
        Assert.Null(rounds.Ask(Ada, new RecordAction("Ask the laboratory.", Ben.Person, rounds.Now + TimeSpan.FromDays(1))));
        var number = rounds.Shown.Number;
        Assert.Null(rounds.Ask(Passport.OfOperator, new RemindOfAction(number)));
        Assert.False(rounds.Shown.Actions[0].IsOverdue);
        Assert.Null(rounds.Ask(Ada, new CloseRounds()));
        rounds.Now += TimeSpan.FromDays(2);
        Assert.Null(rounds.Ask(Passport.OfOperator, new RemindOfAction(number)));
        Assert.Null(rounds.Ask(Passport.OfOperator, new RemindOfAction(number)));
        Assert.Single(rounds.Events, e => e.Event is ActionOverdue);
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(RoundsHistory.Cleo, new SettleAction(number, "Asked.")));
        Assert.Null(rounds.Ask(Ben, new SettleAction(number, "Asked.")));
        Assert.Equal(RoundsRefusals.ActionSettled, rounds.Ask(Ada, new SettleAction(number, "Asked again.")));
    }

    [Fact]
    public void Asks_a_second_time_only_what_was_asked_first()
    {
        var rounds = RoundsHistory.Live();
        var terms = new BallotTerms(BallotKind.SingleChoice, "What next?", ["Lumbar puncture", "Bone marrow"]);
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(RoundsHistory.Cleo, new CallBallot(new Guid(1, 0, 0, new byte[8]), terms)));
        Assert.Null(rounds.Ask(Ada, new CallBallot(new Guid(1, 0, 0, new byte[8]), terms)));
        var first = rounds.Shown.Ballots[0].Ballot;
        Assert.Equal(BallotRefusals.FirstRoundOpen, Second(rounds, terms with { Before = first }));
        Assert.Null(rounds.Ask(Ada, new EndBallot(first, "All have spoken.")));
        Assert.Null(rounds.Ask(Passport.OfOperator, new NoteResult(first, ClosingGround.Moderator, new(new(0, []), [], []))));
        Assert.Equal(BallotRefusals.OtherQuestion, Second(rounds, terms with { Before = first, Options = ["Wait", "Treat"] }));
        Assert.Null(Second(rounds, terms with { Before = first }));
        Assert.Equal(Refusal.NotThere, rounds.Ask(Ada, new NoteResult(first, ClosingGround.Moderator, new(new(9, []), [], []))));
    }

    [Fact]
    public void Destroys_a_text_wherever_it_stands()
    {
        var rounds = RoundsHistory.Live();
        var number = Asked(rounds, Ben, "Is Mr Brown's brother ill too?", isAnonymous: true);
        Assert.Equal(Refusal.NotAllowed, rounds.Ask(Ada, new RedactText(number, RedactionGround.Identifiers)));
        Assert.Null(rounds.Ask(Chief, new RedactText(number, RedactionGround.Identifiers)));
        Assert.True(rounds.Shown.Questions[0].Text.IsGone);
    }

    private static Refusal? Planning(AgendaItem[] agenda) => new RoundsHistory().Ask(Ada, new PlanRounds(RoundsHistory.Plan with { Agenda = [.. agenda] }));

    private static Refusal? Second(RoundsHistory rounds, BallotTerms terms) => rounds.Ask(Ada, new CallBallot(new Guid(2, 0, 0, new byte[8]), terms));

    private static long Asked(RoundsHistory rounds, Passport by, string text, bool isAnonymous = false)
    {
        Assert.Null(rounds.Ask(by, new AskQuestion(text, isAnonymous, new(0))));
        return rounds.Shown.Number;
    }
}
