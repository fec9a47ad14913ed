using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
/// <param name="IdleSeconds">After so long without anything done, one is signed out; 0: it is not known.</param>
public sealed record Me(
    ClinicianId Id, string Name, InstitutionId? Acting, ImmutableArray<Affiliation> Affiliations, ImmutableArray<Membership> Communities, string Epoch, int IdleSeconds = 0)
{
    /// <summary>The institutions whose cases they may see in an emergency, beside those whose privacy they keep; default when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<InstitutionId> Designated { get; init; }
}

/// <summary>Lines of a list, a page of it.</summary>
/// <param name="Lines">In the list's order.</param>
/// <param name="Next">Given as <c>after</c>, it brings the lines that come after these; null when there are none.</param>
/// <param name="Refusal">Why there are none to be had.</param>
public sealed record Listed<T>(ImmutableArray<T> Lines, string? Next = null, Refusal? Refusal = null);

/// <summary>A case in a list.</summary>
/// <param name="Topic">Which; its home is in the name.</param>
/// <param name="Title">Its title; of a hallway thread, its line.</param>
/// <param name="Question">The one question it asks.</param>
/// <param name="Condition">The condition it is about.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="IsHallway">Whether it is still a hallway thread.</param>
/// <param name="Author">Who began it.</param>
/// <param name="Number">Its last event.</param>
/// <param name="Contributions">How many contributions it has.</param>
/// <param name="Moved">When it last moved: something was said or became known, a section was written, it was opened, closed or described anew.</param>
/// <param name="Communities">The communities it is open to.</param>
/// <param name="Last">The last contribution; null where there is none.</param>
public sealed record CaseLine(
    TopicId Topic, string Title, string Question, Condition? Condition, CaseStage Stage, bool IsHallway,
    ClinicianId Author, long Number, long Contributions, Moment Moved, ImmutableArray<CommunityId> Communities, LastSaid? Last = null);

/// <summary>The last contribution to a case, without its words.</summary>
public sealed record LastSaid(long Number, ContributionKind Kind, ClinicianId By, Moment At);

/// <summary>Which cases of those that a person may see. Everything asked for must be so.</summary>
/// <param name="Community">Open to this community.</param>
/// <param name="Condition">A code or the beginning of one, with or without its dot; or words of the condition's name.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Mine">Begun by who asks.</param>
/// <param name="Followed">Followed by who asks.</param>
/// <param name="Live">Moved within the last <see cref="LiveMinutes"/>.</param>
/// <param name="Hallway">True: hallway threads only; false: none of them.</param>
/// <param name="Topics">One of these; null: any.</param>
public sealed record CaseFilter(
    CommunityId? Community = null, string? Condition = null, CaseStage? Stage = null, bool Mine = false, bool Followed = false, bool Live = false, bool? Hallway = null,
    IReadOnlyCollection<TopicId>? Topics = null)
{
    /// <summary>A case is live for so many minutes after something was added to it.</summary>
    public const int LiveMinutes = 15;
}

/// <summary>A case whose outcome is waited for.</summary>
/// <param name="Case">Which.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Due">When the outcome is to be known.</param>
/// <param name="Who">Who will say it.</param>
public sealed record OutcomeLine(TopicId Case, string Title, Moment Due, ClinicianId Who);

/// <summary>A community in a list.</summary>
public sealed record CommunityLine(CommunityId Community, string Name, string Purpose, long Number, bool IsMember);

/// <summary>A member in a list.</summary>
/// <param name="Who">The person.</param>
/// <param name="Role">What they are in the community.</param>
/// <param name="Person">What the directory knows of them; null for a moment after they were registered.</param>
public sealed record MemberLine(ClinicianId Who, CommunityRole Role, DirectoryEntry? Person = null);

/// <summary>Which people of the network. Everything asked for must be so.</summary>
/// <param name="Name">Parts of the name, in any order, without regard to case and accents.</param>
/// <param name="Specialty">A part of the field.</param>
/// <param name="Grade">What they are by training.</param>
/// <param name="Institution">Where they are now.</param>
public sealed record PeopleFilter(string? Name = null, string? Specialty = null, Grade? Grade = null, InstitutionId? Institution = null);

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

/// <summary>What a hidden contribution says, to who may look at it.</summary>
/// <param name="Said">As it stood when it was hidden. Its images are shown to nobody meanwhile.</param>
/// <param name="Revisions">All that it ever said, the oldest first, by the events that wrote it: to destroy it is to redact each.</param>
public sealed record HiddenText(Cases.Contribution Said, Revision[] Revisions);
