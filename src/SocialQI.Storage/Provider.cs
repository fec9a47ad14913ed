using SocialQI.Institutions;

namespace SocialQI.Storage;

/// <summary>A sign-in provider of an institution.</summary>
/// <param name="Id">Names it for good.</param>
/// <param name="Institution">Whose it is.</param>
/// <param name="Name">What people read on its button.</param>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Client">What the provider knows this service by.</param>
/// <param name="Secret">What this service proves itself with there, encrypted; null where there is none.</param>
/// <param name="IsOn">Whether people come in by it.</param>
/// <param name="Mapping">What it says of somebody, in this network's words.</param>
/// <param name="Changed">When it was last set; another moment with every change.</param>
/// <param name="By">Who set it.</param>
public sealed record Provider(
    Guid Id, InstitutionId Institution, string Name, string Issuer, string Client, string? Secret, bool IsOn, ClaimMapping Mapping, Moment Changed, ClinicianId By);

/// <summary>Who somebody is where they come from.</summary>
/// <param name="Institution">Whose provider says so.</param>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Name">Who it is there.</param>
public sealed record Subject(InstitutionId Institution, string Issuer, string Name)
{
    /// <summary>The longest name of a subject; OpenID Connect has none longer.</summary>
    public const int NameLengthMax = 255;
}

/// <summary>That a subject is a person here.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Subject">Who they are where they come from.</param>
/// <param name="Person">Who they are here.</param>
/// <param name="Joined">Since when.</param>
public sealed record Identity(Guid Id, Subject Subject, ClinicianId Person, Moment Joined);
