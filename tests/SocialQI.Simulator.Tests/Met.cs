namespace SocialQI.Simulator.Tests;

/// <summary>What a simulation can run into. If nobody ever met one of these, that they keep every promise says nothing of it.</summary>
internal enum Met
{
    /// <summary>An append that was made for a number which is another one's by now.</summary>
    LostRace,

    /// <summary>A commit of which nobody was told.</summary>
    ConcealedCommit,

    /// <summary>An append that was broken off before its commit.</summary>
    BrokenAppend,

    /// <summary>The database did nothing, and said so.</summary>
    RefusedByDatabase,

    DatabaseDown,
    Restore,
    SiloCrash,
    FrozenSilo,
    GatewayCrash,
    FrozenGateway,
    CutCable,

    /// <summary>An activation that goes on after another took over.</summary>
    Zombie,

    /// <summary>An activation that ended as nobody needed it.</summary>
    Deactivation,

    /// <summary>An activation that began from a snapshot.</summary>
    SnapshotRead,

    LostMessage,
    DuplicateMessage,

    /// <summary>A client that was told to catch up.</summary>
    CatchUp,
}
