using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>No audit, no access: nothing is given out that cannot be recorded, and all is as before once it can, with nobody doing anything.</summary>
public sealed class FailingToRecord(FailingToRecord.OwnService own) : IClassFixture<FailingToRecord.OwnService>, IAsyncLifetime
{
    private static readonly string[] Reads =
    [
        "api/topics/{topic}", "api/topics/{topic}/page?before=9", "api/topics/{topic}/contributions/2/revisions", "api/topics/{topic}/commands/0192b5c7-0000-7000-8000-00000000ada0",
        "api/topics/{topic}/images/{hash}", "api/cases", "api/communities", "api/institutions", "api/people", "api/directory?ids={me}", "api/people/{me}",
        "api/institutions/north-harbour/people",
    ];

    private readonly TheService service = own.Service;
    private Somebody author = null!;
    private Begun begun = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var circle = await Circle.Gather(service);
        (author, begun) = (circle.Author, circle.ForNetwork);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Gives_nothing_out_until_it_can_again()
    {
        await using var hearing = await Hearing.Of(service, author);
        await using var other = await Hearing.Of(service, author);
        await using var connection = await AuditTable.Connect(service);
        await Run(connection, "alter table audit rename to away");

        Assert.Equal(["not-audited"], (await Answers()).Distinct());
        var opened = await hearing.Open(begun.Topic);
        Assert.Equal(("not-audited", null), (opened.Refusal!.Code, opened.State));
        Assert.Equal("not-audited", (await hearing.Follow(begun.Topic)).Refusal!.Code);
        Assert.Equal(("not-audited", 0), await Paged(hearing));
        await Assert.ThrowsAsync<HubException>(() => hearing.Ask<TopicHead[]>("Watch", (object)new[] { begun.Topic.ToString() }));
        // What was written is its own record; what is heard of it is not given to who could not be recorded.
        await service.Done(author, begun.Topic, new PostContribution(ContributionKind.Comment, $"Noon, says the {Overheard.Canary}."));
        Assert.Empty(hearing.Events);

        await Run(connection, "alter table away rename to audit");
        Assert.DoesNotContain("not-audited", await Answers());
        Assert.Null((await hearing.Follow(begun.Topic)).Refusal);
        await Waiting.Until("it is heard", () => Task.FromResult(hearing.Events.Count > 0));
        Assert.Empty(other.Events);
    }

    [Fact]
    public async Task Waits_for_a_locked_database_no_longer_than_it_says()
    {
        using var http = service.Client(author);
        await using (var connection = await AuditTable.Connect(service))
        {
            await Run(connection, "begin immediate");
            using var locked = await http.GetAsync("api/people", Stop);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-audited"), (locked.StatusCode, await locked.Code()));
        }
        using var free = await http.GetAsync("api/people", Stop);
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task Records_ends_later_when_they_could_not_be_recorded_at_once()
    {
        await using var hearing = await Hearing.Of(service, author);
        Assert.Null((await hearing.Follow(begun.Topic)).Refusal);
        await using var connection = await AuditTable.Connect(service);
        await Run(connection, "alter table audit rename to away");
        await hearing.Tell("Unfollow", begun.Topic.ToString());
        await Run(connection, "alter table away rename to audit");
        await Waiting.Until("the end is recorded", async () => (await AuditTable.Of(service, author)).Any(r => r.Act == Acts.Follow && r.Closes is not null));
    }

    /// <summary>A service whose database may be taken away without anybody else noticing.</summary>
    public sealed class OwnService : IAsyncLifetime
    {
        public TheService Service { get; } = new();

        public ValueTask InitializeAsync() => Service.InitializeAsync();

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }

    private async Task<(string?, int)> Paged(Hearing hearing)
    {
        var page = await hearing.Ask<Page>("Page", begun.Topic.ToString(), 99);
        return (page.Refusal?.Code, page.Contributions.Length);
    }

    private async Task<List<string?>> Answers()
    {
        using var http = service.Client(author);
        var codes = new List<string?>();
        foreach (var read in Reads)
        {
            var address = read.Replace("{topic}", begun.Topic.ToString(), StringComparison.Ordinal).Replace("{me}", author.Id.ToString(), StringComparison.Ordinal)
                .Replace("{hash}", Circle.FilmHash.ToString(), StringComparison.Ordinal);
            using var answer = await http.GetAsync(address, Stop);
            codes.Add(await answer.Code());
        }
        return codes;
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Stop);
    }
}
