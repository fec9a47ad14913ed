using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SocialQI.GrandRounds;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>While people vote, the silo that hosts the session is killed, then a gateway: how long until it goes on, and whether votes and attendance are right.</summary>
internal static class Faults
{
    private static readonly TimeSpan Voting = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<bool> Measure(Hall hall, Audience audience, Course course, int rate, int entries)
    {
        var vote = await Vote.Call(audience, course.Planner, course.Topic, entries);
        var going = Task.WhenAll(vote.Enter(Voting), course.Go(rate, Voting));
        await Task.Delay(Voting / 6);
        var silo = await Loss(audience, course, hall.Silos[0], to: 1);
        await Task.Delay(Voting / 6);
        var gateway = await Loss(audience, course, hall.Gateways[1], to: 2);
        await going;
        await vote.End();
        var (number, wrong) = await vote.Result();
        var all = await audience.Heard(number, Patience);
        var error = await MinutesError(audience, course);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Lost while {entries} voted: the session's silo, after {silo:0.0} s everybody heard the next event; a gateway, after {gateway:0.0} s
            everything came {all}, twice or out of order {audience.WrongTimes}, votes wrong {wrong}, attendance wrong by up to {error:0.00} minutes

            """));
        Figures.Print("rounds.fault.votes.wrong", wrong, "votes");
        Figures.Print("rounds.fault.minutes.error", error, "minutes");
        Figures.Print("rounds.fault.silo.on", silo, "s");
        Figures.Print("rounds.fault.gateway.on", gateway, "s");
        Figures.Print("rounds.fault.wrong", audience.WrongTimes, "deliveries");
        return all;
    }

    // From the kill until something that was asked after it has reached every seat.
    private static async Task<double> Loss(Audience audience, Course course, ServerProcess process, int to)
    {
        var since = Stopwatch.GetTimestamp();
        await process.Kill();
        var number = await course.Move(to);
        return await audience.Heard(number, Patience) ? Stopwatch.GetElapsedTime(since).TotalSeconds : double.PositiveInfinity;
    }

    // Everybody came once and stayed to the end, over another gateway or not.
    private static async Task<double> MinutesError(Audience audience, Course course)
    {
        var ended = Stopwatch.GetTimestamp();
        (await course.Planner.Send(course.Topic, new CloseRounds())).Insist();
        var attendance = TopicId.AttendanceOf(course.Topic);
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience)
        {
            var opened = await course.Planner.Ask("Open", $"\"{attendance}\"");
            if (opened.GetProperty("state").Deserialize(Json.Context.AttendanceState) is { IsOver: true } state)
            {
                var minutes = state.Attended.ToDictionary(a => a.Who, a => a.Micros / 60e6);
                return audience.Seats.Max(s => Math.Abs(Stopwatch.GetElapsedTime(s.Since, ended).TotalMinutes - minutes.GetValueOrDefault(s.Who.Id)));
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The attendance was not summed.");
    }
}
