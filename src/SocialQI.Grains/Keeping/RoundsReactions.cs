using System.Collections.Immutable;
using System.Globalization;
using SocialQI.Ballots;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What a session's course causes: the other sessions of its series, the votes on its questions, the record of who attends.</summary>
internal sealed class RoundsReactions(IGrainFactory grains) : IReaction
{
    public async Task To(TailEvent tail, Moment now, SendReaction send)
    {
        switch (tail.Event.Kind)
        {
            case "rounds-planned" when tail.Event.Decode().Event is RoundsPlanned { Repeat: { } repeat } planned:
                await PlanOthers(tail.Topic, planned, repeat, send);
                break;
            case "lobby-opened" when tail.Event.Decode().Event is LobbyOpened opened:
                await send(opened.Votes, "begin", new BeginBallot(tail.Topic, tail.Event.By, new BallotTerms(BallotKind.Votes, "", IsSealed: false)));
                await KeepAttendance(tail.Topic, send);
                break;
            case "rounds-revised":
                await KeepAttendance(tail.Topic, send);
                break;
            case "rounds-closed":
                await Close(tail.Topic, send);
                break;
            case "attendance-closed" when tail.Event.Decode().Event is AttendanceClosed closed:
                await send(TopicId.Rounds(tail.Topic.Home, Guid.ParseExact(tail.Topic.Key, "n")), "attendance", new NoteTurnout(closed.Sum));
                break;
        }
    }

    private static async Task PlanOthers(TopicId first, RoundsPlanned planned, Repeat repeat, SendReaction send)
    {
        var local = DateTime.Parse(planned.Plan.Local, CultureInfo.InvariantCulture);
        for (var i = 1; i < repeat.Times; i++)
        {
            // The same time on the wall, whatever the clocks did in between; an hour later on the one day when they skip it.
            var at = local.AddDays(7 * repeat.Weeks * i);
            var plan = planned.Plan with { Local = WallClock.When(Text(at), planned.Plan.Zone) is null ? Text(at.AddHours(1)) : Text(at), Agenda = default };
            await send(TopicId.Rounds(first.Home, DerivedId.Of(first, i)), i, new PlanRounds(plan, Series: first, Planner: planned.Planner));
        }
    }

    private static string Text(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private async Task KeepAttendance(TopicId rounds, SendReaction send)
    {
        var state = await Show(rounds);
        if (state.Votes is not null)
        {
            var moderators = state.Plan!.Moderators.OrEmpty().Prepend(state.Planner).Distinct().ToImmutableArray();
            await send(TopicId.AttendanceOf(rounds), "keep", new KeepAttendance(rounds, moderators));
        }
    }

    private async Task Close(TopicId rounds, SendReaction send)
    {
        var state = await Show(rounds);
        foreach (var ballot in state.Ballots.OrEmpty().Where(b => b.Stage == BallotStage.Open).Select(b => b.Ballot).Append(TopicId.VotesOf(rounds)))
        {
            await send(ballot, ballot, new CloseBallot(ClosingGround.Over));
        }
        await send(TopicId.AttendanceOf(rounds), "sum", new SumAttendance());
        await LeaveQuestions(rounds, state, send);
    }

    // What was asked while a case was on stage, and not answered, stays with the case.
    private static async Task LeaveQuestions(TopicId rounds, RoundsState state, SendReaction send)
    {
        var agenda = state.Plan!.Agenda.OrEmpty();
        var open = state.Questions
            .Where(q => q.Stage is QuestionStage.Waiting or QuestionStage.Taken && q.Item < agenda.Length && agenda[q.Item.Value].Case is not null && !q.Text.IsGone)
            .GroupBy(q => agenda[q.Item!.Value].Case!.Value);
        foreach (var about in open)
        {
            await send(about.Key, about.Key, new LeaveQuestions(rounds, [.. about.Select(q => new LeftQuestion(q.Number, q.By, q.Text.Words))]));
        }
    }

    private async Task<RoundsState> Show(TopicId rounds) => Json.Decode<RoundsState>((await grains.Topic(rounds).Show()).State);
}
