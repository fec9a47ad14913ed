using SocialQI.Storage;

namespace SocialQI.Server.Operate;

/// <summary>Lets the store feel that this silo runs; after a break only once the cluster's table says that it is still one of it.</summary>
internal sealed class Beating(Pulse pulse, IClusterMembershipService membership, ILocalSiloDetails self) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            if (pulse.IsFelt || await IsOneOfThem())
            {
                pulse.Beat();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> IsOneOfThem()
    {
        try
        {
            await membership.Refresh();
            return membership.CurrentSnapshot.GetSiloStatus(self.SiloAddress) != SiloStatus.Dead;
        }
        catch (Exception)
        {
            // Not known: asked again at once.
            return false;
        }
    }
}
