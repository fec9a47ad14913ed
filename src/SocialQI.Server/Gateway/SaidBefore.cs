using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>What a contribution said, each time it was written.</summary>
internal static class SaidBefore
{
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
