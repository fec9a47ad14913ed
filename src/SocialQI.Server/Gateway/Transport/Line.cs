using System.IO.Pipelines;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace SocialQI.Server.Gateway.Transport;

/// <summary>A client's WebSocket as the hub sees it: a connection whose pipes are <see cref="FrameReader"/> and <see cref="FramedWriter"/>.</summary>
internal sealed class Line : ConnectionContext, IDuplexPipe, IConnectionUserFeature, IHttpContextFeature, IConnectionHeartbeatFeature,
    IConnectionInherentKeepAliveFeature, IConnectionLifetimeNotificationFeature, IConnectionLifetimeFeature
{
    private static readonly byte[] ping = Frame.Of(Frame.Text, [.. "{\"type\":6}"u8, HubMessages.RecordSeparator]);

    private readonly IConnectionLifetimeFeature lifetime;
    private readonly CancellationTokenSource closing;
    private readonly FrameReader reader;
    private List<(Action<object> Act, object State)> beats = [];
    private IDictionary<object, object?>? items;
    private volatile bool isOver;

    /// <param name="http">The request that was upgraded.</param>
    /// <param name="leaving">When the process is about to end.</param>
    public Line(HttpContext http, CancellationToken leaving)
    {
        (HttpContext, User, closing) = (http, http.User, CancellationTokenSource.CreateLinkedTokenSource(leaving));
        ConnectionClosedRequested = closing.Token;
        lifetime = http.Features.GetRequiredFeature<IConnectionLifetimeFeature>();
        Outlet = new(ISink.Of(http), Abort);
        reader = new(http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Input, Outlet);
        Output = new FramedWriter(Outlet);
        ConnectionClosed = lifetime.ConnectionClosed;
        Features = Named();
    }

    public Outlet Outlet { get; }

    public override string ConnectionId { get; set; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => items ??= new Dictionary<object, object?>();
        set => items = value;
    }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input => reader;

    public PipeWriter Output { get; }

    public override CancellationToken ConnectionClosed { get; set; }

    public CancellationToken ConnectionClosedRequested { get; set; }

    public ClaimsPrincipal? User { get; set; }

    public HttpContext? HttpContext { get; set; }

    public bool HasInherentKeepAlive => true;

    public void OnHeartbeat(Action<object> action, object state) => beats = [.. beats, (action, state)];

    /// <summary>Cuts the line.</summary>
    public override void Abort()
    {
        // After its end the server has forgotten it, and would throw.
        if (!isOver)
        {
            lifetime.Abort();
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    /// <summary>The hub says goodbye, and that the client may come back.</summary>
    public void RequestClose()
    {
        try
        {
            closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Once a second: whether the client still speaks, takes what is written, and is to be told that somebody is there.</summary>
    public void Beat(TimeSpan pingAfter)
    {
        foreach (var (act, state) in beats)
        {
            act(state);
        }
        var now = Environment.TickCount64;
        if (Outlet.Owner is { WritingSince: { } since } && now - since > Connection.WriteMax.TotalMilliseconds)
        {
            Outlet.End();
        }
        else if (Outlet.Owner is not null && now - Outlet.WrittenAt >= pingAfter.TotalMilliseconds)
        {
            Outlet.Reply(ping);
        }
    }

    /// <summary>The hub has done with it: says goodbye and waits a moment for the client's.</summary>
    public async Task End(TimeSpan within)
    {
        if (!ConnectionClosed.IsCancellationRequested && (reader.HasClosed || Outlet.Close(Frame.Closing(Frame.Normal))))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ConnectionClosed);
            patience.CancelAfter(within);
            await reader.UntilClosed(patience.Token);
        }
        else
        {
            Abort();
        }
        isOver = true;
        closing.Dispose();
    }

    private FeatureCollection Named()
    {
        var features = new FeatureCollection(10);
        features.Set<IConnectionUserFeature>(this);
        features.Set<IHttpContextFeature>(this);
        features.Set<IConnectionHeartbeatFeature>(this);
        features.Set<IConnectionInherentKeepAliveFeature>(this);
        features.Set<IConnectionLifetimeNotificationFeature>(this);
        features.Set<IConnectionLifetimeFeature>(this);
        features.Set(Outlet);
        return features;
    }
}
