using System.Net;
using Npgsql;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Cluster.Tests;

[Collection<AtTheHospitals>]
public sealed class SplittingTheRoles(Hospitals hospitals)
{
    [Fact]
    public async Task Lets_people_write_and_follow_across_the_processes()
    {
        await using var ward = new Ward();
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        foreach (var gateway in (Uri[])[hospitals.Edge.Address, hospitals.Both.Address])
        {
            await ward.Start(imani, gateway, new(VisibilityKind.Network));
            await ward.Start(wen, gateway, new(VisibilityKind.Network));
        }
        ward.AddFollower(imani, hospitals.Edge.Address);
        ward.AddFollower(wen, hospitals.Both.Address);
        foreach (var topic in ward.Topics)
        {
            ward.AddWriter(imani, topic, hospitals.Edge.Address);
            ward.AddWriter(wen, topic, hospitals.Both.Address);
        }
        await ward.Calm();
        await ward.Calm();

        Finding.None(await ward.Check(() => JournalRows.OfPostgres(hospitals.Database, ward.Topics)));
        Assert.Empty(ward.Unspoken);
    }

    [Fact]
    public async Task Shows_who_is_there_across_the_processes()
    {
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        ClinicianId[] both = [(await imani.Me(hospitals.Edge.Address)).Id, (await wen.Me(hospitals.Both.Address)).Id];
        var topic = await imani.Start(hospitals.Edge.Address, new(VisibilityKind.Network));
        await using var atTheEdge = new Line(imani, hospitals.Edge.Address);
        await using var elsewhere = new Line(wen, hospitals.Both.Address);
        var seen = ((Line[])[atTheEdge, elsewhere]).Select(line => Seen(line, topic, both)).ToList();

        Assert.Null((await atTheEdge.Start().Ask<Answer>("Follow", topic, 0))?.Refusal);
        Assert.Null((await elsewhere.Start().Ask<Answer>("Follow", topic, 0))?.Refusal);

        await Ward.Within("both to be shown to both", Task.WhenAll(seen));
    }

    [Fact]
    public async Task Shows_who_left_across_the_processes()
    {
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        ClinicianId[] both = [(await imani.Me(hospitals.Edge.Address)).Id, (await wen.Me(hospitals.Both.Address)).Id];
        var topic = await imani.Start(hospitals.Edge.Address, new(VisibilityKind.Network));
        await using var stays = new Line(imani, hospitals.Edge.Address);
        var seen = Seen(stays, topic, both);
        await stays.Start().Ask<Answer>("Follow", topic, 0);
        await using (var leaves = new Line(wen, hospitals.Both.Address))
        {
            await leaves.Start().Ask<Answer>("Follow", topic, 0);
            await Ward.Within("both to be there", seen);
            seen = Seen(stays, topic, [both[0]]);
        }

        await Ward.Within("one to be there", seen);
    }

    [Fact]
    public async Task Leaves_a_silo_with_nothing_to_say_but_how_it_is()
    {
        using var http = new HttpClient { BaseAddress = hospitals.Silo.Address };
        var answers = new List<(string, HttpStatusCode)>();
        foreach (var path in (string[])["livez", "readyz", "", "sign-in", "api/me", "hub/rounds"])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answers.Add((path, answer.StatusCode));
        }

        Assert.All(answers.Take(2), it => Assert.Equal(HttpStatusCode.OK, it.Item2));
        Assert.All(answers.Skip(2), it => Assert.Equal(HttpStatusCode.NotFound, it.Item2));
    }

    [Fact]
    public async Task Leaves_the_journal_to_the_silos()
    {
        var imani = await hospitals.Person("imani.cole");
        await imani.Start(hospitals.Edge.Address, new(VisibilityKind.Network));

        Assert.Equal(0, await Connections("application_name = $1 and query like 'select append_events(%'"));
        Assert.True(await Connections("application_name <> $1 and query like 'select append_events(%'") > 0);
        Assert.True(await Connections("application_name = $1") > 0);
    }

    private async Task<long> Connections(string which)
    {
        await using var source = NpgsqlDataSource.Create(hospitals.Database + ";Pooling=false");
        await using var count = source.CreateCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and " + which);
        count.Parameters.Add(new() { Value = Hospitals.EdgesName });
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    // When a line is told that just these people are there.
    private static Task Seen(Line line, TopicId topic, ClinicianId[] people)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        line.Signals += signal =>
        {
            if (signal.Topic == topic && !signal.Here.IsDefault && signal.Here.Length == people.Length && people.All(signal.Here.Contains))
            {
                seen.TrySetResult();
            }
        };
        return seen.Task;
    }
}
