namespace SocialQI.Grains.Keeping;

/// <summary>Reads the tail of a store and does what follows from it: reactions in other topics, and the lists people read.</summary>
[Alias("keeper")]
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Be active.</summary>
    [Alias("wake")]
    [Door(Who.Cluster)]
    Task Wake();
}

/// <summary>Sends what is due, for one of <see cref="DueGrain.Shards"/> shares of the topics.</summary>
[Alias("due")]
public interface IDueGrain : IGrainWithIntegerKey
{
    /// <summary>Be active, and stay so after the loss of a silo.</summary>
    [Alias("wake")]
    [Door(Who.Cluster)]
    Task Wake();
}
