using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.GrandRounds;
using SocialQI.GrandRounds;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>A session that Ada opens; the test decides who leads it and what happened.</summary>
public abstract class RoundsScreen : Screen
{
    protected static readonly TopicId Noon = TopicId.Rounds(Harbour, new Guid(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    protected static readonly TopicId Poll = TopicId.BallotOf(Noon, new Guid(8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    protected static readonly TopicId Again = TopicId.BallotOf(Noon, new Guid(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    protected static readonly TopicId Hidden = TopicId.Case(Harbour, new Guid(5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    protected static readonly BallotTerms Terms = new(BallotKind.SingleChoice, "Stop at 48 hours?", ["Stop", "Narrow", "Go on"]);

    private long last;

    /// <summary>Who planned it, and so leads it.</summary>
    protected ClinicianId Planner { get; set; } = Ben;

    protected RoundsState State { get; set; } = RoundsState.None;

    protected Dictionary<TopicId, OwnBallot> Seats { get; } = [];

    /// <summary>Who attended, to who may know.</summary>
    protected AttendanceState Attendance { get; set; } = AttendanceState.None with { Number = 1, Rounds = Noon, IsOver = true };

    protected static RoundsPlan Plan(params ImmutableArray<AgendaItem> agenda) =>
        new("Stopping antibiotics", "What a negative culture means.", "2026-12-01T12:00", "Europe/Vienna", 60, new(VisibilityKind.Network), Agenda: agenda);

    protected static AgendaItem Part(string title, TopicId? topic = null, ClinicianId? by = null) => new(title, by ?? Ben, 0, 10, topic);

    /// <summary>The session has these events before it is opened.</summary>
    protected void Was(params TopicEvent[] events)
    {
        foreach (var happened in events)
        {
            State = State.After(Of(++last, Planner, happened));
        }
    }

    protected void WasLive(params ImmutableArray<AgendaItem> agenda) =>
        Was(new RoundsPlanned(Plan(agenda), new Moment(1), Planner, []), new LobbyOpened(TopicId.VotesOf(Noon)), new WentLive());

    protected IRenderedComponent<RoundsPage> Enter()
    {
        Rounds.WentUp(Me());
        var page = Render<RoundsPage>(p => p.Add(r => r.Name, Noon.ToString()));
        page.WaitForElement("h1");
        return page;
    }

    protected Task Happens(IRenderedComponent<IComponent> page, TopicEvent happened) =>
        page.InvokeAsync(() => Rounds.EventsArrived(Noon, [Encoded(Of(++last, Planner, happened))]));

    protected Task Signals(IRenderedComponent<IComponent> page, TopicSignal signal) => page.InvokeAsync(() => Rounds.SignalArrived(signal));

    protected Task Voted(IRenderedComponent<IComponent> page, params (long Number, int Up, int Down)[] votes) => Signals(page, new(
        Noon, Totals: new(TopicId.VotesOf(Noon), new(9, [.. votes.Select(v => new OptionTally((int)v.Number, v.Up, [v.Down]))]))));

    /// <summary>Finds and acts in one go: between the two nothing can be drawn anew.</summary>
    protected static Task Do(IRenderedComponent<IComponent> page, string selector, Func<IElement, Task> act)
    {
        page.WaitForElement(selector);
        return page.InvokeAsync(() => { _ = act(page.Find(selector)); });
    }

    protected static Task Press(IRenderedComponent<IComponent> page, string selector) => Do(page, selector, e => e.ClickAsync());

    protected static Task Write(IRenderedComponent<IComponent> page, string selector, string text) => Do(page, selector, e => e.InputAsync(text));

    protected static Task Submit(IRenderedComponent<IComponent> page, string selector) => Do(page, selector, e => e.SubmitAsync());

    protected void HasSeat(TopicId ballot, Entry? entry = null) => Seats[ballot] = new(ballot, BallotStage.Open, entry, null, null);

    protected static BallotResult ResultOf(params int[] counts) =>
        new(new(counts.Sum(), [.. counts.Select((count, option) => new OptionTally(option, count))]), [], []);

    protected override Task<OwnBallot?> Owned(TopicId ballot) => Task.FromResult(Seats.GetValueOrDefault(ballot));

    /// <summary>Who said what in a ballot, by the page asked for.</summary>
    protected Dictionary<string, Listed<EntryShown>> Named { get; } = [];

    protected override string? Asked(string path, string query) => path == $"/api/topics/{Poll}/entries" ? Encoding.UTF8.GetString(Json.Encode(Named[query.TrimStart('?')])) : base.Asked(path, query);

    protected override OpenedTopic? Opening(TopicId topic) => topic.Kind switch
    {
        TopicKind.Rounds => new(topic, "one", State.Number, JsonSerializer.SerializeToElement(State, Json.Context.RoundsState)),
        TopicKind.Attendance => new(topic, "one", Attendance.Number, JsonSerializer.SerializeToElement(Attendance, Json.Context.AttendanceState)),
        _ when topic == Hidden => new(topic, "one", 0, null, Refusal.NotThere),
        _ => base.Opening(topic),
    };

    protected static void IsShown(IRenderedComponent<IComponent> page, string selector) => page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(selector)));
}
