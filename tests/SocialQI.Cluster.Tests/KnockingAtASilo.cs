using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The ports by which processes speak to each other answer the cluster's own, and nobody else.</summary>
[Collection<AtTheHospitals>]
public sealed class KnockingAtASilo(Hospitals hospitals)
{
    private const int HandshakesOfOneAddressMax = 16;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_a_stranger_is_told_nothing_and_disturbs_nobody()
    {
        using var others = new Authority();
        using var another = others.Sign(Authority.Silo);
        using var anothersGateway = others.Sign(Authority.Gateway);
        using var expired = hospitals.Authority.Sign(Authority.Silo, isExpired: true);
        using var expiredGateway = hospitals.Authority.Sign(Authority.Gateway, isExpired: true);
        using var gateway = hospitals.Authority.Sign(Authority.Gateway);
        using var silo = hospitals.Authority.Sign(Authority.Silo);
        await using var ward = await WriteAndFollow();

        await ShowsOut(hospitals.Silo.SiloPort, silo, null, another, expired, gateway);
        await ShowsOut(hospitals.Both.SiloPort, silo, null, another, expired, gateway);
        await ShowsOut(hospitals.Silo.GatewayPort, gateway, null, anothersGateway, expiredGateway, silo);

        await ward.Calm();
        Finding.None(await ward.Check(() => JournalRows.OfPostgres(hospitals.Database, ward.Topics)));
        Assert.Equal(2, await ActiveSilos());
    }

    [Fact]
    public async Task And_saying_nothing_takes_up_no_more_than_a_few_places_for_a_few_seconds()
    {
        var silent = new List<Knock>();
        foreach (var _ in Enumerable.Range(0, HandshakesOfOneAddressMax))
        {
            silent.Add(await Knock.At(hospitals.Silo.SiloPort));
        }
        await using (var oneMore = await Knock.At(hospitals.Silo.SiloPort))
        {
            var first = await Task.WhenAny([oneMore.Speak(), .. silent.Select(s => s.Speak())]);
            Assert.Null(await first);
        }
        await Task.WhenAll(silent.Select(s => s.Speak()));
        foreach (var knock in silent)
        {
            await knock.DisposeAsync();
        }

        using var silo = hospitals.Authority.Sign(Authority.Silo);
        await using var welcome = await Knock.At(hospitals.Silo.SiloPort);
        Assert.NotNull(await welcome.Introduce(silo));
    }

    [Fact]
    public async Task Meets_the_certificate_that_its_file_has_now()
    {
        using var own = hospitals.Authority.Sign(Authority.Silo);
        using var renewed = hospitals.Authority.Sign(Authority.Silo);
        hospitals.Authority.Put(Hospitals.SilosFile, renewed);
        Assert.Equal(renewed.GetCertHashString(), await Met(own));

        using var expired = hospitals.Authority.Sign(Authority.Silo, isExpired: true);
        var said = hospitals.Silo.Says("cannot be used, those read before stay: ");
        hospitals.Authority.Put(Hospitals.SilosFile, expired);
        Assert.Equal(renewed.GetCertHashString(), await Met(own));
        await Ward.Within("the fault in its log", said, () => hospitals.Silo.Said);
    }

    [Fact]
    public async Task By_the_door_for_gateways_finds_it_shut_where_one_process_is_both() =>
        Assert.Equal(SocketError.ConnectionRefused, (await Assert.ThrowsAsync<SocketException>(() => Knock.At(hospitals.Both.GatewayPort))).SocketErrorCode);

    // Whoever is let in is spoken to, or waited for a while: a stranger goes while one stays who came before.
    private static async Task ShowsOut(int port, X509Certificate2 fit, params X509Certificate2?[] unfit)
    {
        foreach (var certificate in unfit)
        {
            await using var welcome = await Knock.At(port);
            Assert.NotNull(await welcome.Introduce(fit));
            var stays = welcome.Listen();
            await using var stranger = await Knock.At(port);
            await stranger.Introduce(certificate);
            Assert.Null(await stranger.Listen());
            Assert.False(stays.IsCompleted && await stays is null, $"Port {port} did not keep {fit.Subject}.");
        }
        foreach (var words in (byte[][])[[], "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), RandomNumberGenerator.GetBytes(10_000)])
        {
            await using var knock = await Knock.At(port);
            Assert.Null(await knock.Speak(words));
        }
    }

    private async Task<string?> Met(X509Certificate2 own)
    {
        await using var knock = await Knock.At(hospitals.Silo.SiloPort);
        return await knock.Introduce(own);
    }

    private async Task<Ward> WriteAndFollow()
    {
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        var ward = new Ward();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await ward.Start(imani, hospitals.Edge.Address, new(VisibilityKind.Network));
        }
        ward.AddFollower(wen, hospitals.Both.Address);
        foreach (var topic in ward.Topics)
        {
            ward.AddWriter(imani, topic, hospitals.Edge.Address);
        }
        await ward.Calm();
        return ward;
    }

    private async Task<long> ActiveSilos()
    {
        await using var source = NpgsqlDataSource.Create(hospitals.Database + ";Pooling=false");
        await using var count = source.CreateCommand("select count(*) from orleansmembershiptable where status = 3");
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }
}
