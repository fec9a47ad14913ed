namespace SocialQI.Wire;

/// <summary>Somebody of an institution, as its administrators see them.</summary>
/// <param name="Who">The person.</param>
/// <param name="Role">What they are there.</param>
/// <param name="From">Since when, or from when on.</param>
/// <param name="Until">Until when; null: no end.</param>
/// <param name="Person">What the directory knows of them; null for a moment after they were registered.</param>
public sealed record StaffLine(ClinicianId Who, InstitutionRole Role, Moment From, Moment? Until, DirectoryEntry? Person = null)
{
    /// <summary>Whether they may see the institution's cases in an emergency.</summary>
    public bool Designated { get; init; }

    /// <summary>Whether they may not sign in by the institution's accounts.</summary>
    public bool SignInClosed { get; init; }
}

/// <summary>Somebody new at an institution.</summary>
/// <param name="User">The name they sign in with.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Specialty">Their field.</param>
/// <param name="Grade">What they are by training.</param>
/// <param name="Role">What they are there.</param>
public sealed record NewPerson(string User, string Name, string Specialty, Clinicians.Grade Grade, InstitutionRole Role);

/// <summary>Somebody may choose a password.</summary>
/// <param name="Who">The person.</param>
/// <param name="User">The name they sign in with.</param>
/// <param name="Link">The path of the page where they choose their password: used once, within three days; told this once and kept nowhere as it is.</param>
public sealed record Registered(ClinicianId Who, string User, string Link);

/// <summary>One's own password is another from now on.</summary>
/// <param name="User">The name one signs in with.</param>
/// <param name="Current">The one until now.</param>
/// <param name="Next">The one from now on.</param>
public sealed record NewPassword(string User, string Current, string Next);
