using System.Net;
using System.Net.Sockets;

namespace SocialQI.Tests;

/// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>Below the ports that the system gives to outgoing connections: one of those could take ours while whoever listens on it is down.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
