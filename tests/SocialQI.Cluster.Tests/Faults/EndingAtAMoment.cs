using System.Reflection;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>A process ends at each of the moments at which that is worst: all that there are, by reflection.</summary>
[Collection<OnTheGround>, Trait("fault", "crashpoint")]
public sealed class EndingAtAMoment(Ground ground) : IAsyncLifetime
{
    private static readonly string[] moments =
        [.. typeof(Moments).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral && f.Name != nameof(Moments.Source)).Select(f => (string)f.GetRawConstantValue()!)];

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-moments-").FullName;

    // A silo that is a gateway too comes to all of them.
    private ServerProcess Victim => ground.Other;

    public async ValueTask InitializeAsync()
    {
        await ground.Mend();
        Victim.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        Victim.Environment[StartupHook.Folder] = folder;
        await Victim.Kill();
        try
        {
            await Victim.Start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        Victim.Environment.Clear();
        await (Victim.IsRunning ? Victim.Kill() : Task.CompletedTask);
        await ground.Mend();
    }

    [Fact]
    public async Task Loses_nothing_whichever_it_is()
    {
        Assert.NotEmpty(moments);
        await using var ordeal = await Ordeal.Begin("crashpoint", ground);
        using var administrator = await Person.SignIn(ground.One.Address, "hester.lowe");
        for (var round = 0; round < Sizes.Crashes; round++)
        {
            foreach (var moment in moments)
            {
                await BringTopic(ordeal);
                await ordeal.Round(() => End(moment, administrator));
            }
        }
        ordeal.Tell("names", moments.Length, "names");
        await ordeal.End();
    }

    // A process that came back serves none of those that it had.
    private async Task BringTopic(Ordeal ordeal)
    {
        var first = ordeal.Ward.Topics.Count;
        await ordeal.Ward.Start(ground.People[first % ground.People.Count], Victim.Address, new(VisibilityKind.Network));
        for (var i = 0; i < ground.Doors.Length; i++)
        {
            var person = ground.People[(first + i) % ground.People.Count];
            ordeal.Ward.AddFollower(person, [ordeal.Ward.Topics[^1]], ordeal.Doors(i));
            ordeal.Ward.AddWriter(person, ordeal.Ward.Topics[^1], ordeal.Doors(i));
        }
    }

    private async Task End(string moment, Person administrator)
    {
        var file = Path.Combine(folder, moment);
        await File.WriteAllTextAsync(file, "");
        var ended = Victim.Ended();
        // Nobody's rights change by themselves.
        var somebody = moment == Moments.BeforePassport ? administrator.Register(ground.One.Address, InstitutionId.Parse("skerry-point"), $"somebody{Guid.NewGuid():N}") : null;
        await Ward.Within($"the moment {moment}", ended, () => Victim.Said);
        (await (somebody ?? Task.FromResult<Person>(null!)))?.Dispose();
        File.Delete(file);
        await Victim.Start();
    }
}
