using System.Globalization;
using System.Security.Claims;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>Finding something: by its words, or by the first letters of its name.</summary>
internal static class SearchEndpoints
{
    private const int Take = 20;
    private const int TermsMax = 32;
    private const int NamesakesMax = 50;
    private const int JumpLengthMax = 80;

    private static readonly Refusal NoSuchPerson = new("no-such-person", "Nobody here is called what stands after “from:”.");
    private static readonly Refusal NoSuchCommunity = new("no-such-community", "No community is called what stands after “in:”.");
    private static readonly Refusal NotADay = new("not-a-day", "“before:” needs a day, as in before:2026-11-24.");

    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).ForMachines(TokenScope.Read).WithTags("Search");
        api.MapPost("/search", Search).Records(Acts.Search, "texts").Says<Listed<Found>>("Texts of cases you may see by their words, and by from:, in:, before: and condition:.");
        api.MapPost("/jump", Jump).Records(Acts.Search, "names").Says<Jumps>("Cases, communities and people whose names have words that begin so.");
    }

    private static async Task<IResult> Search(
        ClaimsPrincipal user, Asking asking, Rounds rounds, LocalAccounts accounts, Body<SearchFor> asked, CancellationToken stop)
    {
        var (q, after) = asked.Value;
        if (q.Length > Found.QueryLengthMax)
        {
            return ApiEndpoints.Problem(Refusal.TooLong("search", Found.QueryLengthMax));
        }
        if (await asking.Reader(ApiEndpoints.Me(user), stop) is not { } reader)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        var query = SearchQuery.Of(q);
        if (Refuse(query, out var before) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var people = query.From.Count == 0 ? null : await People(query.From, reader, rounds, accounts, stop);
        var communities = query.In.Count == 0 ? null : await Communities(query.In, reader, rounds, stop);
        if (people is { Count: 0 } || communities is { Count: 0 })
        {
            return ApiEndpoints.Problem(people is { Count: 0 } ? NoSuchPerson : NoSuchCommunity);
        }
        var search = new SearchAsked(query.Terms, query.Without, people, communities, before, query.Condition);
        return ListEndpoints.OfList(await rounds.Tables.Search(reader, search, new(after, Take), stop));
    }

    private static async Task<IResult> Jump(ClaimsPrincipal user, Asking asking, Rounds rounds, Body<SearchFor> asked, CancellationToken stop)
    {
        var q = asked.Value.Text;
        if (q.Length > JumpLengthMax)
        {
            return ApiEndpoints.Problem(Refusal.TooLong("text", JumpLengthMax));
        }
        if (await asking.Reader(ApiEndpoints.Me(user), stop) is not { } reader)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        var jumps = await rounds.Tables.Jump(reader, q, stop);
        jumps = reader.IsInNetwork ? jumps : jumps with { Communities = [], People = [] };
        return ApiEndpoints.Ok(jumps) with { Count = jumps.Cases.Length + jumps.Communities.Length + jumps.People.Length };
    }

    private static Refusal? Refuse(SearchQuery query, out Moment? before)
    {
        before = null;
        if (query.Before is { } written)
        {
            if (!DateTimeOffset.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
            {
                return NotADay;
            }
            before = Moment.Of(day);
        }
        return query.Terms.Count + query.Without.Count > TermsMax ? Refusal.TooMany("words in a search", TermsMax)
            : query.IsEmpty || (!query.Terms.Any(SearchAsked.HasWords) && (query with { Terms = [] }).IsEmpty) ? Refusal.Empty("search")
            : null;
    }

    private static async Task<HashSet<ClinicianId>> People(
        IReadOnlyList<string> names, Reader reader, Rounds rounds, LocalAccounts accounts, CancellationToken stop)
    {
        var people = new HashSet<ClinicianId>();
        foreach (var name in names)
        {
            if (name.Equals("me", StringComparison.OrdinalIgnoreCase))
            {
                people.Add(reader.Person);
            }
            else if (reader.IsInNetwork && SearchAsked.HasWords(name))
            {
                // A sign-in name has no character that no database takes.
                if (!name.Any(char.IsControl) && await accounts.Find(name) is { Person: var account })
                {
                    people.Add(account);
                }
                people.UnionWith((await rounds.Tables.People(reader.Person, new(name), new(Take: NamesakesMax), stop)).Lines.Select(p => p.Id));
            }
        }
        return people;
    }

    private static async Task<HashSet<CommunityId>> Communities(IReadOnlyList<string> names, Reader reader, Rounds rounds, CancellationToken stop)
    {
        var communities = new HashSet<CommunityId>();
        foreach (var name in names.Where(n => reader.IsInNetwork && SearchAsked.HasWords(n)))
        {
            communities.UnionWith(await rounds.Tables.CommunitiesCalled(reader.Person, name, NamesakesMax, stop));
        }
        return communities;
    }
}
