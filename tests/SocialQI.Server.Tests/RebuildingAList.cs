using System.Net;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>The verb, a process of its own, and the service that it speaks to.</summary>
public sealed class RebuildingAList(TheService service)
{
    [Fact]
    public async Task Says_how_far_it_is_and_changes_nothing_that_was_right()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        using var http = service.Client(ada);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"A line {Overheard.Canary}", new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await Waiting.Until("the thread is listed", async () => (await Mine(http)).Length == 1);

        var (code, said) = await Verb("--all");

        Assert.True(code == 0, said);
        Assert.Matches(@"lists: (\d+) of \1\n", said);
        Assert.Matches(@"search: (\d+) of \1\n", said);
        Assert.Equal(topic, Assert.Single(await Mine(http)).Topic);
    }

    [Theory]
    [InlineData("casualties")]
    [InlineData("")]
    public async Task Of_another_name_is_refused_with_the_names_there_are(string name)
    {
        var (code, said) = await Verb(name);
        using var http = service.OperatorClient();
        using var answer = await http.PostAsync("api/rebuild?name=" + name, null, TestContext.Current.CancellationToken);

        Assert.Equal(1, code);
        Assert.Contains(string.Join(", ", ListNames.All), said, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "no-such-list"), (answer.StatusCode, await answer.Code()));
    }

    private Task<(int Code, string Said)> Verb(string word) =>
        ServerProcess.Run(ServerProcess.Built, [.. new[] { "rebuild", word }.Where(w => w.Length > 0), "--data", service.Folder], input: null);

    private static async Task<CaseLine[]> Mine(HttpClient http) =>
        [.. Json.Decode<Listed<CaseLine>>(await http.GetByteArrayAsync("api/cases?mine=true", TestContext.Current.CancellationToken)).Lines];
}
