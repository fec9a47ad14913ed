using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>
/// A grand round: thousands of seats over two gateways, events at a steady rate, a sealed ballot meanwhile, its closing; opinions opened to all at once;
/// then the loss of the silo that hosts the session, and of a gateway, while people vote. Everything counts from when it was due or asked.
/// </summary>
internal static class RoundsBenchmark
{
    private const int RevealSeats = 200;
    private const int FaultRate = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static System.CommandLine.Command Verb()
    {
        var seats = new Option<int>("--seats") { Description = "Seats of the session, each a person of its own.", DefaultValueFactory = _ => 5_000 };
        var rate = new Option<int>("--rate") { Description = "Events a second.", DefaultValueFactory = _ => 20 };
        var entries = new Option<int>("--entries") { Description = "Entries of the ballot.", DefaultValueFactory = _ => 2_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long events come; entries come in the last ten of them.", DefaultValueFactory = _ => 30 };
        var faults = new Option<bool>("--faults") { Description = "Whether processes are killed afterwards.", DefaultValueFactory = _ => true };
        var verb = new System.CommandLine.Command("rounds", "A grand round of thousands of seats over two gateways, with a ballot; then with the loss of a silo and of a gateway.") { seats, rate, entries, seconds, faults };
        verb.SetAction(parsed => Run(parsed.GetValue(seats), parsed.GetValue(rate), parsed.GetValue(entries), parsed.GetValue(seconds), parsed.GetValue(faults)));
        return verb;
    }

    private static async Task<int> Run(int seats, int rate, int entries, int seconds, bool faults)
    {
        if (seats < Math.Max(entries, RevealSeats) || rate < 1 || seconds < 11)
        {
            await Console.Error.WriteLineAsync($"There are at least as many seats as entries, and {RevealSeats}; at least an event a second, for 11 seconds.");
            return 2;
        }
        var begun = Stopwatch.GetTimestamp();
        await using var hall = await Hall.Open(seats);
        await using var audience = new Audience([.. hall.Gateways.Select(g => g.Address)], hall.People);
        var course = new Course(audience);
        await using (var first = new Seat(0, hall.People[0], audience))
        {
            await first.Come(0);
            await course.Begin(first);
        }
        await hall.AddSilo();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seats} people are registered, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s"));
        var coming = Stopwatch.GetTimestamp();
        await audience.Come(course.Topic);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All have joined, {Stopwatch.GetElapsedTime(coming).TotalSeconds:0.0} s"));
        await Crowd(hall, audience, course, rate, entries, TimeSpan.FromSeconds(seconds));
        await Reveal.Measure(hall, audience.Gateways);
        return !faults || await Faults.Measure(hall, audience, course, FaultRate, entries) ? 0 : 1;
    }

    private static async Task Crowd(Hall hall, Audience audience, Course course, int rate, int entries, TimeSpan lasts)
    {
        await course.Go(rate, WarmUp);
        var vote = await Vote.Call(audience, course.Planner, course.Topic, entries);
        var (cpu, begun) = (hall.CpuSeconds(), Stopwatch.GetTimestamp());
        var voting = TimeSpan.FromSeconds(10);
        var going = course.Go(rate, lasts);
        await Task.Delay(lasts - voting);
        cpu = (hall.CpuSeconds() - cpu) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.WhenAll(vote.Enter(voting), going);
        var all = await audience.Heard(course.DueAt.Keys.Max(), Patience);
        double[] delays = [.. course.DueAt.SelectMany(e => audience.Delays(e.Key, e.Value))];
        var asked = await vote.End();
        var (number, wrong) = await vote.Result();
        all &= await audience.Heard(number, Patience);
        double[] closings = [.. audience.Delays(number, asked)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {audience.Seats.Count} seats, {rate} events/s for {lasts.TotalSeconds} s, {entries} entries in the last {voting.TotalSeconds} s
            events to seats   p50 {delays.Percentile(0.5):0} ms, p90 {delays.Percentile(0.9):0}, p99 {delays.Percentile(0.99):0}, longest {delays.Max():0}; {delays.Length} deliveries
            closing to seats  p50 {closings.Percentile(0.5):0} ms, p99 {closings.Percentile(0.99):0}, longest {closings.Max():0}
            everything came {all}, twice or out of order {audience.WrongTimes}, told to catch up {audience.CaughtUpTimes}, votes wrong {wrong}
            processor time of the whole service {cpu:0.00} s/s: {1_000 * cpu / audience.Seats.Count:0.000} ms a seat and second

            """));
        Figures.Print("rounds.seats", audience.Seats.Count(s => s.IsThere), "seats");
        Figures.Print("rounds.p99", delays.Percentile(0.99), "ms");
        Figures.Print("rounds.close", closings.Max(), "ms");
        Figures.Print("rounds.votes.wrong", wrong, "votes");
        Figures.Print("rounds.wrong", audience.WrongTimes, "deliveries");
        Figures.Print("rounds.cpu.seat", 1_000 * cpu / audience.Seats.Count, "ms/s");
    }
}
