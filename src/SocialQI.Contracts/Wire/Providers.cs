using System.Collections.Immutable;
using SocialQI.Institutions;

namespace SocialQI.Wire;

/// <summary>A sign-in provider of an institution (OpenID Connect), as its administrators see it. Its secret is never handed out.</summary>
/// <param name="Id">Names it; with the service's address before it, <see cref="Back"/> is what the provider is told to lead back to.</param>
/// <param name="Name">What people read on its button.</param>
/// <param name="Issuer">Who vouches: an address, exactly as the provider writes it in its tokens.</param>
/// <param name="Client">What the provider knows this service by.</param>
/// <param name="HasSecret">Whether a secret is kept.</param>
/// <param name="IsOn">Whether people come in by it.</param>
/// <param name="Mapping">What it says of somebody, in this network's words.</param>
/// <param name="Changed">When it was last set.</param>
public sealed record ProviderLine(Guid Id, string Name, string Issuer, string Client, bool HasSecret, bool IsOn, ClaimMapping Mapping, Moment Changed)
{
    /// <summary>The path that the provider leads back to.</summary>
    public string Back => $"/sign-in/back/{Id}";
}

/// <summary>Set a sign-in provider of one's institution.</summary>
/// <param name="Name">What people read on its button.</param>
/// <param name="Issuer">Who vouches: an https address, exactly as the provider writes it in its tokens; plain http on the machine itself only.</param>
/// <param name="Client">What the provider knows this service by.</param>
/// <param name="IsOn">Whether people come in by it.</param>
/// <param name="Mapping">What it says of somebody, in this network's words.</param>
/// <param name="Secret">What this service proves itself with there; null: as it was. With another issuer it is to be given anew.</param>
public sealed record ProviderSet(string Name, string Issuer, string Client, bool IsOn, ClaimMapping Mapping, string? Secret = null)
{
    /// <summary>The longest name.</summary>
    public const int NameLengthMax = 60;

    /// <summary>The longest issuer.</summary>
    public const int IssuerLengthMax = 200;

    /// <summary>The longest client id.</summary>
    public const int ClientLengthMax = 200;

    /// <summary>The longest secret.</summary>
    public const int SecretLengthMax = 500;

    /// <summary>The most providers of an institution.</summary>
    public const int Max = 10;
}

/// <summary>A way in by an institution's provider that leads to oneself.</summary>
/// <param name="Id">Names it, to remove it.</param>
/// <param name="Institution">Whose provider.</param>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Joined">Since when.</param>
/// <param name="Name">What the provider is called now; null where the institution has none with this issuer any more.</param>
public sealed record IdentityLine(Guid Id, InstitutionId Institution, string Issuer, Moment Joined, string? Name = null);

/// <summary>A provider that one can join to oneself.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Institution">Whose.</param>
/// <param name="Name">What it is called.</param>
public sealed record ProviderOffer(Guid Id, InstitutionId Institution, string Name);

/// <summary>One's own ways in by providers, and those there are to join.</summary>
public sealed record OwnIdentities(ImmutableArray<IdentityLine> Mine, ImmutableArray<ProviderOffer> Offers);
