using Npgsql;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>What is away for a moment is told in words; a mistake of this program is not passed off as one of these.</summary>
public sealed class TellingAnOutage
{
    public static TheoryData<Exception, Refusal?> Troubles => new()
    {
        { new SiloUnavailableException("The silo is gone."), Refusal.NotNow },
        { new TimeoutException(), Refusal.NotNow },
        { new NpgsqlException("The database is gone."), Refusal.NotNow },
        { new StoreUnavailableException(new IOException()), Refusal.NotNow },
        { new TaskCanceledException("The grain did not wake in time."), Refusal.NotNow },
        { new ObjectDisposedException("The process is ending."), Refusal.NotNow },
        { new StorageFullException(new IOException()), Refusal.StorageFull },
        { new InvalidOperationException(), null },
        { new KeyNotFoundException(), null },
    };

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public void Says_which_it_is(Exception trouble, Refusal? told) => Assert.Equal(told, Outages.RefusalOf(trouble));
}
