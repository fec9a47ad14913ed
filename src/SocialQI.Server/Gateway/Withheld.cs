using SocialQI.Ballots;
using SocialQI.Storage;

namespace SocialQI.Server.Gateway;

/// <summary>What the journal holds and nobody is handed who reads on from a number.</summary>
internal static class Withheld
{
    public const string EntryCastKind = "entry-cast";

    /// <summary>
    /// An event's bytes as followers are given them. An entry that was cast before its ballot closed leaves without its payload: what a seat said last is shown in pages where entries
    /// have names, and what it said before, or what its opinion weighs, is nobody's to read.
    /// </summary>
    public static byte[] HandedOut(this StoredEvent stored) =>
        (stored.Kind == EntryCastKind && stored.Decode().Event is not EntryCast { IsLate: true } ? stored with { Payload = null } : stored).Encode();
}
