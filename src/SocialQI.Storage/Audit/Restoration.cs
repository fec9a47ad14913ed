namespace SocialQI.Storage.Audit;

/// <summary>How a store went on from a copy.</summary>
/// <param name="Previous">The epoch that was copied.</param>
/// <param name="Epoch">The epoch since.</param>
/// <param name="Position">The last position of the copy.</param>
/// <param name="Acts">The id of the last row of the audit in the copy.</param>
public sealed record Restoration(string Previous, string Epoch, long Position, long Acts);
