using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>What takes a connection's frames. One at a time: the next only when the one before is gone.</summary>
internal interface ISink
{
    /// <summary>Completed at once when all of it is taken; until then the bytes must not change.</summary>
    ValueTask Write(ReadOnlyMemory<byte> frames);

    /// <summary>The cheapest that is safe on this connection.</summary>
    static ISink Of(HttpContext http) => BarePipe.SocketOf(http) is { } socket ? new SocketSink(socket) : new PipeSink(http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output);
}

/// <summary>
/// Straight to the system: one call for each frame. Only where nothing stands between the server and the socket, as TLS would, and only after the upgrade:
/// from then on the server itself writes nothing on this connection.
/// </summary>
internal sealed class SocketSink(Socket socket) : ISink
{
    public ValueTask Write(ReadOnlyMemory<byte> frames)
    {
        try
        {
            socket.Blocking = false;
            var sent = socket.Send(frames.Span, SocketFlags.None, out var fault);
            return sent == frames.Length ? default
                : fault is SocketError.Success or SocketError.WouldBlock ? SendRest(frames[Math.Max(0, sent)..])
                : ValueTask.FromException(new SocketException((int)fault));
        }
        catch (ObjectDisposedException gone)
        {
            return ValueTask.FromException(gone);
        }
    }

    private async ValueTask SendRest(ReadOnlyMemory<byte> rest)
    {
        while (rest.Length > 0)
        {
            rest = rest[await socket.SendAsync(rest, SocketFlags.None)..];
        }
    }
}

/// <summary>Into the server's own pipe, by the way that its encryption takes.</summary>
internal sealed class PipeSink(PipeWriter output) : ISink
{
    public ValueTask Write(ReadOnlyMemory<byte> frames)
    {
        var writing = output.WriteAsync(frames);
        return writing.IsCompletedSuccessfully ? Taken(writing.Result) : Finish(writing);
    }

    private static async ValueTask Finish(ValueTask<FlushResult> writing) => await Taken(await writing);

    private static ValueTask Taken(FlushResult flushed) => flushed.IsCompleted ? ValueTask.FromException(new IOException("The connection has ended.")) : default;
}

/// <summary>A connection's pipe as it came from its socket, kept before anything else could put itself between.</summary>
internal sealed record BarePipe(IDuplexPipe Pipe)
{
    /// <summary>The first of an endpoint's layers.</summary>
    public static void Keep(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new BarePipe(connection.Transport));
        return next(connection);
    });

    /// <summary>The socket, if the server's bytes go to it as they are; null under TLS and whatever else has wrapped the pipe.</summary>
    public static Socket? SocketOf(HttpContext http) =>
        http.Features.Get<ITlsHandshakeFeature>() is null
        && http.Features.Get<BarePipe>() is { } bare && ReferenceEquals(bare.Pipe, http.Features.Get<IConnectionTransportFeature>()?.Transport)
            ? http.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;
}
