using System.Diagnostics;
using SocialQI.Server.Terminology;
using SocialQI.Storage;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>What is meant stands first, so that one more key takes it.</summary>
[Collection(nameof(Measuring))]
public sealed class TypingAtNight
{
    private static readonly IReadOnlyList<Concept> common = StarterList.Read().Concepts;

    private static readonly (string Typed, string Code)[] meant =
        [.. TypedAtNight.Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).Select(l => (l[0], l[1]))];

    [Fact]
    public void Is_tried_with_a_hundred_questions_more() =>
        Assert.InRange(meant.Select(m => m.Typed).Except(Typed.Table.Split('\n').Select(l => l.Split('|')[0].Trim())).Count(), 100, 200);

    [Fact]
    public void Means_codes_that_are_there() => Assert.Empty(meant.Select(m => m.Code).Except(common.Select(c => c.Code)));

    [Fact]
    public void Finds_what_is_meant_first_among_the_common_ones() => Assert.Empty(Missed(new ConditionIndex([], common)));

    [Fact]
    public void Finds_what_is_meant_first_among_all_codes_and_soon()
    {
        var index = new ConditionIndex(CodeBook.Concepts, common);
        Assert.Empty(Missed(index));
        Figures.Tell("terms.typeahead.slowest", meant.Max(m => Milliseconds(index, m.Typed)), "ms");
    }

    private static string[] Missed(ConditionIndex index) =>
    [
        .. from question in meant
           let found = index.Find(question.Typed, 3).ToList()
           where found.Count == 0 || found[0].Code != question.Code
           select $"\"{question.Typed}\" finds {string.Join(", ", found.Select(l => $"{l.Code} {l.Title}"))} and not {question.Code} first",
    ];

    private static double Milliseconds(ConditionIndex index, string typed)
    {
        var start = Stopwatch.GetTimestamp();
        index.Find(typed, 8);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
