using System.Net;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>An operator ends one node of two while people write and follow: it says so first, and everybody moves to the other.</summary>
public sealed class DrainingANode(PrivatePostgres postgres)
{
    [Fact]
    public async Task Tells_proxies_then_clients_and_ends_when_they_have_moved()
    {
        var database = await postgres.CreateDatabase();
        await using var one = await ServerProcess.StartNew(null, "--postgres", database);
        await using var other = await ServerProcess.StartNew(null, "--postgres", database);
        await using var ward = new Ward();
        using var imani = await Person.SignIn(one.Address, "imani.cole");
        using var wen = await Person.SignIn(other.Address, "wen.halloran");
        foreach (var gateway in (Uri[])[one.Address, other.Address])
        {
            await ward.Start(imani, gateway, new(VisibilityKind.Network));
        }
        foreach (var person in (Person[])[imani, wen])
        {
            ward.AddFollower(person, one.Address, other.Address);
            ward.AddWriter(person, ward.Topics[0], one.Address, other.Address);
            ward.AddWriter(person, ward.Topics[1], other.Address, one.Address);
        }
        await ward.Calm();

        Assert.Contains("4 clients would be told to move", (await one.Verb("drain", "--dry-run")).Said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await imani.Get(one.Address, "readyz")).Status);
        var draining = one.Verb("drain");
        await Ward.Within("it to say that it is not ready", Unready(imani, one.Address));
        Assert.Equal(HttpStatusCode.OK, (await imani.Get(other.Address, "readyz")).Status);
        var (code, said) = await draining;

        Assert.True(code == 0, said);
        Assert.Equal(0, await one.Ended());
        await ward.Calm();
        Finding.None(await ward.Check(() => JournalRows.OfPostgres(database, ward.Topics)));
        Assert.Empty(ward.Unspoken);
    }

    private static async Task Unready(Person person, Uri node)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await person.Get(node, "readyz")).Status != HttpStatusCode.ServiceUnavailable)
        {
            await pace.WaitForNextTickAsync();
        }
    }
}
