using System.Diagnostics;
using System.Globalization;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Storage.Search;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>A network of some size: 5,000 cases with 15,000 texts, and a community of 3,000.</summary>
public abstract class ReadingLargeLists(ITestDatabase database, string emptyBytes, string settle) : StoreContract(database)
{
    private const int Cases = 5_000;
    private const int People = 3_000;
    private const int Measured = 5;
    private const int Half = 2_500;

    /// <summary>Far above what is wanted, for a machine that does other things too.</summary>
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(5);

    private static readonly CommunityId sepsis = new(Guid.Parse("0192b5c7-0000-7000-8000-0000000005e9"));
    private static readonly PageAsked first = new();

    private readonly Reader ada = new(Person(0), ["n", Audience.Person(Person(0)), Audience.Institution(Harbour), Audience.Community(sepsis)]);

    [Fact]
    public async Task Shows_the_right_first_page_soon()
    {
        await Fill();
        var medians = new Dictionary<string, double>
        {
            ["cases"] = await Median(() => Tables.Cases(ada, new(), first, Stop), l => Assert.Equal(Visible().Take(50), l.Lines.Select(c => Number(c.Topic)))),
            ["a later page"] = await Median(
                () => Tables.Cases(ada, new(), new($"{Half}~{Case(Half)}"), Stop), l => Assert.Equal(Visible().Where(i => i < Half).Take(50), l.Lines.Select(c => Number(c.Topic)))),
            ["the author's"] = await Median(() => Tables.Cases(ada, new(Mine: true), first, Stop), l => Assert.Equal([3000, 0], l.Lines.Select(c => Number(c.Topic)))),
            ["of nobody"] = await Median(() => Tables.Cases(new(Person(1), ["p:nobody"]), new(), first, Stop), l => Assert.Empty(l.Lines)),
            ["a condition's"] = await Median(() => Tables.Cases(ada, new(Condition: "I21", Community: sepsis), first, Stop), l => Assert.Equal(50, l.Lines.Length)),
            ["members"] = await Median(() => Tables.Members(Person(0), sepsis, new(), first, Stop), l => Assert.Equal(ByName().Take(50), l.Lines.Select(m => m.Who))),
            ["members later"] = await Median(
                () => Tables.Members(Person(0), sepsis, new(), new($"1~{Person(1500)}"), Stop), l => Assert.Equal(50, l.Lines.Length)),
            ["members of a hospital"] = await Median(() => Tables.Members(Person(0), sepsis, new("ada", Institution: Harbour), first, Stop), l => Assert.Equal(50, l.Lines.Length)),
            ["directory"] = await Median(() => Tables.People(Person(0), new(), first, Stop), l => Assert.Equal(ByName().Take(50), l.Lines.Select(p => p.Id))),
            ["directory by name"] = await Median(() => Tables.People(Person(0), new(NameOf(2999)), first, Stop), l => Assert.Equal([Person(2999)], l.Lines.Select(p => p.Id))),
            ["a rare word"] = await Median(() => Tables.Search(ada, new(["marker4321"], []), first, Stop), l => Assert.Equal([Case(4321)], l.Lines.Select(f => f.Topic))),
            ["a word of a tenth"] = await Median(() => Tables.Search(ada, new(["tenth"], []), first, Stop), l => Assert.Equal(50, l.Lines.Length)),
            ["a word of all"] = await Median(() => Tables.Search(ada, new(["noradrenaline", "lactate"], []), first, Stop), l => Assert.Equal(50, l.Lines.Length)),
            ["jump"] = await Median(() => Tables.Jump(ada, "case 49", Stop), j => Assert.Equal((Jumps.Max, 0, 0), (j.Cases.Length, j.Communities.Length, j.People.Length))),
        };
        foreach (var (what, median) in medians)
        {
            TestContext.Current.SendDiagnosticMessage("{0}: {1:f1} ms", what, median);
        }
        Assert.All(medians, m => Assert.True(m.Value < Generous.TotalMilliseconds, $"{m.Key}: {m.Value} ms"));
        Figure("pages.lists", medians.Values.Max());
    }

    private static IEnumerable<int> Visible() => Enumerable.Range(0, Cases).Reverse().Where(i => i % 5 < 3 || i % People == 0);

    private static IEnumerable<ClinicianId> ByName() => Enumerable.Range(0, People).OrderBy(i => NameOf(i).ToLowerInvariant(), StringComparer.Ordinal).Select(Person);

