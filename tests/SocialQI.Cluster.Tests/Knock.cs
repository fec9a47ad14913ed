using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SocialQI.Cluster.Tests;

/// <summary>Somebody who comes to a port where only the cluster's own processes are spoken to.</summary>
internal sealed class Knock : IAsyncDisposable
{
    private const int TlsAlert = 0x15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient tcp = new();
    private SslStream? tls;

    public static async Task<Knock> At(int port)
    {
        var knock = new Knock();
        try
        {
            await knock.tcp.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // Shown out before it had come in: whatever it says now, nobody hears.
        }
        return knock;
    }

    /// <summary>Speaks TLS, with a certificate or without, and believes everybody; returns whom it met, if that came about.</summary>
    public async Task<string?> Introduce(X509Certificate2? certificate)
    {
        tls = new SslStream(tcp.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = Authority.Silo,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
                RemoteCertificateValidationCallback = (_, met, _, _) => met is not null,
            }).WaitAsync(Patience);
            return tls.RemoteCertificate?.GetCertHashString();
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return null;
        }
    }

    /// <summary>Waits to be told something after that, or to be shown out: then null.</summary>
    public Task<int?> Listen() => tls is null ? throw new InvalidOperationException("Nobody was introduced.") : Heard(tls);

    /// <summary>Says something else than TLS, or nothing; returns what it was told before it was shown out, other than that this is TLS.</summary>
    public async Task<int?> Speak(params byte[] words)
    {
        try
        {
            await tcp.GetStream().WriteAsync(words);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
        return await Heard(tcp.GetStream()) is { } first and not TlsAlert ? first : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (tls is not null)
        {
            await tls.DisposeAsync();
        }
        tcp.Dispose();
    }

    private static async Task<int?> Heard(Stream stream)
    {
        var first = new byte[1];
        try
        {
            return await stream.ReadAsync(first).AsTask().WaitAsync(Patience) == 1 ? first[0] : null;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
