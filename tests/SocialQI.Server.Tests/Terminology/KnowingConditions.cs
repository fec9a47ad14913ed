using SocialQI.Cases;
using SocialQI.Server.Terminology;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>The starter list as it ships.</summary>
public sealed class KnowingConditions
{
    private static readonly IReadOnlyList<Concept> List = StarterList.Read().Concepts;

    [Fact]
    public void Means_at_least_four_hundred() => Assert.InRange(List.Count, 400, 2_000);

    [Fact]
    public void Gives_each_a_code_of_the_right_shape_with_its_dot() => Assert.Empty(List.Where(c => !Condition.IsCode(c.Code) || c.Code != Server.Terminology.Concepts.Dotted(c.Code)).Select(c => c.Code));

    [Fact]
    public void Gives_no_code_twice() => Assert.Empty(List.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Gives_each_a_title_and_synonyms_that_can_be_a_cases_condition() =>
        Assert.Empty(List.Where(c => c.Synonyms.IsEmpty || c.Synonyms.Prepend(c.Title).Any(t => PlainText.RefuseLine("text", t, Condition.TextLengthMax) is not null)).Select(c => c.Code));

    [Fact]
    public void Says_nothing_twice_of_one() =>
        Assert.Empty(List.Where(c => c.Synonyms.Prepend(c.Title).Distinct(StringComparer.OrdinalIgnoreCase).Count() != c.Synonyms.Length + 1).Select(c => c.Code));

    [Fact]
    public void Covers_every_chapter_that_rounds_speak_of() => Assert.DoesNotContain("ABCDEFGHIJKLMNOPQRST", chapter => List.Count(c => c.Code[0] == chapter) < 5);
}