    private static string NameOf(int i) => $"Person {(i * 7919 % People).ToString("d4", CultureInfo.InvariantCulture)} {i} Ada";

    private static ClinicianId Person(int i) => ClinicianId.Parse(i.ToString("d32", CultureInfo.InvariantCulture));

    private static TopicId Case(int i) => TopicId.Parse($"case.north-harbour.open.{i.ToString("d32", CultureInfo.InvariantCulture)}");

    private static int Number(TopicId topic) => int.Parse(topic.Key, CultureInfo.InvariantCulture);

    // As the numbers are written in ids.
    private static string Key(string number) => $"substr('{new string('0', 32)}' || {number}, length('' || {number}) + 1)";

    private static async Task<double> Median<T>(Func<ValueTask<T>> read, Action<T> check)
    {
        check(await read());
        var taken = new double[Measured];
        for (var i = 0; i < Measured; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await read();
            taken[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        }
        return taken.Order().ElementAt(Measured / 2);
    }

    // What the journal's transaction writes, at once; what the readers of the tail write, as they do.
    private async Task Fill()
    {
        var cases = $"with recursive n (i) as (select 0 union all select i + 1 from n where i < {Cases - 1}), c as (select i, 'case.north-harbour.open.' || {Key("i")} as topic from n)";
        var people = $"with recursive n (i) as (select 0 union all select i + 1 from n where i < {People - 1})";
        await Run($"insert into head (topic, number, hash, contributions) {cases} select topic, 4, {emptyBytes}, 2 from c");
        await Run($"insert into audience (topic, key) {cases} select topic, 'p:' || {Key($"(i % {People})")} from c");
        await Run(
            $"""
            insert into audience (topic, key) {cases}
            select topic, case i % 5 when 0 then 'n' when 1 then 'i:north-harbour' when 2 then 'c:{sepsis}' else 'i:thornmere' end from c where i % 5 < 4
            """);
        await Run($"insert into passport (holder, holds, held_as, since, until) {people} select 'p:' || {Key("i")}, 'c:{sepsis}', 'member', 0, null from n");
        await Run($"insert into passport (holder, holds, held_as, since, until) {people} select 'p:' || {Key("i")}, 'i:' || case i % 2 when 0 then 'north-harbour' else 'thornmere' end, 'clinician', 0, null from n");
        await Tables.KeepLists(
            "lists", 1,
            ListRows.None with
            {
                Cases = [.. Enumerable.Range(0, Cases).Select(i => new CaseRow(Case(i), new(i), Person(i % People), new($"Case {i}", "What next?", new("I21.4", "NSTEMI")), CaseStage.Open, false))],
                People = [.. Enumerable.Range(0, People).Select(i => new PersonRow(Person(i), NameOf(i), "Cardiology", Grade.Nurse, 1))],
            },
            Stop);
        foreach (var some in Enumerable.Range(0, Cases).SelectMany(Texts).Chunk(3_000))
        {
            await Tables.KeepSearch("search", 1, some, Stop);
        }
        await Run(settle);
    }

    private static IEnumerable<SearchRow> Texts(int i)
    {
        yield return new(Case(i), SearchRow.Case, null, FoundKind.Case, Person(i % People), new(i), $"Case {i}, noradrenaline, marker{i}\nIs it the lactate?");
        for (var n = 3; n < 5; n++)
        {
            yield return new(
                Case(i), n.ToString(CultureInfo.InvariantCulture), n, FoundKind.Comment, Person((i + n) % People), new(i),
                $"A contribution about lactate and noradrenaline in the {(i % 10 == 0 ? "tenth" : "other")} case, of the length that one writes on a round. " + string.Join(' ', Enumerable.Range(0, 40).Select(w => "word" + ((i * n) + w) % 500)));
        }
    }

    private static void Figure(string name, double milliseconds)
    {
        if (Environment.GetEnvironmentVariable("SOCIALQI_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"figure {name} {milliseconds:f1} ms\n"));
        }
    }
}

public sealed class ReadingLargeListsOfSqlite() : ReadingLargeLists(new SqliteTestDatabase(), "x''", "analyze");

public sealed class ReadingLargeListsOfPostgres(PrivatePostgres postgres) : ReadingLargeLists(new PostgresTestDatabase(postgres), "''::bytea", "vacuum analyze");
