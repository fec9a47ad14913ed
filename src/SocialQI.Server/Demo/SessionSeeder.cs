using System.Globalization;
using SocialQI.Grains.Keeping;
using SocialQI.GrandRounds;

namespace SocialQI.Server.Demo;

/// <summary>Plans one session of the demonstration network, some days after it is made.</summary>
internal sealed class SessionSeeder(Seeder seeder, DemoNetwork network, DemoSession it)
{
    private const string Planning = "plan";

    private TopicId Topic => TopicId.Rounds(seeder.HomeOf(it.Planner), DerivedId.Of("demo", "session", it.Key));

    public async Task Seed(DateTimeOffset today, CancellationToken stop)
    {
        // On another day it would be another plan: what an interrupted start has planned stays.
        if (!await seeder.IsDone(Topic, Planning, stop))
        {
            await seeder.As(it.Planner, Topic, new PlanRounds(Plan(today), Attestation: new(0)), Planning);
        }
    }

    private RoundsPlan Plan(DateTimeOffset today) => new(
        it.Title, it.About, today.AddDays(it.DaysAhead).ToString("yyyy-MM-dd'T'", CultureInfo.InvariantCulture) + it.At, it.Zone, it.Minutes, CaseSeeder.Visible(it.Visibility),
        [.. it.Moderators.Select(Seeder.Person)], it.Hosts,
        [.. it.Agenda.Select(p => new AgendaItem(p.Title, Seeder.Person(p.Presenter), p.From, p.Minutes, CaseSeeder.TopicOf(seeder, network.Cases.First(c => c.Key == p.Case))))]);
}
