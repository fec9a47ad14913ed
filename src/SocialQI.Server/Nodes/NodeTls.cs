using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace SocialQI.Server.Nodes;

/// <summary>
/// Connections between processes, encrypted, with both sides known by certificate: whoever has none of the cluster's hears nothing and is told nothing.
/// Without certificates they stay on the machine.
/// </summary>
internal sealed partial class NodeTls(TlsOptions options, NodeCertificates certificates)
{
    /// <summary>Long for a handshake, and what a stranger costs at most.</summary>
    public static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(5);

    private const int BufferBytes = 32 * 1024;

    private readonly Handshakes handshakes = new();
    private long toldAt = -1;

    /// <summary>Lets only processes in whose certificate is for this name.</summary>
    public Action<IConnectionBuilder> Admit(string name) => builder =>
    {
        var log = Log(builder);
        builder.Use(next => connection => Accept(connection, name, next, log));
    };

    /// <summary>Goes only to silos.</summary>
    public void Reach(IConnectionBuilder builder)
    {
        var log = Log(builder);
        builder.Use(next => connection => Connect(connection, next, log));
    }

    /// <summary>Goes nowhere but to this machine: what is said there is in the clear.</summary>
    public static void StayHere(IConnectionBuilder builder) => builder.Use(next => connection => IPAddress.IsLoopback(From(connection))
        ? next(connection)
        : throw new ConnectionAbortedException($"{connection.RemoteEndPoint} is not on this machine, and SocialQI:Tls names no certificate to go there with."));

    private async Task Accept(ConnectionContext connection, string name, ConnectionDelegate next, ILogger log)
    {
        var from = From(connection);
        if (!handshakes.TryBegin(from))
        {
            Refuse(connection, "too many at once", log);
            return;
        }
        await using var stream = new SslStream(new PipeStream(connection.Transport));
        try
        {
            using var patience = Patience(connection);
            await stream.AuthenticateAsServerAsync(Server(certificates.Now(log), name), patience.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Refuse(connection, e is AuthenticationException ? e.Message : e.GetType().Name, log);
            return;
        }
        finally
        {
            handshakes.End(from);
        }
        await Speak(connection, stream, next);
    }

    private async Task Connect(ConnectionContext connection, ConnectionDelegate next, ILogger log)
    {
        await using var stream = new SslStream(new PipeStream(connection.Transport));
        using (var patience = Patience(connection))
        {
            await stream.AuthenticateAsClientAsync(Client(certificates.Now(log)), patience.Token);
        }
        await Speak(connection, stream, next);
    }

    private static async Task Speak(ConnectionContext connection, SslStream stream, ConnectionDelegate next)
    {
        var encrypted = connection.Transport;
        var plain = new DuplexPipe(
            PipeReader.Create(stream, new(bufferSize: BufferBytes, leaveOpen: true)), PipeWriter.Create(stream, new(minimumBufferSize: BufferBytes, leaveOpen: true)));
        connection.Transport = plain;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = encrypted;
            await plain.Input.CompleteAsync();
            // With an error nothing more is written: there is nobody left who waits for it.
            await plain.Output.CompleteAsync(new ConnectionAbortedException());
        }
    }

    // Resumed sessions would outlive a certificate that was replaced.
    private static SslServerAuthenticationOptions Server(NodeCertificates.Held held, string name) => new()
    {
        ServerCertificateContext = held.Own,
        ClientCertificateRequired = true,
        CertificateChainPolicy = held.Policy,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsFor(name, certificate, errors),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    private SslClientAuthenticationOptions Client(NodeCertificates.Held held) => new()
    {
        TargetHost = options.SiloName,
        ClientCertificateContext = held.Own,
        CertificateChainPolicy = held.Policy,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsFor(options.SiloName, certificate, errors),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    private static bool IsFor(string name, X509Certificate? certificate, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None && certificate is X509Certificate2 its && its.MatchesHostname(name, allowWildcards: false, allowCommonName: false);

    private static CancellationTokenSource Patience(ConnectionContext connection)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        patience.CancelAfter(HandshakeMax);
        return patience;
    }

    private static IPAddress From(ConnectionContext connection) =>
        connection.RemoteEndPoint is not IPEndPoint { Address: var address } ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    // One line a second at most: a stranger must not fill the log.
    private void Refuse(ConnectionContext connection, string reason, ILogger log)
    {
        var (now, before) = (Environment.TickCount64 / 1_000, Interlocked.Read(ref toldAt));
        if (now != before && Interlocked.CompareExchange(ref toldAt, now, before) == before)
        {
            LogRefused(log, connection.RemoteEndPoint, reason);
        }
        connection.Abort();
    }

    private static ILogger Log(IConnectionBuilder builder) => builder.ApplicationServices.GetRequiredService<ILogger<NodeTls>>();

    [LoggerMessage(LogLevel.Warning, "Somebody at {From} wanted to speak to this process and was not let in: {Reason}")]
    private static partial void LogRefused(ILogger log, EndPoint? from, string reason);
}
