using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SocialQI.Grains.Keeping;
using SocialQI.Server.Demo;
using SocialQI.Server.SignIn;
using SocialQI.Storage;

namespace SocialQI.Server.Operate;

/// <summary>What happens once the process listens: the silo's keepers wake, a first start makes the demonstration network, and the operator is told where it is.</summary>
internal sealed partial class Startup(
    IServiceProvider services, ServiceOptions options, Stores stores, IGrainFactory grains, Readiness readiness, IServer server, OperatorKey key,
    IHostApplicationLifetime lifetime, ILogger<Startup> log)
    : BackgroundService
{
    private static readonly TimeSpan WakeEvery = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        if (options.IsSilo && options.Demo)
        {
            await using var scope = services.CreateAsyncScope();
            await MakeDemo(scope.ServiceProvider.GetRequiredService<Seeder>(), stoppingToken);
        }
        readiness.IsReady = true;
        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.FirstOrDefault() ?? "";
        key.Write(options.Data, address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
        Tell(address);
        await TellHowToBegin(address, stoppingToken);
        await KeepAwake(stoppingToken);
    }

    private static async Task MakeDemo(Seeder seeder, CancellationToken stop)
    {
        if (!await seeder.IsWanted(stop))
        {
            return;
        }
        Console.WriteLine("Making the demonstration network …");
        try
        {
            await seeder.Seed(stop);
        }
        catch (InvalidDataException e)
        {
            // Somebody was quicker, in a network that was not finished. What there is serves.
            Console.Error.WriteLine(e.Message);
        }
    }

    private Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource();
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task.WaitAsync(stop);
    }

    private void Tell(string address)
    {
        Console.WriteLine($"\nSocialQI listens on {address}");
        if (services.GetService<Pages.DemoSignIns>() is { } demo)
        {
            Console.WriteLine($"Demonstration sign-ins (password for all: {demo.Password})");
            foreach (var person in demo.People)
            {
                Console.WriteLine($"  {person.User,-18} {person.Name}, {person.Place} ({person.Role})");
            }
        }
        Console.WriteLine();
    }

    // An empty network has nobody who could let anybody in, and no password that anybody could guess.
    private async Task TellHowToBegin(string address, CancellationToken stop)
    {
        if (options.IsGateway && !options.Demo && (await stores.Default.Tables.Institutions(0, 1, stop)).Count == 0)
        {
            var path = await services.GetRequiredService<OneTimeLinks>().Make(OneTimeLinks.Found, null, stop);
            Console.WriteLine($"There is no institution yet. This link founds the first one and makes its administrator, once, within {OneTimeLinks.Lasts.TotalHours:0} hours:\n  {address}{path}\n");
        }
    }

    // The grains that read the tail are woken by every silo again and again: whichever silo hosted them may be gone.
    private async Task KeepAwake(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(WakeEvery);
        while (options.IsSilo)
        {
            try
            {
                await grains.GetGrain<IKeeperGrain>("default").Wake();
                for (var shard = 0; shard < DueGrain.Shards; shard++)
                {
                    await grains.GetGrain<IDueGrain>(shard).Wake();
                }
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // A silo or the database is gone for a moment; the next round finds them, wherever they are by then.
                LogAsleep(log, e.GetType().Name);
            }
            await timer.WaitForNextTickAsync(stop);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The grains that read the tail could not be woken ({Fault}); it is tried again.")]
    private static partial void LogAsleep(ILogger log, string fault);
}
