using System.Buffers;
using System.IO.Pipelines;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>What the hub itself says: its bytes between two flushes become one frame, written in the order of the connection's own.</summary>
internal sealed class FramedWriter(Outlet outlet) : PipeWriter
{
    private const int BufferMin = 1024;

    /// <summary>With more than this waiting, the hub waits too.</summary>
    private const int WaitingMax = 64 * 1024;

    private byte[] buffer = [];
    private int end;
    private CancellationTokenSource? canceling;
    private bool isCanceled;

    public override void Advance(int bytes) => end += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (buffer.Length - end < Math.Max(1, sizeHint))
        {
            var begun = Math.Max(end, Frame.HeadMax);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(BufferMin, 2 * (begun + sizeHint)));
            buffer.AsSpan(0, end).CopyTo(larger);
            Return();
            (buffer, end) = (larger, begun);
        }
        return buffer.AsMemory(end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (end > Frame.HeadMax)
        {
            var begin = Frame.PutHead(buffer, Frame.HeadMax, end - Frame.HeadMax);
            if (outlet.Reply(buffer.AsMemory(begin, end - begin)))
            {
                Return();
            }
            // Else the bytes are under way, and the buffer is theirs.
            (buffer, end) = ([], 0);
        }
        return isCanceled ? ValueTask.FromResult(Canceled())
            : outlet.Owner is { } owner && owner.Waiting.Bytes > WaitingMax ? Wait(owner)
            : ValueTask.FromResult(new FlushResult(false, outlet.IsEnded));
    }

    public override void CancelPendingFlush()
    {
        isCanceled = true;
        Volatile.Read(ref canceling)?.Cancel();
    }

    public override void Complete(Exception? exception = null) => Return();

    private FlushResult Canceled()
    {
        isCanceled = false;
        return new(true, outlet.IsEnded);
    }

    private async ValueTask<FlushResult> Wait(Connection owner)
    {
        var source = new CancellationTokenSource();
        Volatile.Write(ref canceling, source);
        try
        {
            await owner.Drained(isCanceled ? new(true) : source.Token);
            return new(false, outlet.IsEnded);
        }
        catch (OperationCanceledException) when (isCanceled)
        {
            return Canceled();
        }
        finally
        {
            Volatile.Write(ref canceling, null);
        }
    }

    private void Return()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        (buffer, end) = ([], 0);
    }
}
