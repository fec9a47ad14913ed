using SocialQI.Storage.Sql;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Storage.Tests;

/// <summary>A concept is known by what somebody wrote only where they wrote its very name.</summary>
public abstract class NamingConcepts(ITestDatabase database) : StoreContract(database)
{
    private const string Icd = "icd-10-cm";

    private static readonly Concept Infarction = new("I21.9", "Acute myocardial infarction, unspecified", ["MI", "heart attack"]);
    private static readonly Concept Insufficiency = new("I34.0", "Nonrheumatic mitral (valve) insufficiency", ["MI", "mitral regurgitation"]);
    private static readonly Concept Polyneuritis = new("G61.0", "Guillain-Barré syndrome", ["GBS"]);

    [Theory]
    [InlineData("heart attack")]
    [InlineData("Heart  ATTACK.")]
    [InlineData(" heart-attack ")]
    [InlineData("heartattack")]
    [InlineData("acute myocardial infarction (unspecified)")]
    public async Task By_its_title_or_a_synonym_however_it_is_set(string written)
    {
        await Load(Icd, "2026", Infarction, Polyneuritis);
        Assert.Equal("I21.9 Acute myocardial infarction, unspecified: MI, heart attack", Words(Assert.Single(await Named(written))));
    }

    [Theory]
    [InlineData("Guillain Barre syndrome")]
    [InlineData("GUILLAIN\u2013BARRE\u0301 SYNDROME")]
    [InlineData("ｇｂｓ")]
    public async Task With_or_without_its_accents(string written)
    {
        await Load(Icd, "2026", Infarction, Polyneuritis);
        Assert.Equal("G61.0", Assert.Single(await Named(written))?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ,.-")]
    [InlineData("xqzwv")]
    [InlineData("heart")]
    [InlineData("heart atack")]
    [InlineData("attack heart")]
    [InlineData("heart attack?+")]
    [InlineData("%")]
    [InlineData("I21.9")]
    [InlineData("heart attack\ud83d")]
    [InlineData("h\0eart'; drop table concept; --")]
    public async Task Never_by_a_guess(string written)
    {
        await Load(Icd, "2026", Infarction, Polyneuritis);
        Assert.Null(Assert.Single(await Named(written)));
    }

    [Fact]
    public async Task Never_by_what_two_are_called()
    {
        await Load(Icd, "2026", Infarction, Insufficiency);
        Assert.Equal([null, "I21.9", "I34.0"], (await Named("mi", "heart attack", "mitral regurgitation")).Select(c => c?.Code));
    }

    [Fact]
    public async Task Each_in_the_place_of_its_text()
    {
        await Load(Icd, "2026", Infarction, Polyneuritis);
        Assert.Equal(["G61.0", null, "I21.9", "G61.0", "I21.9"], (await Named("gbs", "nothing", "mi", "GBS", "heart attack")).Select(c => c?.Code));
        Assert.Empty(await Named());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Named("1", "2", "3", "4", "5", "6"));
    }

    [Fact]
    public async Task No_longer_than_a_name_can_be()
    {
        var longest = new Concept("A00", new string('a', Concept.TextLengthMax), []);
        await Load(Icd, "2026", longest);
        Assert.Equal(["A00", null], (await Named(longest.Title, longest.Title + " ")).Select(c => c?.Code));
    }

    [Fact]
    public async Task By_other_words_of_the_starter_list_but_as_the_loaded_one_calls_it_and_only_what_that_has()
    {
        await Load(Terminologies.Starter, "1", Infarction with { Title = "Heart muscle infarction" }, Polyneuritis);
        Assert.Equal(["I21.9", "G61.0"], (await Named("heart attack", "GBS")).Select(c => c?.Code));

        Clock.Now += TimeSpan.FromDays(-1);
        await Load(Icd, "2026", Infarction with { Synonyms = [] });

        Assert.Equal(["Acute myocardial infarction, unspecified", null], (await Named("heart attack", "GBS")).Select(c => c?.Title));
    }

    [Fact]
    public async Task By_the_words_of_the_version_that_is_current()
    {
        await Load(Icd, "2025", Infarction);
        Assert.Equal("I21.9", Assert.Single(await Named("heart attack"))?.Code);

        await Load(Icd, "2026", Infarction with { Synonyms = ["coronary"] });
        Assert.Equal([null, "I21.9"], (await Named("heart attack", "Coronary")).Select(c => c?.Code));

        await Store.Terminologies.Choose(Icd, "2025", Stop);
        Assert.Equal(["I21.9", null], (await Named("heart attack", "Coronary")).Select(c => c?.Code));
    }

    [Fact]
    public async Task Of_nothing_loaded_is_none() => Assert.Equal([null], await Named("heart attack"));

    private async Task<IReadOnlyList<Concept?>> Named(params string[] texts) => await Store.Terminologies.Named(texts, Stop);

    private async Task Load(string system, string version, params Concept[] concepts) =>
        Assert.Equal(LoadOutcome.Loaded, await Store.Terminologies.Load(new(system, version, concepts, null, false), _ => Task.CompletedTask, Stop));

    private static string Words(Concept? concept) => $"{concept?.Code} {concept?.Title}: {string.Join(", ", concept?.Synonyms ?? [])}";
}

public sealed class NamingConceptsInSqlite() : NamingConcepts(new SqliteTestDatabase());

public sealed class NamingConceptsInPostgres(PrivatePostgres postgres) : NamingConcepts(new PostgresTestDatabase(postgres));
