using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.Wire;

/// <summary>What became of an import.</summary>
/// <param name="Topic">Where the case is, or where it can be made.</param>
/// <param name="Draft">With a review: what would make it; asked of <paramref name="Topic"/> it does. Null where it is made already.</param>
/// <param name="Title">Its title.</param>
/// <param name="Facts">How many days have a fact.</param>
/// <param name="Taken">What was taken, by FHIR resource type.</param>
/// <param name="Removed">What tells, or could tell, who the patient is, and was taken out or made relative.</param>
/// <param name="LeftOut">What was not used for any other reason.</param>
public sealed record Imported(
    TopicId Topic, ImportCase? Draft, string Title, int Facts, ImmutableArray<ImportCount> Taken, ImmutableArray<ImportCount> Removed, ImmutableArray<ImportCount> LeftOut)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const int BytesMax = 50 * 1024 * 1024;
}

/// <summary>How often something was met in a file.</summary>
/// <param name="What">In our words, never the file's.</param>
/// <param name="Times">How often.</param>
/// <param name="Lines">In which lines of the file, the first <see cref="LinesMax"/>; default where a line does not say more.</param>
public sealed record ImportCount(string What, int Times, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ImmutableArray<int> Lines = default)
{
    /// <summary>So many lines are named.</summary>
    public const int LinesMax = 12;
}

/// <summary>How far an import is: one of these after the other, a line of JSON each; the last one has the result or the reason why there is none.</summary>
/// <param name="Read">So many resources were read.</param>
/// <param name="Of">Of so many.</param>
/// <param name="Imported">The result.</param>
/// <param name="Refusal">Why there is none.</param>
public sealed record ImportStep(int Read, int Of, Imported? Imported = null, Refusal? Refusal = null);
