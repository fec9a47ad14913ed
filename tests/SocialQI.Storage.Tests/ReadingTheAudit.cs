using SocialQI.Storage.Audit;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class ReadingTheAudit(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId Thornmere = InstitutionId.Parse("thornmere");

    // Keeps the privacy of all of them.
    private static readonly ClinicianId Officer = new(Guid.Parse("0192b5c7-0000-7000-8000-0000000005ec"));

    [Fact]
    public async Task Shows_an_institution_what_was_done_in_its_name_or_about_its_topics_and_nothing_else()
    {
        var (ours, theirs) = (TopicId.Case(Harbour, Guid.NewGuid()), TopicId.Case(Thornmere, Guid.NewGuid()));
        await Store.Audit.Record(Act(Harbour, Ada, ours));
        await Store.Audit.Record(Act(Harbour, Ada, theirs));
        await Store.Audit.Record(Act(Thornmere, Ben, ours));
        await Store.Audit.Record(Act(Thornmere, Ben, theirs));
        await new Chain(ours).Commit(Journal, Started());
        await new Chain(theirs).Commit(Journal, Started());
        await new Chain(TopicId.Case(InstitutionId.Parse("open"), Guid.NewGuid()), Ben).Commit(Journal, Started());

        await Employ(Officer, InstitutionRole.PrivacyOfficer, Harbour, Thornmere, InstitutionId.Parse("open"), InstitutionId.Parse("skerry-point"));

        // Chains are written in the name of the harbour.
        Assert.Equal(3, (await All(Harbour, new())).Count(l => !l.IsWriting));
        Assert.Equal(3, (await All(Harbour, new())).Count(l => l.IsWriting));
        Assert.Equal(3, (await All(Thornmere, new())).Count(l => !l.IsWriting));
        Assert.Single(await All(Thornmere, new()), l => l.IsWriting);
        Assert.Single(await All(InstitutionId.Parse("open"), new()));
        Assert.Empty(await All(InstitutionId.Parse("skerry-point"), new()));
    }

    [Fact]
    public async Task Goes_through_pages_with_every_act_once_the_newest_first()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started(), Said("One"), Said("Two"), Said("Three"));
        for (var i = 0; i < 23; i++)
        {
            // Many at the same moment.
            Clock.Now = new(Noon.Micros + (i / 5));
            await Store.Audit.Record(Act(i % 3 == 0 ? Thornmere : Harbour, i % 2 == 0 ? Ada : Ben, chain.Topic));
        }
        await Employ(Officer, InstitutionRole.PrivacyOfficer, Harbour);
        var all = await All(Harbour, new());
        Assert.Equal(27, all.Select(l => l.Key).Distinct().Count());
        Assert.Equal(all.OrderByDescending(l => l.At.Micros).Select(l => l.At), all.Select(l => l.At));
        Assert.Equal(all, await All(Harbour, new(), take: 4));
        Assert.Equal(all.Where(l => l.Who == Ben.ToString()), await All(Harbour, new(Person: Ben), take: 3));
        Assert.Equal(all.Where(l => l.At.Micros == Noon.Micros + 2), await All(Harbour, new(From: new(Noon.Micros + 2), Until: new(Noon.Micros + 3)), take: 2));
        Assert.Equal(all.Where(l => l.Act == "contribution-posted"), await All(Harbour, new(Act: "contribution-posted"), take: 2));
        Assert.Equal(all, await All(Harbour, new(Topic: chain.Topic), take: 5));
        Assert.Empty(await All(Harbour, new(Topic: OfCase().Topic)));
    }

    [Fact]
    public async Task Puts_the_end_of_an_act_into_its_line()
    {
        var begun = await Store.Audit.Record(Act(Harbour, Ada, OfCase().Topic) with { First = 3 });
        Clock.Now = new(Noon.Micros + 1_000_000);
        await Store.Audit.Record(new(Harbour, Ada.ToString(), "follow", "closed") { First = 3, Last = 9, Closes = begun });
        await Store.Audit.Record(Act(Harbour, Ada, OfCase().Topic) with { Flag = "break-glass", Result = "not-there" });

        await Employ(Officer, InstitutionRole.PrivacyOfficer, Harbour);
        var line = Assert.Single(await All(Harbour, new(Result: AuditResult.Done)));
        Assert.Equal((new Moment(Noon.Micros + 1_000_000), 9L, "closed"), (line.Ended!.Value, line.Last!.Value, line.Result));
        Assert.Equal("break-glass", Assert.Single(await All(Harbour, new(Flagged: true))).Flag);
        Assert.Equal("not-there", Assert.Single(await All(Harbour, new(Result: AuditResult.Refused))).Result);
        Assert.NotNull((await Store.Acts.Read(Officer, Harbour, new(), new("nonsense"), Stop)).Refusal);
    }

    [Fact]
    public async Task Reads_a_bounded_part_for_a_page_and_says_how_to_go_on()
    {
        foreach (var some in Enumerable.Range(0, 25_000).Chunk(5_000))
        {
            await Task.WhenAll(some.Select(i => Store.Audit.Record(Act(Harbour, Ada, null) with { Act = i == 0 ? "sign-in" : "open" })));
            Clock.Now = new(Clock.Now.Micros + 1);
        }
        await Employ(Officer, InstitutionRole.PrivacyOfficer, Harbour);
        var pages = 0;
        string? after = null;
        var found = 0;
        do
        {
            var page = await Store.Acts.Read(Officer, Harbour, new(Act: "sign-in"), new(after, 50), Stop);
            (after, pages, found) = (page.Next, pages + 1, found + page.Lines.Length);
        }
        while (after is not null);
        Assert.Equal((1, true), (found, pages > 1));
    }

    private async Task<List<AuditLine>> All(InstitutionId home, AuditFilter filter, int take = 200)
    {
        var all = new List<AuditLine>();
        string? after = null;
        do
        {
            var page = await Store.Acts.Read(Officer, home, filter, new(after, take), Stop);
            Assert.True(page.Lines.Length <= take);
            all.AddRange(page.Lines);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static AuditEntry Act(InstitutionId home, ClinicianId who, TopicId? topic) => new(home, who.ToString(), "open", AuditEntry.Done) { For = home, Topic = topic };

    public sealed class InSqlite() : ReadingTheAudit(new SqliteTestDatabase());

    public sealed class InPostgres(PrivatePostgres postgres) : ReadingTheAudit(new PostgresTestDatabase(postgres));
}
