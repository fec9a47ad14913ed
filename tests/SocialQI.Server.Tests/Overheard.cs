using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace SocialQI.Server.Tests;

/// <summary>Hears everything that is logged, and keeps what holds a word that no log may hold.</summary>
internal sealed class Overheard : ILoggerProvider
{
    /// <summary>Stands in every text of these tests that a person might write, and in nothing else.</summary>
    public const string Canary = "Quetzal";

    // With this every token of a machine begins.
    private const string Token = "sqi_";

    private readonly ActivityListener activities = new();
    private readonly MeterListener meters = new();
    private readonly ConcurrentQueue<string> leaks = new();
    private readonly ConcurrentBag<string> hushed = [];
    private readonly ConcurrentDictionary<string, long> heard = new();

    public IReadOnlyCollection<string> Leaks => leaks;

    /// <summary>How much was heard, by who said it.</summary>
    public IReadOnlyDictionary<string, long> Counts => heard;

    /// <summary>Hears what stands beside every trace and every measure of this process too.</summary>
    public void HearMeasures()
    {
        activities.ShouldListenTo = _ => true;
        activities.Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
        activities.ActivityStopped = activity => Hear(
            "trace " + activity.Source.Name,
            $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))} {string.Join(' ', activity.Baggage)}");
        ActivitySource.AddActivityListener(activities);
        meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => HearTags(instrument, tags));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => HearTags(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => HearTags(instrument, tags));
        meters.Start();
    }

    /// <summary>From now on nothing may hold this either.</summary>
    public void Hush(string secret) => hushed.Add(secret);

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Hear(string category, string said)
    {
        heard.AddOrUpdate(category, 1, (_, count) => count + 1);
        if (said.Contains(Canary, StringComparison.OrdinalIgnoreCase) || said.Contains(Token, StringComparison.Ordinal)
            || hushed.Any(h => said.Contains(h, StringComparison.Ordinal)))
        {
            leaks.Enqueue($"{category}: {said}");
        }
    }

    public void Dispose()
    {
        activities.Dispose();
        meters.Dispose();
    }

    private void HearTags(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length > 0)
        {
            Hear("metric " + instrument.Meter.Name, string.Join(' ', tags.ToArray()));
        }
    }

    private sealed class Ear(Overheard overheard, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            overheard.Hear(category, string.Join('\n', Values(state)));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            overheard.Hear(category, $"{logLevel} {eventId.Name} {formatter(state, exception)}\n{exception}\n{string.Join('\n', Values(state))}");

        // A sink that keeps structure writes these too.
        private static IEnumerable<string?> Values<TState>(TState state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? values.Select(v => v.Value?.ToString()) : [state?.ToString()];
    }
}
