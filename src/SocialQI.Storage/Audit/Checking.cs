using System.Threading.Channels;

namespace SocialQI.Storage.Audit;

/// <summary>Checks rows on all processors while more are read. Each row carries all that its check needs.</summary>
internal sealed class Checking<T>
{
    private const int AtOnce = 512;
    private const int WaitingMax = 64;

    private readonly Channel<List<T>> waiting = Channel.CreateBounded<List<T>>(new BoundedChannelOptions(WaitingMax) { SingleWriter = true });
    private readonly Task[] workers;
    private List<T> gathered = new(AtOnce);

    public Checking(Action<T> check) =>
        workers = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => Task.Run(async () =>
        {
            await foreach (var rows in waiting.Reader.ReadAllAsync())
            {
                rows.ForEach(check);
            }
        }))];

    public async ValueTask Add(T row)
    {
        gathered.Add(row);
        if (gathered.Count == AtOnce)
        {
            await waiting.Writer.WriteAsync(gathered);
            gathered = new(AtOnce);
        }
    }

    /// <summary>When all that was added is checked.</summary>
    public async Task Done()
    {
        await waiting.Writer.WriteAsync(gathered);
        waiting.Writer.Complete();
        await Task.WhenAll(workers);
    }
}
