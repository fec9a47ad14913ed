using System.Collections.Immutable;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>Nothing that people do is missing in the record, and nothing is in it that nobody did.</summary>
public sealed class RecordingEveryAct(TheService service)
{
    private const int Many = 5_000;

    [Fact]
    public async Task Of_five_thousand_leaves_none_out_and_adds_none()
    {
        var circle = await Circle.Gather(service);
        var elsewhere = TopicId.Case(TheService.Thornmere, Guid.CreateVersion7());
        ImmutableArray<TopicId> topics =
        [
            circle.Draft.Topic, circle.ForInstitution.Topic, circle.ForCommunity.Topic, circle.ForNetwork.Topic, circle.ForNamed.Topic, circle.OwnTopic.Topic,
            circle.CommunityTopic.Topic, circle.InstitutionTopic.Topic, elsewhere,
        ];
        Somebody[] people =
        [
            await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator),
            await service.Register(TheService.NorthHarbour, InstitutionRole.Trainee), await service.Register(TheService.Thornmere),
            await service.Register(TheService.Thornmere, InstitutionRole.Moderator), await service.Register(TheService.Thornmere, InstitutionRole.PrivacyOfficer),
        ];
        var ledger = new Ledger();
        await Task.WhenAll(people.Select((person, i) => Task.Run(async () =>
        {
            await using var worker = new Worker(service, person, ledger, circle, topics, new Random(i));
            await worker.Work((Many / people.Length) + 20);
        })));

        await Waiting.Until("every end is recorded", async () => (await AuditTable.Of(service, people)).Count(r => r.Closes is not null) >= ledger.Ends);
        var rows = await AuditTable.Of(service, people);
        var recorded = rows.Where(r => r.Closes is null).Select(r => new DoneAct(r.Who, r.Act, r.What, r.Topic, r.Result)).ToList();
        var events = await AuditTable.EventsOf(service, people);
        var missing = Ledger.Without<object>([.. ledger.Acts, .. ledger.Events], [.. recorded, .. events]);
        var extra = Ledger.Without<object>([.. recorded, .. events], [.. ledger.Acts, .. ledger.Events]);
        Figures.Tell("audit.acts", ledger.Done, "acts");
        Figures.Tell("audit.missing", missing.Count, "acts");
        Figures.Tell("audit.extra", extra.Count, "acts");
        Assert.True(missing.Count == 0, $"{missing.Count} are missing:\n{string.Join("\n", missing.Take(10))}");
        Assert.True(extra.Count == 0, $"{extra.Count} are too many:\n{string.Join("\n", extra.Take(10))}");
        Assert.Equal(ledger.Ends, rows.Count(r => r.Closes is not null));
        Assert.True(ledger.Done >= Many);
        Assert.Empty(rows.Where(r => r.Closes is not null).Select(r => (r.Home, r.Closes!)).Except(rows.Select(r => (r.Home, r.Place))));
    }
}
