using SocialQI.Cases;
using SocialQI.Storage.Search;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class SearchingTexts(ITestDatabase database) : StoreContract(database)
{
    protected override ClinicianId[] Employed => [Ada, Ben];

    private static readonly CommunityId sepsis = new(Guid.Parse("0192b5c7-0000-7000-8000-0000000005e9"));

    private readonly Chain mine = OfCase(), other = OfCase(), hidden = OfCase();

    [Theory]
    [InlineData("lactate", new[] { "1", "2" })]
    [InlineData("Lactates rising", new[] { "1" })]
    [InlineData("\"lactate rising\"", new string[0])]
    [InlineData("\"lactate is rising\"", new[] { "1" })]
    [InlineData("rising -lactate", new[] { "3" })]
    [InlineData("müller", new[] { "3" })]
    [InlineData("Muller's", new[] { "3" })]
    [InlineData("noradrenaline", new string[0])]
    [InlineData("lactate 3.5", new[] { "2" })]
    [InlineData("10.1000/182", new[] { "2" })]
    public async Task Finds_those_that_have_all_the_words_and_phrases_and_none_of_the_others(string query, string[] parts)
    {
        await Write();

        Assert.Equal(parts, (await Search(query)).Select(f => f.Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "case").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Says_where_it_stands_and_marks_what_was_found()
    {
        await Write();

        Assert.Equal(
            new Found(mine.Topic, 1, FoundKind.Comment, Ada, new(Noon.Micros + 3), "Fever", $"{Found.HitBegins}Lactate{Found.HitEnds} is {Found.HitBegins}rising{Found.HitEnds}"), (await Search("lactates rise"))[0]);
        Assert.Equal(
            new Found(mine.Topic, null, FoundKind.Case, Ada, new(Noon.Micros + 1), "Fever", $"{Found.HitBegins}Fever{Found.HitEnds} What next?"), Assert.Single(await Search("fevers")));
    }

    [Fact]
    public async Task Shows_nobody_what_no_key_of_theirs_opens()
    {
        await Write();

        Assert.Empty(await Search("lactate", Audience.Person(Ben)));
        Assert.Equal([hidden.Topic], (await Search("lactate", "i:elsewhere")).Select(f => f.Topic));
    }

    [Fact]
    public async Task Narrows_by_author_community_time_and_condition()
    {
        await Write();

        Assert.Equal([2L], await Numbers(new(["lactate"], [], From: [Ben])));
        Assert.Equal([3L], await Numbers(new(["rising"], [], In: [sepsis])));
        Assert.Equal([1L], await Numbers(new(["lactate"], [], Before: new(Noon.Micros + 4))));
        Assert.Equal([3L], await Numbers(new(["rising"], [], Condition: "i21")));
        Assert.Equal([3L], await Numbers(new(["rising"], [], Condition: "I21.4")));
        Assert.Equal([3L], await Numbers(new(["rising"], [], Condition: "infarction acute")));
        Assert.Empty(await Numbers(new(["rising"], [], Condition: "I22")));
        Assert.Empty(await Numbers(new(["rising"], [], Condition: "\0%_\\'")));
    }

    [Fact]
    public async Task Without_words_brings_the_newest_first()
    {
        await Write();

        Assert.Equal([2L, null], (await All(new([], [], From: [Ben]))).Select(f => f.Number));
        Assert.Equal([null], (await All(new([], ["lactate"], From: [Ben]))).Select(f => f.Number));
    }

    [Fact]
    public async Task Ranks_what_says_it_more_before_what_is_newer()
    {
        var rows = Enumerable.Range(1, 30).Select(i => Row(mine, i, i == 7 ? "shock, septic shock, shock" : $"a patient with shock and other findings number {i}"));
        await Commit();
        await Tables.KeepSearch("search", 1, [.. rows], Stop);

        var found = await Search("shock");

        Assert.Equal(7, found[0].Number);
        Assert.Equal([30L, 29L], found.Skip(1).Take(2).Select(f => f.Number!.Value));
    }

    [Fact]
    public async Task Comes_in_pages_that_follow_each_other()
    {
        await Commit();
        await Tables.KeepSearch("search", 1, [.. Enumerable.Range(1, 25).Select(i => Row(mine, i, "shock"))], Stop);
        var (seen, after) = (new List<long>(), (string?)null);
        do
        {
            var page = await Tables.Search(new(Ada, ["n"]), new(["shock"], []), new(after, 10), Stop);
            seen.AddRange(page.Lines.Select(f => f.Number!.Value));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(1, 25).Select(i => 26L - i), seen);
        Assert.NotNull((await Tables.Search(new(Ada, ["n"]), new(["shock"], []), new("nonsense"), Stop)).Refusal);
        Assert.NotNull((await Tables.Search(new(Ada, ["n"]), new(["shock"], []), new("99999999~"), Stop)).Refusal);
    }

    [Fact]
    public async Task Finds_a_text_by_what_it_says_now_and_not_by_what_it_said()
    {
        await Write();

        await Tables.KeepSearch("search", 2, [Row(mine, 1, "Ferritin is rising"), Row(other, 3, "")], Stop);

        Assert.Equal([2L], (await Search("lactate")).Select(f => f.Number!.Value));
        Assert.Equal([1L], (await Search("rising")).Select(f => f.Number!.Value));
        Assert.Equal(0, await Count("select count(*) from search_text where body like '%Lactate is%'"));
    }

    [Fact]
    public async Task Lets_nobody_put_back_what_was()
    {
        await Write();
        await Tables.KeepSearch("search", 5, [Row(mine, 1, "Ferritin")], Stop);

        await Tables.KeepSearch("search", 4, [Row(mine, 1, "Lactate")], Stop);

        Assert.Equal([1L], (await Search("ferritin")).Select(f => f.Number!.Value));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"unclosed phrase")]
    [InlineData("lactate AND")]
    [InlineData("NEAR(lactate rising)")]
    [InlineData("words:lactate")]
    [InlineData("lact*")]
    [InlineData("^lactate")]
    [InlineData("{lactate} : rising")]
    [InlineData("lactate & | ! <-> rising:*")]
    [InlineData("'; drop table search_text; --")]
    [InlineData("lactate\0rising")]
    [InlineData("\uD800lactate\uDFFF")]
    [InlineData("\uE000lactate\uE001")]
    public async Task By_what_an_engine_takes_for_an_operator_is_by_words_all_the_same(string text)
    {
        await Write();

        await All(new([text], []));
        await All(new(["rising"], [text]));
        await Tables.Jump(new(Ada, ["n"]), text, Stop);

        Assert.Equal(2, (await Search("lactate")).Count);
    }

    [Fact]
    public async Task By_very_many_or_very_long_words_ends_in_time()
    {
        await Write();

        Assert.Empty(await All(new([new string('x', 10_000)], [])));
        Assert.Empty(await All(new([string.Join(' ', Enumerable.Range(0, 5_000))], [])));
        Assert.Empty(await All(new([.. Enumerable.Range(0, 32).Select(i => "word" + i)], [.. Enumerable.Range(0, 32).Select(i => "other" + i)])));
    }

    [Fact]
    public async Task Jumps_to_titles_communities_and_people_by_beginnings_of_their_words()
    {
        await Write();
        await Tables.KeepLists(
            "lists", 2,
            ListRows.None with
            {
                Communities = [new(sepsis, "Surviving Sepsis", "Less")],
                People = [new(Ada, "Ada Févre", "", Clinicians.Grade.Nurse, 1), new(Ben, "Ben Noon", "", Clinicians.Grade.Nurse, 1)],
            },
            Stop);
        await new Chain(sepsis.Topic).Commit(Journal, new Communities.CommunityFounded("Surviving Sepsis", "Less", []), new Communities.MemberJoined(Ada, CommunityRole.Member));

        Assert.Equal((1, 0, 1), Counts(await Tables.Jump(new(Ada, ["n"]), "fev", Stop)));
        Assert.Equal((0, 1, 0), Counts(await Tables.Jump(new(Ada, ["n"]), "SEP sur", Stop)));
        Assert.Equal((0, 0, 0), Counts(await Tables.Jump(new(Ada, ["n"]), "ever", Stop)));
        Assert.Equal((2, 1, 0), Counts(await Tables.Jump(new(Ada, ["n"]), "", Stop)));
        Assert.Equal((0, 0, 0), Counts(await Tables.Jump(new(Ben, [Audience.Person(Ben)]), " ", Stop)));
    }

    private static (int, int, int) Counts(Jumps jumps) => (jumps.Cases.Length, jumps.Communities.Length, jumps.People.Length);

    private async Task Commit()
    {
        await mine.Commit(Journal, Started(), OpenedTo("n"));
        await other.Commit(Journal, Started(), OpenedTo("n", Audience.Community(sepsis)));
        await hidden.Commit(Journal, Started(), OpenedTo("i:elsewhere"));
        var infarct = new Condition("I21.4", "Acute myocardial infarction");
        await Tables.KeepLists(
            "lists", 1,
            ListRows.None with
            {
                Cases =
                [
                    new(mine.Topic, Noon, Ada, new("Fever", "What next?", null), CaseStage.Open, false),
                    new(other.Topic, Noon, Ada, new("Chest pain", "What now?", infarct), CaseStage.Open, false),
                    new(hidden.Topic, Noon, Ben, new("Lactate", "Where?", null), CaseStage.Open, false),
                ],
            },
            Stop);
    }

    private async Task Write()
    {
        await Commit();
        await Tables.KeepSearch(
            "search", 1,
            [
                new(mine.Topic, SearchRow.Case, null, FoundKind.Case, Ada, new(Noon.Micros + 1), "Fever\nWhat next?"),
                Row(mine, 1, "Lactate is rising"),
                Row(mine, 2, "Lactate 3.5 now\n10.1000/182") with { Author = Ben },
                Row(other, 3, "Rising, says Müller’s note"),
                new(other.Topic, SearchRow.Case, null, FoundKind.Case, Ben, new(Noon.Micros + 1), "Chest pain\nWhat now?"),
                Row(hidden, 4, "Lactate of others"),
            ],
            Stop);
    }

    private static SearchRow Row(Chain chain, long number, string text) =>
        new(chain.Topic, number.ToString(System.Globalization.CultureInfo.InvariantCulture), number, FoundKind.Comment, Ada, new(Noon.Micros + number + 2), text);

    // As the service reads it, in the small: quoted, left out, or a word.
    private Task<IReadOnlyList<Found>> Search(string query, string key = "n")
    {
        var isPhrase = query.StartsWith('"');
        var terms = isPhrase ? [query] : query.Split(' ').Where(t => t[0] != '-').ToList();
        return All(new(terms, isPhrase ? [] : [.. query.Split(' ').Where(t => t[0] == '-').Select(t => t[1..])]), key);
    }

    private async Task<IReadOnlyList<Found>> All(SearchAsked asked, string key = "n") => (await Tables.Search(new(Ada, [key]), asked, new(), Stop)).Lines;

    private async Task<IEnumerable<long>> Numbers(SearchAsked asked) => (await All(asked)).Select(f => f.Number!.Value);
}

public sealed class SearchingTextsInSqlite() : SearchingTexts(new SqliteTestDatabase());

public sealed class SearchingTextsInPostgres(SocialQI.Tests.PrivatePostgres postgres) : SearchingTexts(new PostgresTestDatabase(postgres));
