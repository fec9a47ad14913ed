using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SocialQI.Benchmarks.Journal;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pages;

/// <summary>The first pages of the lists of a network with 5,000 cases and a community of 3,000, asked over HTTP of a service that found them in its journal.</summary>
internal static class LargeNetwork
{
    private const int CaseCount = 5_000;
    private const int MemberCount = 3_000;
    private const int PageLength = 50;

    private static readonly string CasesListed = string.Create(CultureInfo.InvariantCulture, $"api/cases?take={PageLength}&condition=A41.9");
    private static readonly string NamedLast = string.Create(CultureInfo.InvariantCulture, $"api/people?take={PageLength}&name=clinician%2029");

    private static readonly InstitutionId Home = InstitutionId.Parse("north-harbour");
    private static readonly ClinicianId Author = new(Guid.CreateVersion7());
    private static readonly CommunityId Everybody = new(Guid.CreateVersion7());
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task Measure(string program, int rounds, List<Measured> table)
    {
        // People who may sign in come with the demonstration network, which is begun only where nothing else is.
        await using var server = await ServerProcess.StartNew(program);
        await server.Stop();
        await using (var store = await SqliteStore.Open(server.Data))
        {
            await Fill(store.Journal);
        }
        await server.Start();
        using var http = await server.SignIn("imani.cole", Reader.Password);
        string[] lists =
        [
            $"api/communities/{Everybody}/members?take={PageLength}", "api/search lactate", $"api/cases?take={PageLength}", CasesListed,
            $"api/people?take={PageLength}", NamedLast, "api/jump fever",
        ];
        await Followed(http, lists);
        List<double> slowest = [];
        for (var round = 0; round < rounds; round++)
        {
            double longest = 0;
            foreach (var list in lists)
            {
                longest = Math.Max(longest, await Ask(http, list));
            }
            slowest.Add(longest);
        }
        table.Add(new("pages.lists", $"slowest first page of a list, {CaseCount} cases, {MemberCount} members", slowest, "ms"));
    }

    private static async Task<double> Ask(HttpClient http, string list)
    {
        var begun = Stopwatch.GetTimestamp();
        var page = await Fetch(http, list);
        return page.Length > PageLength ? Stopwatch.GetElapsedTime(begun).TotalMilliseconds : throw new InvalidOperationException($"{list} is empty.");
    }

    // The lists follow the journal, each by itself and in no order: one that holds what was written last may still be without what another has.
    private static async Task Followed(HttpClient http, string[] lists)
    {
        var begun = Stopwatch.GetTimestamp();
        while (await Lines(http, lists[0]) < PageLength || await Lines(http, lists[1]) == 0 || await Lines(http, NamedLast) < PageLength || await Lines(http, CasesListed) < PageLength)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException("The lists did not follow the journal.");
            }
            await Task.Delay(200);
        }
    }

    // After the address, what is looked for: it stands in the body.
    private static async Task<string> Fetch(HttpClient http, string list)
    {
        if (list.Split(' ') is not [var path, var text])
        {
            return await http.GetStringAsync(new Uri(list, UriKind.Relative));
        }
        using var found = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { text });
        return await found.Content.ReadAsStringAsync();
    }

    private static async Task<int> Lines(HttpClient http, string list)
    {
        using var page = JsonDocument.Parse(await Fetch(http, list));
        return page.RootElement.GetProperty("lines").GetArrayLength();
    }

    private static async Task Fill(IJournal journal)
    {
        var cases = Enumerable.Range(0, CaseCount).Select(i => Written.By(Author, Home,
            TopicId.Case(Home, Guid.CreateVersion7()),
            new CaseStarted(string.Create(CultureInfo.InvariantCulture, $"Fever number {i}"), "Is it sepsis?", new Condition("A41.9", "Sepsis"), []),
            new CaseOpened(new Visibility(VisibilityKind.Network), [Audience.Network]),
            new ContributionPosted(ContributionKind.Comment, string.Create(CultureInfo.InvariantCulture, $"Lactate 3.{i} mmol/L after two litres."), null, null, [], null, null)));
        var people = Enumerable.Range(0, MemberCount).Select(_ => new ClinicianId(Guid.CreateVersion7())).ToArray();
        var registered = people.Select((p, i) => Written.By(Author, Home,
            p.Topic,
            new ClinicianRegistered(string.Create(CultureInfo.InvariantCulture, $"Clinician {i:0000}"), "Nephrology", Grade.Attending),
            new AffiliationGranted(Home, InstitutionRole.Clinician, default, null)));
        var joined = Written.By(Author, Home, Everybody.Topic, [new CommunityFounded("Everybody", "All of us.", []), .. people.Select(p => new MemberJoined(p, CommunityRole.Member))]);
        await journal.Commit(cases.Concat(registered).Append(joined));
    }
}
