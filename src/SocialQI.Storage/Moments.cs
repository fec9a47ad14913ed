using System.Diagnostics;

namespace SocialQI.Storage;

/// <summary>
/// Moments at which it is worst to lose the process. They are told by .NET's own way to watch a process from within; nothing in the product listens, and then
/// telling one costs a comparison. The tests of the cluster listen, and end the process at each.
/// </summary>
public static class Moments
{
    /// <summary>Under which name they are told.</summary>
    public const string Source = "SocialQI.Moments";

    /// <summary>A batch is about to be committed.</summary>
    public const string BeforeCommit = "before-commit";

    /// <summary>The database has a batch, and has not answered.</summary>
    public const string DuringCommit = "during-commit";

    /// <summary>A batch is durable, and nobody knows.</summary>
    public const string AfterCommit = "after-commit";

    /// <summary>Commands were answered, and no follower has heard of them.</summary>
    public const string AfterAnswer = "after-answer";

    /// <summary>One gateway has heard of an event, and others have not.</summary>
    public const string AfterSomeFanOut = "after-some-fan-out";

    /// <summary>A client is being sent what waits for it.</summary>
    public const string WhileSending = "while-sending";

    /// <summary>A snapshot is about to be written.</summary>
    public const string BeforeSnapshot = "before-snapshot";

    /// <summary>Somebody's rights have changed, and their gateway is about to learn of it.</summary>
    public const string BeforePassport = "before-passport";

    /// <summary>A checkpoint of the audit is about to be kept.</summary>
    public const string BeforeCheckpoint = "before-checkpoint";

    private static readonly DiagnosticListener listener = new(Source);

    /// <summary>It is this moment now.</summary>
    public static void At(string moment)
    {
        if (listener.IsEnabled())
        {
            listener.Write(moment, null);
        }
    }
}
