namespace SocialQI.Server.Gateway.Transport;

/// <summary>
/// The one place where frames leave on a connection, each whole, in the order in which they come. Used under <see cref="Gate"/>; that is the lock of the
/// <see cref="Connection"/> too, so that answers of the hub and what is fanned out stand in one order.
/// </summary>
internal sealed class Outlet(ISink sink, Action end)
{
    private bool isOpen;
    private bool isEnded;
    private long writtenAt = Environment.TickCount64;

    public Lock Gate { get; } = new();

    /// <summary>Who is told when what was under way is gone; null before the hub knows the connection.</summary>
    public Connection? Owner { get; set; }

    /// <summary>Whether a frame is still under way: then no other may begin.</summary>
    public bool IsBusy { get; private set; }

    public bool IsEnded => isEnded;

    /// <summary>When a frame was written last, in milliseconds of the system's clock.</summary>
    public long WrittenAt => Volatile.Read(ref writtenAt);

    /// <summary>The client has sent a frame: it has the answer to its upgrade, and nothing of that is in the server's hands any more.</summary>
    public void Open() => isOpen = true;

    /// <summary>
    /// Writes frames. True when they are gone and the bytes may be used again; false when they are under way: <see cref="Owner"/> will be told. Not while busy.
    /// </summary>
    public bool TryWrite(ReadOnlyMemory<byte> frames)
    {
        if (isEnded || !isOpen)
        {
            return true;
        }
        Volatile.Write(ref writtenAt, Environment.TickCount64);
        var writing = sink.Write(frames);
        if (writing.IsCompletedSuccessfully)
        {
            return true;
        }
        IsBusy = true;
        _ = Finish(writing.AsTask());
        return false;
    }

    /// <summary>What the hub or the protocol itself says; the same answer as of <see cref="TryWrite"/>, but that it may be kept until its turn.</summary>
    public bool Reply(ReadOnlyMemory<byte> frame)
    {
        lock (Gate)
        {
            if (Owner is { } owner)
            {
                return owner.Reply(frame);
            }
            if (!IsBusy)
            {
                return TryWrite(frame);
            }
            // Nobody who greets is told so much that it does not fit.
            End();
            return true;
        }
    }

    /// <summary>The last frame; what comes after it goes nowhere. False when it cannot be written any more.</summary>
    public bool Close(ReadOnlyMemory<byte> frame)
    {
        lock (Gate)
        {
            var isLast = !IsBusy && !isEnded;
            if (isLast)
            {
                TryWrite(frame);
            }
            isEnded = true;
            return isLast;
        }
    }

    /// <summary>Nothing more is written, and the line is cut.</summary>
    public void End()
    {
        isEnded = true;
        end();
    }

    private async Task Finish(Task writing)
    {
        // Never at once: whoever began it holds the lock, and has not noted yet that it is under way.
        await writing.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        Connection? told;
        lock (Gate)
        {
            if (!writing.IsCompletedSuccessfully)
            {
                End();
            }
            IsBusy = false;
            told = Owner;
        }
        told?.GoOn();
    }
}
