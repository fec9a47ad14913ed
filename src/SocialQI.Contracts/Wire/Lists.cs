using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Clinicians;

namespace SocialQI.Wire;

/// <summary>Who is signed in.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Acting">The institution they act for; null when no affiliation holds.</param>
/// <param name="Affiliations">Where they may act now.</param>
/// <param name="Communities">Their communities.</param>
/// <param name="Epoch">The store's epoch.</param>
public sealed record Me(ClinicianId Id, string Name, InstitutionId? Acting, ImmutableArray<Affiliation> Affiliations, ImmutableArray<Membership> Communities, string Epoch);

/// <summary>A case in a list.</summary>
public sealed record CaseLine(
    TopicId Topic, string Title, string Question, Condition? Condition, CaseStage Stage, bool IsHallway,
    ClinicianId Author, long Number, long Contributions, Moment Moved, ImmutableArray<CommunityId> Communities);

/// <summary>A community in a list.</summary>
public sealed record CommunityLine(CommunityId Community, string Name, string Purpose, long Number, bool IsMember);

/// <summary>A member in a list.</summary>
public sealed record MemberLine(ClinicianId Who, CommunityRole Role);

/// <summary>What everybody may know of a person.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Specialty">Their field.</param>
/// <param name="Grade">What they are by training.</param>
/// <param name="Institutions">Where they are now.</param>
/// <param name="Version">Grows when any of it changes.</param>
public sealed record DirectoryEntry(ClinicianId Id, string Name, string Specialty, Grade Grade, ImmutableArray<InstitutionId> Institutions, long Version);

/// <summary>An institution in a list.</summary>
public sealed record InstitutionLine(InstitutionId Institution, string Name);

/// <summary>What a contribution said before it was written anew.</summary>
/// <param name="Number">The event that wrote it so.</param>
/// <param name="At">When.</param>
/// <param name="Text">Its words; empty when they were redacted.</param>
public sealed record Revision(long Number, Moment At, string Text);
