using Npgsql;
using Orleans.Configuration;
using Orleans.Storage;
using SocialQI.Grains.Topics;
using SocialQI.Server.Nodes;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary>Orleans, as a silo with everything it keeps in the service's own database, or as a client of the cluster's silos.</summary>
internal static class Cluster
{
    // Without these a woken silo may not learn of its own death for a minute; a false death under load costs one reload of its topics.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    // Left alone it grows with the answers of a silo that is about to hang, up to four times as long.
    private static readonly TimeSpan MaxProbeTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IAmAlive = TimeSpan.FromSeconds(5);

    public static void Add(WebApplicationBuilder builder, ServiceOptions options, NpgsqlDataSource? postgres)
    {
        var tls = Tls(options);
        if (options.IsSilo)
        {
            builder.UseOrleans(silo =>
            {
                AddSilo(silo, options, postgres);
                silo.Configure<SiloConnectionOptions>(o => Protect(o, options.Tls, tls));
            });
        }
        else
        {
            builder.UseOrleansClient(client =>
            {
                client.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = ("Npgsql", postgres));
                client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Cluster, options.Cluster));
                client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout);
                client.Configure<ClientConnectionOptions>(o => o.ConfigureConnection(tls is null ? NodeTls.StayHere : tls.Reach));
            });
        }
    }

    private static void AddSilo(ISiloBuilder silo, ServiceOptions options, NpgsqlDataSource? postgres)
    {
        var invariant = postgres is null ? "System.Data.SQLite" : "Npgsql";
        var source = (System.Data.Common.DbDataSource?)postgres
            ?? SqliteStore.OrleansSource(options.Data);
        if (postgres is null)
        {
            silo.UseLocalhostClustering(options.SiloPort, options.OpenGatewayPort, serviceId: options.Cluster, clusterId: options.Cluster);
        }
        else
        {
            silo.UseAdoNetClustering(o => (o.Invariant, o.DataSource) = (invariant, source));
            silo.ConfigureEndpoints(options.SiloIp!, options.SiloPort, options.OpenGatewayPort);
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Cluster, options.Cluster));
        }
        silo.UseAdoNetReminderService(o => (o.Invariant, o.DataSource) = (invariant, source));
        silo.AddAdoNetGrainStorage(Snapshots.StorageName, o =>
            (o.Invariant, o.DataSource, o.GrainStorageSerializer) = (invariant, source, new SnapshotsAsTheyAre()));
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout);
        silo.Configure<ClusterMembershipOptions>(o =>
            (o.ProbeTimeout, o.MaxProbeTimeout, o.TableRefreshTimeout, o.IAmAliveTablePublishTimeout) = (ProbeTimeout, MaxProbeTimeout, TableRefresh, IAmAlive));
        silo.Configure<GrainCollectionOptions>(o => o.EnableActivationSheddingOnMemoryPressure = true);
        silo.AddActivityPropagation();
    }

    private static void Protect(SiloConnectionOptions connections, TlsOptions names, NodeTls? tls)
    {
        if (tls is null)
        {
            connections.ConfigureSiloOutboundConnection(NodeTls.StayHere);
            return;
        }
        connections.ConfigureSiloInboundConnection(tls.Admit(names.SiloName));
        connections.ConfigureSiloOutboundConnection(tls.Reach);
        connections.ConfigureGatewayInboundConnection(tls.Admit(names.GatewayName));
    }

    private static NodeTls? Tls(ServiceOptions options) =>
        options.Tls.IsOn ? new(options.Tls, new(options.Tls, options.IsSilo ? options.Tls.SiloName : options.Tls.GatewayName)) : null;

    /// <summary>A snapshot's bytes are its own encoding.</summary>
    private sealed class SnapshotsAsTheyAre : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(((SnapshotBytes)(object)input!).Bytes);

        public T Deserialize<T>(BinaryData input) => (T)(object)new SnapshotBytes { Bytes = input.ToMemory() };
    }
}
