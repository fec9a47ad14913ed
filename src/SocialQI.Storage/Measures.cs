using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SocialQI.Storage;

/// <summary>What an operator sees of a writer. Counts only: no tag may carry what somebody wrote.</summary>
internal sealed class Measures : IDisposable
{
    public const string Name = "SocialQI.Storage";

    private static readonly ActivitySource spans = new(Name);

    private readonly Meter meter = new(Name);
    private readonly KeyValuePair<string, object?> database;
    private readonly Counter<long> events;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> commitTime;

    public Measures(Func<int> queueLength, string database)
    {
        this.database = new("database", database);
        events = meter.CreateCounter<long>("socialqi.storage.events", "{event}", "Events committed.");
        batchSize = meter.CreateHistogram<int>("socialqi.storage.batch.size", "{append}", "Appends that shared a commit.");
        commitTime = meter.CreateHistogram<double>("socialqi.storage.commit.time", "ms", "From a batch's first statement until it was durable.");
        meter.CreateObservableGauge(
            "socialqi.storage.queue.depth", () => new Measurement<int>(queueLength(), this.database), "{append}", "Appends that wait to be committed.");
    }

    /// <summary>An append's part of the trace that asked for it, from waiting in the queue to the outcome.</summary>
    public static Activity? Append() => spans.StartActivity("append");

    public AppendOutcome[] Measure(List<WaitingAppend> batch, ICommitBatches commits)
    {
        // Not a part of any of the traces that share it: it points at them all.
        using var span = spans.StartActivity("commit", ActivityKind.Internal, default(ActivityContext), links: batch.Select(b => b.Asked).OfType<ActivityContext>().Select(c => new ActivityLink(c)));
        span?.SetTag(database.Key, database.Value).SetTag("batch.size", batch.Count);
        var since = Stopwatch.GetTimestamp();
        try
        {
            var outcomes = commits.Commit([.. batch.Select(b => b.Append)]);
            var written = batch.Where((_, i) => outcomes[i] == AppendOutcome.Committed).Sum(b => b.Append.Events.Count);
            events.Add(written, database);
            span?.SetTag("events", written);
            return outcomes;
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
        finally
        {
            batchSize.Record(batch.Count, database);
            commitTime.Record(Stopwatch.GetElapsedTime(since).TotalMilliseconds, database);
        }
    }

    public void Dispose() => meter.Dispose();
}
