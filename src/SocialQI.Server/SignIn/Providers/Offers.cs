using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>Which institutions' providers people can come in by, for who stands before the door.</summary>
internal sealed class Offers(Stores stores)
{
    private const int InstitutionsMax = 500;

    /// <summary>The institutions, and the providers of one of them.</summary>
    /// <param name="at">Its name in an address; of any other there are no providers.</param>
    /// <param name="stop">Ends the asking.</param>
    public async Task<Offered> At(string? at, CancellationToken stop)
    {
        var on = await stores.Default.Providers.On(InstitutionsMax, stop);
        if (on.Count == 0)
        {
            return Offered.Nothing;
        }
        var places = on.Select(p => p.Institution).ToHashSet();
        var named = (await stores.Default.Tables.Institutions(0, InstitutionsMax, stop)).Where(i => places.Contains(i.Institution)).ToList();
        InstitutionId? chosen = InstitutionId.TryParse(at, out var id) && places.Contains(id) ? id : named is [var only] ? only.Institution : null;
        return new(named, chosen, [.. on.Where(p => p.Institution == chosen)]);
    }
}

/// <summary>What is offered to who stands before the door.</summary>
public sealed record Offered(IReadOnlyList<InstitutionLine> Institutions, InstitutionId? Chosen, IReadOnlyList<Provider> Providers)
{
    public static readonly Offered Nothing = new([], null, []);
}
