using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Server.Operate;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;
using SocialQI.Wire;

namespace SocialQI.Benchmarks.Journal;

/// <summary>What loading a long topic costs against a short one, and what opening it sends.</summary>
/// <param name="Ratio">The long one's time by the short one's.</param>
/// <param name="Kilobytes">The larger of the two answers to Open, in units of 1,000 bytes.</param>
internal sealed record Loaded(double Ratio, double Kilobytes);

/// <summary>
/// Loads topics of 100 and of 10,000 contributions, written by commands through their grains, in a silo that has let go of them: the time from
/// the call until the grain, activated anew from its snapshot and the events after it, has shown its state.
/// </summary>
internal static class Loading
{
    private const int Short = 100;
    private const int Long = 10_000;
    private const int TopicsOfEach = 3;
    private const int Rounds = 15;
    private const int CommandsAtOnce = 500;

    private static readonly InstitutionId Home = InstitutionId.Parse("north-harbour");

    private static readonly Passport Ada = new(
        new ClinicianId(Guid.CreateVersion7()), Grade.Attending, [new(Home, InstitutionRole.Clinician, default, null)], Home, [], [], 0);

    public static async Task<Loaded> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("socialqi-load-").FullName;
        try
        {
            await using var store = await SqliteStore.Open(folder);
            await store.ApplyOrleansScript();
            var options = new ServiceOptions { Data = folder, Roles = "silo", Demo = false, SiloPort = FreePort.Next(), GatewayPort = FreePort.Next() };
            await using var app = Service.Build(WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]), options, store, null);
            await app.StartAsync();
            var loaded = await Measure(app.Services.GetRequiredService<IGrainFactory>(), store.Journal.Epoch);
            await app.StopAsync();
            return loaded;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Loaded> Measure(IGrainFactory grains, string epoch)
    {
        var cases = new List<(int Length, TopicId Topic)>();
        foreach (var length in Enumerable.Repeat((int[])[Short, Long], TopicsOfEach).SelectMany(l => l))
        {
            cases.Add((length, await Write(grains, length)));
        }
        var times = new Dictionary<int, List<double>> { [Short] = [], [Long] = [] };
        var bytes = new Dictionary<int, int> { [Short] = 0, [Long] = 0 };
        for (var round = 0; round <= Rounds; round++)
        {
            await LetGoOfAll(grains);
            foreach (var (length, topic) in cases)
            {
                var since = Stopwatch.GetTimestamp();
                var shown = await grains.Topic(topic).Show();
                if (round > 0)
                {
                    times[length].Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                }
                bytes[length] = Math.Max(bytes[length], Sent(topic, epoch, shown));
            }
        }
        foreach (var length in (int[])[Short, Long])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"loading {length,6} contributions: median {times[length].Median(),6:0.00} ms ({times[length].Spread("0.00")}), opening sends {bytes[length] / 1000.0:0.0} KB"));
        }
        Console.WriteLine();
        return new(times[Long].Median() / times[Short].Median(), bytes.Values.Max() / 1000.0);
    }

    private static async Task<TopicId> Write(IGrainFactory grains, int contributions)
    {
        var topic = TopicId.Case(Home, Guid.CreateVersion7());
        await Ask(grains, topic, new StartCase("Noon", "Is it sepsis?"));
        await Ask(grains, topic, new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        foreach (var some in Enumerable.Range(1, contributions).Chunk(CommandsAtOnce))
        {
            await Task.WhenAll(some.Select(n => Ask(grains, topic, new PostContribution(ContributionKind.Comment, CaseChain.TextOf(n)))));
        }
        return topic;
    }

    private static async Task Ask(IGrainFactory grains, TopicId topic, Command command)
    {
        var answer = await grains.Ask(topic, Guid.CreateVersion7(), command, Ada, Moment.Of(DateTimeOffset.UtcNow));
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A command of the benchmark was refused: {refusal.Code}");
        }
    }

    // Returns once every topic's grain is gone, its snapshot written where one was due.
    private static async Task LetGoOfAll(IGrainFactory grains)
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        do
        {
            await management.ForceActivationCollection(TimeSpan.Zero);
        }
        while ((await management.GetDetailedGrainStatistics()).Any(g => g.GrainType.Contains(nameof(CaseGrain), StringComparison.Ordinal)));
    }

    private static int Sent(TopicId topic, string epoch, Shown shown) =>
        Json.Encode(new OpenedTopic(topic, epoch, shown.Number, JsonSerializer.Deserialize(shown.State, Json.Context.JsonElement))).Length;
}
