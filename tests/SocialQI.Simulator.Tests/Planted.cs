namespace SocialQI.Simulator.Tests;

/// <summary>Bugs that can be planted around the service's own code: in the database, the network, the processes' surroundings, the client's connection.</summary>
internal enum Planted
{
    Nothing,

    /// <summary>The journal takes an append whatever number it was made for.</summary>
    NumberNotCompared,

    /// <summary>The journal answers before its commit, which a loss of power can still prevent.</summary>
    AcknowledgedBeforeCommit,

    /// <summary>The journal forgets which commands were done.</summary>
    CommandsForgotten,

    /// <summary>An append that is broken off leaves its first event behind.</summary>
    TornAppend,

    /// <summary>A restore leaves the epoch as it was.</summary>
    EpochKept,

    /// <summary>A silo tells the gateways of events that are not committed yet.</summary>
    ToldBeforeCommit,

    /// <summary>A gateway gives one caller's answer to another.</summary>
    AnswersCrossed,

    /// <summary>A client makes a new id for each attempt.</summary>
    NewIdForEachAttempt,

    /// <summary>A client does not ask for what it misses.</summary>
    GapNotAskedFor,

    /// <summary>A client takes what arrives for what comes next, whatever its number.</summary>
    NumbersIgnored,
}
