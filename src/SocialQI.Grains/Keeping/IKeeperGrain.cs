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

    /// <summary>Compares what is kept of some more topics, after one, with the journal; see <see cref="Comparisons"/>.</summary>
    [Alias("compare")]
    [Door(Who.Cluster)]
    Task<ComparedSome> Compare(string what, string after, int max);
}

/// <summary>What reads the tail, by the names under which it keeps how far it has come.</summary>
public static class TailReaders
{
    /// <summary>Does in other topics what follows from an event in one.</summary>
    public const string Reactions = "reactions";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Storage.ListNames.All, Reactions];
}

/// <summary>What can be compared with the journal.</summary>
public static class Comparable
{
    /// <summary>So many topics at most in one go.</summary>
    public const int TopicsMax = 20;

    /// <summary>The lists, and the snapshots from which topics wake.</summary>
    public static IReadOnlyList<string> All { get; } = [KeptSnapshots.Called, .. Storage.ListNames.All];
}

/// <summary>What comparing some topics came to.</summary>
/// <param name="Through">The last of them.</param>
/// <param name="Compared">So many.</param>
/// <param name="Others">Those for which what is kept is not what the journal says, each named once.</param>
/// <param name="Strays">How much is kept of topics that do not exist; told at the end.</param>
/// <param name="IsLate">Nothing was compared: what has happened in one of them is yet to be read from the tail.</param>
/// <param name="IsDone">There are no more.</param>
[GenerateSerializer, Immutable, Alias("compared-some")]
public sealed record ComparedSome(
    [property: Id(0)] string Through, [property: Id(1)] int Compared, [property: Id(2)] IReadOnlyList<string> Others, [property: Id(3)] long Strays,
    [property: Id(4)] bool IsLate, [property: Id(5)] bool IsDone);

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
