using System.Diagnostics;
using System.Globalization;
using SocialQI.Cases;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>Sealed opinions on a case, each by a connection of its own, opened to all of them: until each has read what the others said.</summary>
internal static class Reveal
{
    private const int Entries = 200;
    private static readonly TimeSpan Voting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Measure(Hall hall, IReadOnlyList<Uri> gateways)
    {
        await using var audience = new Audience(gateways, [.. hall.People.Take(Entries)]);
        var topic = TopicId.Case(hall.People[0].Home, Guid.CreateVersion7());
        await using (var author = new Seat(0, hall.People[0], audience))
        {
            await author.Come(0);
            (await author.Send(topic, new StartCase("Fever of the third day", "Is it sepsis?"))).Insist();
            (await author.Send(topic, new OpenCase(new(VisibilityKind.Network), Attestation: new(0)))).Insist();
        }
        await audience.Come(topic);
        var vote = await Vote.Call(audience, audience.Seats[0], topic, Entries, isNamed: true);
        await vote.Enter(Voting);
        var reading = audience.Seats.Select(s => UntilOpen(s, vote.Ballot)).ToList();
        var asked = await vote.End();
        double[] delays = [.. (await Task.WhenAll(reading)).Select(at => Stopwatch.GetElapsedTime(asked, at).TotalMilliseconds)];
        var (_, wrong) = await vote.Result();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Entries} sealed entries opened to all who made them: p50 {delays.Percentile(0.5):0} ms, p99 {delays.Percentile(0.99):0}, longest {delays.Max():0}; wrong {wrong}\n"));
        Figures.Print("reveal.p99", delays.Percentile(0.99), "ms");
        Figures.Print("reveal.wrong", wrong, "votes");
    }

    // As a page does: when the case says that there is a result, the ballot is opened.
    private static async Task<long> UntilOpen(Seat seat, TopicId ballot)
    {
        await seat.HearsResult.WaitAsync(Patience);
        var opened = await seat.Ask("Open", $"\"{ballot}\"");
        var at = Stopwatch.GetTimestamp();
        return opened.GetProperty("state").GetProperty("entries").GetArrayLength() == Entries ? at : throw new InvalidOperationException("Not all opinions were there.");
    }
}
