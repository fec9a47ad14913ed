using SocialQI.Server.Terminology;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>What a clinician types finds what is meant: among the common conditions alone, and among 75,000 codes that know nothing of these words.</summary>
public sealed class FindingACondition
{
    private const int Shown = 5;

    private static readonly IReadOnlyList<Concept> Common = StarterList.Read().Concepts;
    private static readonly Lazy<ConditionIndex> Alone = new(() => new ConditionIndex([], Common));
    private static readonly Lazy<ConditionIndex> InTheBook = new(() => new ConditionIndex(CodeBook.Concepts, Common));

    /// <summary>What is typed, and the code meant.</summary>
    private static readonly (string Typed, string Code)[] Meant = [.. Typed.Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).Select(l => (l[0], l[1]))];

    [Fact]
    public void Is_tried_with_a_hundred_questions() => Assert.InRange(Meant.DistinctBy(m => m.Typed).Count(), 100, 200);

    [Fact]
    public void Among_the_common_ones_is_within_the_first_five() => Assert.Empty(Missed(Alone.Value));

    [Fact]
    public void Among_all_codes_is_within_the_first_five() => Assert.Empty(Missed(InTheBook.Value));

    [Theory]
    [InlineData("I21")]
    [InlineData("i21.")]
    [InlineData("i219")]
    [InlineData("I21.9")]
    public void By_its_code_needs_no_dot_and_no_capital(string typed) => Assert.Equal("I21.9", Alone.Value.Find(typed, 20).First(l => l.Code is not ("I21.3" or "I21.4" or "I21.A1")).Code);

    [Fact]
    public void By_its_whole_code_is_first() => Assert.Equal("K50.90", InTheBook.Value.Find("k5090", 5)[0].Code);

    [Fact]
    public void Says_by_which_word_it_was_found()
    {
        Assert.Equal("heart attack", Alone.Value.Find("hart attack", 5).First(l => l.Code == "I21.9").FoundBy);
        Assert.Equal("MI", Alone.Value.Find("mi", 5)[0].FoundBy);
        Assert.Null(Alone.Value.Find("myocardial infarction acute", 5)[0].FoundBy);
        Assert.Null(Alone.Value.Find("I21.9", 5)[0].FoundBy);
    }

    [Fact]
    public void Shows_the_title_of_the_loaded_list() => Assert.StartsWith("Zz", InTheBook.Value.Find("heart attack", 5)[0].Title, StringComparison.Ordinal);

    [Fact]
    public void Prefers_the_whole_word_to_a_beginning_and_a_beginning_to_a_slip()
    {
        var index = new ConditionIndex([new("A00.1", "Gouty tophus", []), new("A00.2", "Gout", []), new("A00.3", "Goat bite", []), new("A00.4", "Gout of the great toe after a long night", [])], []);
        Assert.Equal(["A00.2", "A00.4", "A00.1", "A00.3"], index.Find("gout", 5).Select(l => l.Code));
    }

    [Fact]
    public void Puts_common_and_short_ones_first()
    {
        var index = new ConditionIndex(
            [new("A00.1", "Fever", []), new("A00.2", "Fever in a returning traveller, unspecified", []), new("A00.3", "Fever of trench", [])],
            [new("A00.2", "Traveller's fever", [])]);
        Assert.Equal(["A00.1", "A00.2", "A00.3"], index.Find("fever", 5).Select(l => l.Code));
        Assert.Equal(["A00.2", "A00.1", "A00.3"], index.Find("feve", 5).Select(l => l.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!?.,")]
    [InlineData("xqzwv")]
    public void That_nobody_has_finds_nothing(string typed) => Assert.Empty(InTheBook.Value.Find(typed, 5));

    [Fact]
    public void Not_of_the_loaded_list_is_not_offered() =>
        Assert.DoesNotContain(new ConditionIndex([new("A00.0", "Cholera", [])], Common).Find("heart attack", 20), l => l.Code == "I21.9");

    [Fact]
    public void Gives_no_more_than_asked_for_and_none_twice()
    {
        var found = InTheBook.Value.Find("fracture", 20).Select(l => l.Code).ToList();
        Assert.Equal(20, found.Distinct().Count());
    }

    private static IEnumerable<string> Missed(ConditionIndex index) =>
        from meant in Meant
        let found = index.Find(meant.Typed, Shown).Select(l => l.Code).ToList()
        where !found.Contains(meant.Code)
        select $"\"{meant.Typed}\" finds {string.Join(", ", found)} and not {meant.Code}";
}
