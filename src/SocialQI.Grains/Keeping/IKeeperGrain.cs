namespace SocialQI.Grains.Keeping;

/// <summary>Reads the tail of a store and does what follows from it: reactions in other topics, and the lists people read.</summary>
[Alias("keeper")]
public interface IKeeperGrain : IGrainWithStringKey
{
    /// <summary>Be active.</summary>
    [Alias("wake")]
    [Door(Who.Cluster)]
    Task Wake();

    /// <summary>Makes some more of a list again from the journal; see <see cref="Remakes"/>.</summary>
    [Alias("make-again")]
    [Door(Who.Cluster)]
    Task<RemadeSome> MakeAgain(string list, bool anew);
}

/// <summary>How far the making again of a list has come.</summary>
/// <param name="Done">So many topics.</param>
/// <param name="Total">Of so many.</param>
/// <param name="IsDone">Whether that was the last of it.</param>
[GenerateSerializer, Immutable, Alias("remade-some")]
public sealed record RemadeSome([property: Id(0)] long Done, [property: Id(1)] long Total, [property: Id(2)] bool IsDone);

/// <summary>Sends what is due, for one of <see cref="DueGrain.Shards"/> shares of the topics.</summary>
[Alias("due")]
public interface IDueGrain : IGrainWithIntegerKey
{
    /// <summary>Be active, and stay so after the loss of a silo.</summary>
    [Alias("wake")]
    [Door(Who.Cluster)]
    Task Wake();
}
