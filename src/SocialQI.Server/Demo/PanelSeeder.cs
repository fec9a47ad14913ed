using SocialQI.Ballots;
using SocialQI.Grains.Keeping;
using SocialQI.Panels;

namespace SocialQI.Server.Demo;

/// <summary>Convenes a panel of the demonstration network: one round is over and was talked about, the next is open.</summary>
internal sealed class PanelSeeder(Seeder seeder, DemoPanel it)
{
    private const string Last = "second round";

    private readonly TopicId topic = TopicOf(seeder, it);

    public static Task<bool> IsDone(Seeder seeder, DemoPanel it, CancellationToken stop) => seeder.IsDone(TopicOf(seeder, it), Last, stop);

    public async Task Seed()
    {
        await seeder.As(it.Convener, topic, new PlanPanel(Plan, new(0)), "plan");
        foreach (var (recusal, index) in it.Recusals.OrEmpty().Select((recusal, index) => (recusal, index)))
        {
            await seeder.As(recusal.By, topic, new RecuseFrom(recusal.Reason, recusal.Statements, Attestation: new(0)), "recuse " + index);
        }
        var round = await seeder.Vote(it.Convener, topic, new BeginRound(), "first round");
        foreach (var rating in it.Ratings)
        {
            await seeder.Vote(rating.By, round!.Value, new CastEntry(rating.Entry, new(0)), "rate " + rating.By);
        }
        foreach (var (note, index) in it.Notes.OrEmpty().Select((note, index) => (note, index)))
        {
            await seeder.As(note.By, topic, new SayInPanel(note.Text, new(0)), "say " + index);
        }
        await seeder.Vote(it.Convener, topic, new BeginRound(), Last);
    }

    private static TopicId TopicOf(Seeder seeder, DemoPanel it) => TopicId.Panel(seeder.HomeOf(it.Convener), DerivedId.Of("demo", "panel", it.Key));

    private PanelPlan Plan => new(it.Title, it.Question, it.Statements, [.. it.Seats.Select(Seeder.Person)], it.Rule, CaseSeeder.Visible(it.Visibility));
}
