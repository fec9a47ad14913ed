using System.Diagnostics;
using System.Diagnostics.Metrics;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public sealed class Measuring
{
    private const string Secret = "John Doe of 12 Elm Street";

    [Fact]
    public async Task Counts_what_was_committed_and_says_nothing_of_what_was_written()
    {
        var said = new List<string>();
        var figures = new Dictionary<string, double>();
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Measures.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Say(span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append($"{span.DisplayName} {span.StatusDescription}")),
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value > 0 ? 1 : 0, tags));
        meters.Start();

        await using (var commit = new GroupCommit(new Forgetful(), "measured"))
        {
            var chain = OfCase();
            await commit.Append(chain.Next(Started(Secret), Said(Secret)));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await commit.Append(chain.Next(Said("fails: " + Secret))));
            meters.RecordObservableInstruments();
        }

        Assert.Equal(
            [("batch.size", 2), ("commit.time", 2), ("events", 2), ("queue.depth", 0)],
            figures.Select(f => (f.Key["socialqi.storage.".Length..], f.Value)).Order());
        Assert.Contains("events=2", said);
        Assert.DoesNotContain(said, text => text.Contains("Doe", StringComparison.Ordinal) || text.Contains("Elm", StringComparison.Ordinal));

        void Say(IEnumerable<string> texts)
        {
            lock (said)
            {
                said.AddRange(texts);
            }
        }

        // Other tests commit at the same time.
        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 1 && Equals(tags[0].Value, "measured"))
            {
                figures[instrument.Name] = figures.GetValueOrDefault(instrument.Name) + value;
            }
        }
    }

    [Fact]
    public async Task Ties_an_append_to_the_trace_that_asked_and_its_commit_to_the_append()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Measures.Name or nameof(Measuring),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(Measuring));
        ActivityTraceId trace;

        await using (var commit = new GroupCommit(new Forgetful(), "traced"))
        {
            using var asking = source.StartActivity("asking");
            trace = asking!.TraceId;
            await commit.Append(OfCase().Next(Started(), Said("Noon")));
        }

        var append = Assert.Single(spans, s => s.OperationName == "append" && s.TraceId == trace);
        Assert.Single(spans, s => s.OperationName == "commit" && s.Links.Any(l => l.Context.SpanId == append.SpanId));
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == Measures.Name)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private sealed class Forgetful : ICommitBatches
    {
        public AppendOutcome[] Commit(IReadOnlyList<Append> batch) =>
            batch[0].Events.Count > 1 ? [AppendOutcome.Committed] : throw new InvalidOperationException(Secret);

        public bool Tidy() => true;

        public void Dispose()
        {
        }
    }
}
