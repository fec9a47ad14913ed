using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SocialQI.Server.Gateway;
using SocialQI.Storage;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>A clock that goes only when it is moved on.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly DateTimeOffset began = DateTimeOffset.UtcNow;
    private TimeSpan gone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => began + gone;

    public override long GetTimestamp() => gone.Ticks;

    public void Pass(TimeSpan span) => gone += span;
}

/// <summary>
/// A second gateway beside that of the service, reached by pipe as one in another process is. It reads no tail: its clock and what it knows of the tail
/// are the test's.
/// </summary>
internal sealed class OtherGateway
{
    public OtherGateway(TheService service)
    {
        Passports = new Passports(service.Services.GetRequiredService<Stores>(), Clock);
        Rounds = new Rounds(service.Services.GetRequiredService<Stores>(), service.Grains, Passports, NullLogger<Rounds>.Instance);
        Asking = new Asking(Rounds);
    }

    public HandClock Clock { get; } = new();

    public Passports Passports { get; }

    public Rounds Rounds { get; }

    public Asking Asking { get; }

    /// <summary>Somebody connected here.</summary>
    public async Task<Connection> Connect(HeldSocket socket, Somebody who)
    {
        var connection = new Connection(socket, who.Id, Guid.NewGuid());
        Rounds.Add(connection);
        await Passports.Of(who.Id, CancellationToken.None);
        return connection;
    }
}
