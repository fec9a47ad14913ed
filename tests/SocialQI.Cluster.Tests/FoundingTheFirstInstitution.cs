using System.Diagnostics;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>An operator starts an empty service and makes the first institution with its first administrator.</summary>
public sealed class FoundingTheFirstInstitution : IAsyncLifetime
{
    private const string Secret = "a long enough secret";
    private ServerProcess server = null!;

    public async ValueTask InitializeAsync() => server = await ServerProcess.StartNew(null, "--demo", "false");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Is_done_once_and_lets_its_administrator_in()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Person.SignIn(server.Address, "imani.cole"));

        Assert.Equal(0, (await Setup("north-harbour", "mona", "Mona Ash")).Code);
        using (var mona = await Person.SignIn(server.Address, "mona", Secret))
        {
            var me = await InTheDirectory(mona);
            Assert.Equal(("Mona Ash", "north-harbour", InstitutionRole.Administrator), (me.Name, me.Acting.ToString(), me.Affiliations[0].Role));
            Assert.Equal("""[{"institution":"north-harbour","name":"North Harbour General"}]""", (await mona.Get(server.Address, "api/institutions")).Body);
        }

        Assert.Contains("already-there", Refused(await Setup("north-harbour", "mona", "Mona Ash")), StringComparison.Ordinal);
        Assert.Contains("already-there", Refused(await Setup("north-harbour", "nils", "Nils Ash")), StringComparison.Ordinal);
        Assert.Contains("already-there", Refused(await Setup("thornmere", "mona", "Mona Ash")), StringComparison.Ordinal);

        await MayBeTriedAgain();
        await SaysWhenTheServiceIsNotThere();
    }

    // The lists follow the journal by a moment; with the name the institution's line is there too, which comes before it.
    private async Task<Wire.Me> InTheDirectory(Person person)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(30);)
        {
            if (await person.Me(server.Address) is { Name.Length: > 0 } me)
            {
                return me;
            }
        }
        throw new TimeoutException("The administrator did not come into the directory.");
    }

    private async Task MayBeTriedAgain()
    {
        Assert.Contains("out-of-range", Refused(await Setup("thornmere", "nils", "Nils Ash", "short")), StringComparison.Ordinal);
        Assert.Contains("short name", Refused(await Setup("Thornmere!", "nils", "Nils Ash")), StringComparison.Ordinal);
        Assert.Contains("user name's length", Refused(await Setup("thornmere", " ", "Nils Ash")), StringComparison.Ordinal);
        Assert.Contains("name is empty", Refused(await Setup("thornmere", "nils", "")), StringComparison.Ordinal);
        Assert.Equal(0, (await Setup("thornmere", "nils", "Nils Ash")).Code);
        using var nils = await Person.SignIn(server.Address, "nils", Secret);
        Assert.Equal("thornmere", (await nils.Me(server.Address)).Acting.ToString());
    }

    private async Task SaysWhenTheServiceIsNotThere()
    {
        Assert.Equal(0, await server.Stop());
        Assert.Contains($"does not answer on {server.Address}", Refused(await Setup("skerry-point", "sol", "Sol Ash")), StringComparison.Ordinal);
        Assert.Contains("does not answer", Refused(await server.Verb("import", "--as", "mona", ServerProcess.Built)), StringComparison.Ordinal);
        var elsewhere = Path.Combine(server.Data, "elsewhere");
        Assert.Contains("No service has been started", Refused(await Setup("skerry-point", "sol", "Sol Ash", folder: elsewhere)), StringComparison.Ordinal);
    }

    private Task<(int Code, string Said)> Setup(string institution, string user, string name, string password = Secret, string? folder = null) => ServerProcess.Run(
        ServerProcess.Built,
        ["setup", institution, "--called", "North Harbour General", "--user", user, "--name", name, "--data", folder ?? server.Data],
        password);

    private static string Refused((int Code, string Said) run)
    {
        Assert.Equal(1, run.Code);
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
        return run.Said;
    }
}
