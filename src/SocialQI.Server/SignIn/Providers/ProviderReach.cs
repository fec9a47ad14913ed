using System.Net;
using System.Net.Sockets;
using SocialQI.Server.Operate;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>
/// How this service speaks to sign-in providers: where administrators of institutions send it, and so to public addresses and the operator's networks
/// only, encrypted, without following anybody elsewhere, and never for long or for much. The machine itself is a provider's address only where this
/// service serves nobody else.
/// </summary>
internal sealed class ProviderReach : IDisposable
{
    private const int AnswerBytesMax = 256 * 1024;
    private const int HeaderKilobytesMax = 16;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(3);

    // Not public, or another name for what may not be: private, shared, link-local, of protocols and tests, translated, multicast, reserved.
    private static readonly IPNetwork[] closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
            "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private readonly IReadOnlyList<IPNetwork> open;
    private readonly bool isOfThisMachine;

    /// <param name="options">The networks that the operator has opened.</param>
    /// <param name="isOfThisMachine">Whether this service serves this machine only.</param>
    public ProviderReach(ServiceOptions options, bool isOfThisMachine)
    {
        (open, this.isOfThisMachine) = (options.OpenNetworks, isOfThisMachine);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy would connect to what is refused here.
            UseProxy = false,
            ConnectCallback = Connect,
            ConnectTimeout = ConnectWithin,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        };
        Client = new HttpClient(new Encrypted(sockets)) { Timeout = AnswerWithin, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    public HttpClient Client { get; }

    /// <summary>Whether an address names a place that is surely out of reach; where a name leads to is seen each time it is connected to.</summary>
    public bool IsClosed(Uri address) =>
        IPAddress.TryParse(address.DnsSafeHost, out var literal) ? !IsOpen(literal) : address.IsLoopback && !isOfThisMachine;

    /// <summary>Whether this service connects to an address.</summary>
    public bool IsOpen(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) ? isOfThisMachine : open.Any(n => n.Contains(plain)) || !closed.Any(n => n.Contains(plain));
    }

    /// <summary>Whether it goes there encrypted, or not out of this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    public void Dispose() => Client.Dispose();

    // The name is looked up here, and what was looked at is what is connected to.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        if (Array.FindAll(found, IsOpen) is not { Length: > 0 } addresses)
        {
            throw new OutOfReachException();
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Encrypted(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsSafe(request.RequestUri!) ? base.SendAsync(request, cancellationToken) : throw new OutOfReachException();
    }
}

/// <summary>A provider is where this service does not go.</summary>
public sealed class OutOfReachException() : HttpRequestException("The address is not one that this service connects to.");
