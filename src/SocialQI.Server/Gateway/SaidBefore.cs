using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>What a contribution or an entry said, each time it was written.</summary>
internal static class SaidBefore
{
    private const int EntriesMax = 50;

    /// <summary>What somebody entered in a ballot, the newest first.</summary>
    public static async Task<EntryBefore[]> By(ClinicianId person, TopicId ballot, IJournal journal, CancellationToken stop) =>
    [
        .. (await journal.ReadBy(ballot, person, Withheld.EntryCastKind, EntriesMax, stop)).Select(e => e.Decode())
            .Where(e => e.Event is EntryCast).Select(e => new EntryBefore(e.At, ((EntryCast)e.Event).Entry)),
    ];

    /// <summary>What a contribution said.</summary>
    public static Revision[] In(IEnumerable<StoredEvent> events, long number) =>
    [
        .. events.Select(e => e.Decode()).Select(e => e.Event switch
        {
            ContributionPosted it => new Revision(e.N, e.At, it.Text),
            FactAdded it => new Revision(e.N, e.At, it.Text),
            ContributionEdited it when it.Number == number => new Revision(e.N, e.At, it.Text),
            _ => null,
        }).OfType<Revision>(),
    ];
}
