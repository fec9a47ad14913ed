using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;

namespace SocialQI.Server.Demo;

/// <summary>Makes one case of the demonstration network.</summary>
internal sealed class CaseSeeder(Seeder seeder, DemoCase it)
{
    private readonly Dictionary<string, long> numbers = [];
    private readonly TopicId topic = TopicOf(seeder, it);

    public async Task Seed(DateTimeOffset today, CancellationToken stop)
    {
        if (it.Hallway is { } line)
        {
            await seeder.As(it.Author, topic, new StartHallway(line, Visible(it.Visibility!), Attestation: new(0)), "start");
        }
        else
        {
            await seeder.As(it.Author, topic, new StartCase(it.Title!, it.Question!, it.Condition, Sections), "start");
            if (it.Visibility is { } visibility)
            {
                await seeder.As(it.Author, topic, new OpenCase(Visible(visibility), Attestation: new(0)), "open");
            }
        }
        // What is said is told apart by its place among all that is said: a demonstration that was made before there were opinions gets them with the next start.
        var said = 0;
        foreach (var step in it.Course.OrEmpty())
        {
            await Do(step, PlaceOf(step) ?? "step " + said++, today, stop);
        }
        foreach (var follower in Followers(it))
        {
            await seeder.As(follower, Seeder.Person(follower).Topic, new FollowTopic(topic), Following(it));
        }
    }

    private async Task Do(DemoStep step, string place, DateTimeOffset today, CancellationToken stop)
    {
        if (step.Call is not null || step.Enter is not null || step.End is not null)
        {
            await seeder.Vote(step.By, step.Enter is null ? topic : Ballot, VoteOf(step), place);
        }
        // On another day it would be another day: what an interrupted start has planned stays.
        else if (step.Expect is null || !await seeder.IsDone(topic, place, stop))
        {
            var answer = await seeder.As(step.By, topic, CommandOf(step, today), place);
            if (step.Id is { } id)
            {
                numbers[id] = answer.First;
            }
        }
    }

    private static string? PlaceOf(DemoStep step) => step switch
    {
        { Call: not null } => "call",
        { Enter: not null } => "enter " + step.By,
        { End: not null } => "end",
        { Expect: not null } => "expect",
        { Outcome: not null } => "outcome",
        _ => null,
    };

    /// <summary>Whoever says something in a case follows it, the author first.</summary>
    private static IEnumerable<string> Followers(DemoCase it) => it.Course.OrEmpty().Select(s => s.By).Prepend(it.Author).Distinct();

    public static TopicId TopicOf(Seeder seeder, DemoCase it) => TopicId.Case(seeder.HomeOf(it.Author), DerivedId.Of("demo", "case", it.Key));

    private static string Following(DemoCase it) => "follow " + it.Key;

    private Guid Opinions => DerivedId.Of("demo", "opinions", it.Key);

    private TopicId Ballot => TopicId.BallotOf(topic, Opinions);

    private System.Collections.Immutable.ImmutableArray<Section> Sections => it.Sections is { } sections ? [.. sections.Select(s => new Section(s.Key, s.Value))] : [];

    public static Visibility Visible(DemoVisibility chosen) => new(
        chosen.Kind, [.. chosen.Communities.OrEmpty().Select(Seeder.Community)], [.. chosen.Named.OrEmpty().Select(Seeder.Person)]);

    private Command VoteOf(DemoStep step) => step switch
    {
        { Call: { } terms } => new CallBallot(Opinions, terms, new(0)),
        { Enter: { } entry } => new CastEntry(entry, new(0)),
        _ => new EndBallot(Ballot, step.End!),
    };

    private Command CommandOf(DemoStep step, DateTimeOffset today) => step switch
    {
        { Expect: { } expect } => new ExpectOutcome(expect.What, Moment.Of(today.AddDays(expect.DaysAhead)), Seeder.Person(expect.Who), new(0)),
        { Outcome: { } outcome } => new RecordOutcome(outcome, new(0)),
        { Post: { } kind } => new PostContribution(
            kind, step.Text!, step.ReplyTo is { } to ? numbers[to] : null, [.. step.Mentions.OrEmpty().Select(Seeder.Person)], step.Evidence),
        { Fact: { } fact } => new AddFact(fact.Day, fact.Text),
        { React: { } react } => new React(numbers[react.To], react.Reaction),
        { Edit: { } edit } => new EditContribution(numbers[edit.Of], edit.Text),
        { Withdraw: { } withdraw } => new WithdrawContribution(numbers[withdraw.Of]),
        { Promote: true } => new PromoteHallway(it.Title!, it.Question!, it.Condition, Sections, Attestation: new(0)),
        { Close: { } learned } => new CloseCase(learned),
        _ => throw new InvalidDataException("A step of the demonstration network says nothing."),
    };
}
