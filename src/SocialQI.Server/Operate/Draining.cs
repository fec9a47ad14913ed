using System.Runtime.InteropServices;
using SocialQI.Server.Gateway;

namespace SocialQI.Server.Operate;

/// <summary>
/// How this process ends when it is told to. A node of a cluster first says that it is not ready and takes nobody new; when proxies have had the time to see that,
/// its clients are told to move, one after the other, and come back to another node; then the host ends as hosts do: what is asked is answered, grains are let go.
/// A process of which nobody could move anywhere ends at once, and so does one that is told twice.
/// </summary>
internal sealed class Draining(IServiceProvider services, ServiceOptions options, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider clock)
    : IHostLifetime, IDisposable
{
    /// <summary>Proxies ask every two seconds and believe the second answer.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);

    /// <summary>Within so long all clients are told: all at once they would come back at once.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(5);

    private readonly List<PosixSignalRegistration> signals = [];
    private int told;

    private Rounds? Gateway => services.GetService<Rounds>();

    /// <summary>How many clients would be told to move.</summary>
    public int Clients => options.Postgres is null ? 0 : Gateway?.Connections.Count() ?? 0;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Begin();
            }));
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins; the second time it ends at once.</summary>
    public void Begin()
    {
        readiness.IsDraining = true;
        if (Interlocked.Exchange(ref told, 1) == 1 || Clients == 0)
        {
            lifetime.StopApplication();
            return;
        }
        _ = Drain();
    }

    public void Dispose() => signals.ForEach(s => s.Dispose());

    private async Task Drain()
    {
        try
        {
            await Task.Delay(Notice, clock, lifetime.ApplicationStopping);
            var clients = Gateway!.Connections.ToArray();
            foreach (var client in clients)
            {
                client.Move();
                await Task.Delay(Spread / clients.Length, clock, lifetime.ApplicationStopping);
            }
        }
        catch (OperationCanceledException)
        {
            // Told twice.
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
