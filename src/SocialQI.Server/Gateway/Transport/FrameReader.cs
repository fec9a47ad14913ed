using System.Buffers;
using System.IO.Pipelines;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>
/// What the client says, as the hub reads it: payloads as one stream, of which the hub finds its messages' ends itself and bounds their size. Read in the
/// hub's own call; a buffer is held only while a message is not whole.
/// </summary>
/// <param name="raw">The connection's bytes.</param>
/// <param name="outlet">Where it is answered: pong and close.</param>
internal sealed class FrameReader(PipeReader raw, Outlet outlet) : PipeReader
{
    private readonly Payloads held = new();
    private bool isCanceled;
    private bool isCompleted;
    private FrameHead head;
    private ulong taken;
    private bool isInPayload;
    private bool isInMessage;
    private bool isText;
    private Utf8Reading text;

    /// <summary>Whether the client has closed, or was told to go.</summary>
    public bool HasClosed { get; private set; }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryRead(out var result))
            {
                return result;
            }
            try
            {
                var read = await raw.ReadAsync(cancellationToken);
                Take(read.Buffer);
                (isCanceled, isCompleted) = (isCanceled || read.IsCanceled, isCompleted || read.IsCompleted);
            }
            catch (IOException)
            {
                // The client is gone without a word, as clients go.
                isCompleted = true;
            }
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = held.HasMore || isCanceled || isCompleted;
        result = isThere ? new(held.Bytes, isCanceled, isCompleted) : default;
        isCanceled &= !isThere;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => held.AdvanceTo(consumed, examined);

    public override void CancelPendingRead()
    {
        isCanceled = true;
        raw.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null)
    {
        isCompleted = true;
        held.Clear();
    }

    /// <summary>Reads on until the client has closed too; what it still says is passed over.</summary>
    public async Task UntilClosed(CancellationToken stop)
    {
        try
        {
            for (var isOver = isCompleted; !isOver;)
            {
                var read = await raw.ReadAsync(stop);
                isOver = read.IsCompleted || HasClosed;
                raw.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It does not answer, or is gone.
        }
    }

    private void Take(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        while (!isCompleted && (isInPayload ? TakePayload(ref reader) : TakeHead(ref reader)))
        {
        }
        raw.AdvanceTo(reader.Position, bytes.End);
    }

    // False when more bytes are needed.
    private bool TakeHead(ref SequenceReader<byte> reader)
    {
        var from = reader.Consumed;
        if (FrameHead.Read(ref reader, out var isWrong) is not { } next)
        {
            return isWrong && Fail(Frame.ProtocolError);
        }
        outlet.Open();
        if (next.IsControl)
        {
            if (reader.Remaining < (long)next.Length)
            {
                reader.Rewind(reader.Consumed - from);
                return false;
            }
            TakeControl(next, ref reader);
            return true;
        }
        // A message goes on with its continuations, and with nothing else.
        if (isInMessage != (next.Kind == Frame.Continuation))
        {
            return Fail(Frame.ProtocolError);
        }
        (isText, text) = isInMessage ? (isText, text) : (next.Kind == Frame.Text, default);
        (head, taken, isInPayload, isInMessage) = (next, 0, true, true);
        return true;
    }

    private bool TakePayload(ref SequenceReader<byte> reader)
    {
        var count = (int)Math.Min((ulong)reader.Remaining, Math.Min(head.Length - taken, int.MaxValue / 2));
        var payload = held.Add(count);
        reader.TryCopyTo(payload);
        reader.Advance(count);
        head.Unmask(payload, taken);
        taken += (ulong)count;
        var isWhole = taken == head.Length;
        if (isText && (!text.TryTake(payload) || (isWhole && head.IsLast && !text.IsWhole)))
        {
            return Fail(Frame.NoText);
        }
        (isInPayload, isInMessage) = (!isWhole, !(isWhole && head.IsLast));
        return isWhole;
    }

    private void TakeControl(FrameHead control, ref SequenceReader<byte> reader)
    {
        Span<byte> payload = stackalloc byte[(int)control.Length];
        reader.TryCopyTo(payload);
        reader.Advance(payload.Length);
        control.Unmask(payload, 0);
        if (control.Kind == Frame.Ping)
        {
            outlet.Reply(Frame.Of(Frame.Pong, payload));
        }
        else if (control.Kind == Frame.Close)
        {
            (HasClosed, isCompleted) = (true, true);
            // Its own code comes back to it.
            outlet.Close(payload.Length == 1 ? Frame.Closing(Frame.ProtocolError) : Frame.Of(Frame.Close, payload[..Math.Min(2, payload.Length)]));
        }
    }

    private bool Fail(ushort why)
    {
        (HasClosed, isCompleted) = (true, true);
        held.Clear();
        outlet.Close(Frame.Closing(why));
        return false;
    }
}
