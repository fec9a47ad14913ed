using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Institutions;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Demo;

/// <summary>
/// Makes the demonstration network by commands through the grains, as its people would have over the last days. Every command's id is derived from its place,
/// so that a first start that was interrupted goes on where it was.
/// </summary>
internal sealed class Seeder(IGrainFactory grains, Stores stores, LocalAccounts accounts, TimeProvider clock)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(37);
    private static readonly TimeSpan Ago = TimeSpan.FromDays(9);

    private const string Founding = "found";

    private readonly DemoNetwork network = DemoNetwork.Read();
    private Moment now;

    /// <summary>Whether the store is empty, or an earlier start that made the network was interrupted: its first command was done, its last was not.</summary>
    public async Task<bool> IsWanted(CancellationToken stop) =>
        await stores.Default.Journal.Position(stop) == 0
        || (await IsDone(network.Institutions[0].Id.Topic, Founding, stop)
            && !await IsDone(Person(CaseSeeder.Followers(network.Cases[^1]).Last()).Topic, CaseSeeder.Following(network.Cases[^1]), stop));

    public async Task Seed(CancellationToken stop)
    {
        now = Moment.Of(clock.GetUtcNow() - Ago - Ago);
        foreach (var institution in network.Institutions)
        {
            await Ask(institution.Id.Topic, Passport.OfOperator, new FoundInstitution(institution.Name), Founding);
        }
        foreach (var clinician in network.Clinicians)
        {
            await Register(clinician);
        }
        foreach (var community in network.Communities)
        {
            await Found(community);
        }
        foreach (var session in network.Sessions)
        {
            await new SessionSeeder(this, network, session).Seed(clock.GetUtcNow(), stop);
        }
        foreach (var (it, index) in network.Cases.Select((it, index) => (it, index)))
        {
            now = Moment.Of(clock.GetUtcNow() - (Ago / (index + 1)));
            await new CaseSeeder(this, it).Seed();
        }
    }

    public static ClinicianId Person(string user) => new(DerivedId.Of("demo", "clinician", user));

    public static CommunityId Community(string key) => new(DerivedId.Of("demo", "community", key));

    public InstitutionId HomeOf(string user) => network.Clinicians.First(c => c.User == user).Affiliations[0].Institution;

    public async Task<Answer> As(string user, TopicId topic, Command command, string place)
    {
        now += Pace / 5;
        return await Ask(topic, await stores.Default.Tables.Passport(Person(user), CancellationToken.None), command, place);
    }

    public async Task<bool> IsDone(TopicId topic, string place, CancellationToken stop) =>
        await stores.Default.Journal.Done(topic, Id(topic, place), stop) is not null;

    private static Guid Id(TopicId topic, string place) => DerivedId.Of("demo", topic, place);

    private async Task<Answer> Ask(TopicId topic, Passport passport, Command command, string place)
    {
        var answer = await grains.Ask(topic, Id(topic, place), command, passport, now);
        return answer.Refusal is { } refusal ? throw new InvalidDataException($"The demonstration network is wrong at {topic} {place}: {refusal.Code}") : answer;
    }

    private async Task Register(DemoClinician clinician)
    {
        var person = Person(clinician.User);
        var first = clinician.Affiliations[0];
        await Ask(
            person.Topic, Passport.OfOperator,
            new RegisterClinician(clinician.Name, clinician.Specialty, clinician.Grade, first.Institution, first.Role), "register");
        foreach (var more in clinician.Affiliations.Skip(1))
        {
            await Ask(person.Topic, Passport.OfOperator, new GrantAffiliation(more.Institution, more.Role), "affiliate " + more.Institution);
        }
        await accounts.Keep(new(clinician.User, person, first.Institution), DemoNetwork.Password);
    }

    private async Task Found(DemoCommunity community)
    {
        var id = Community(community.Key);
        await As(community.Founder, id.Topic, new FoundCommunity(community.Name, community.Purpose, community.Conditions), "found");
        foreach (var member in community.Members)
        {
            await As(community.Founder, id.Topic, new InviteClinician(Person(member)), "invite " + member);
            await As(member, id.Topic, new AnswerInvitation(true), "join " + member);
        }
        foreach (var moderator in community.Moderators.OrEmpty())
        {
            await As(community.Founder, id.Topic, new ChangeMemberRole(Person(moderator), CommunityRole.Moderator), "moderator " + moderator);
        }
        foreach (var waiting in community.Requests.OrEmpty())
        {
            await As(waiting, id.Topic, new RequestToJoin(), "request " + waiting);
        }
    }
}

/// <summary>Makes one case of the demonstration network.</summary>
internal sealed class CaseSeeder(Seeder seeder, DemoCase it)
{
    private readonly Dictionary<string, long> numbers = [];
    private readonly TopicId topic = TopicOf(seeder, it);

    public async Task Seed()
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
        foreach (var (step, index) in it.Course.OrEmpty().Select((step, index) => (step, index)))
        {
            var answer = await seeder.As(step.By, topic, CommandOf(step), "step " + index);
            if (step.Id is { } id)
            {
                numbers[id] = answer.First;
            }
        }
        foreach (var follower in Followers(it))
        {
            await seeder.As(follower, Seeder.Person(follower).Topic, new FollowTopic(topic), Following(it));
        }
    }

    /// <summary>Whoever says something in a case follows it, the author first.</summary>
    public static IEnumerable<string> Followers(DemoCase it) => it.Course.OrEmpty().Select(s => s.By).Prepend(it.Author).Distinct();

    public static TopicId TopicOf(Seeder seeder, DemoCase it) => TopicId.Case(seeder.HomeOf(it.Author), DerivedId.Of("demo", "case", it.Key));

    public static string Following(DemoCase it) => "follow " + it.Key;

    private System.Collections.Immutable.ImmutableArray<Section> Sections => it.Sections is { } sections ? [.. sections.Select(s => new Section(s.Key, s.Value))] : [];

    public static Visibility Visible(DemoVisibility chosen) => new(
        chosen.Kind, [.. chosen.Communities.OrEmpty().Select(Seeder.Community)], [.. chosen.Named.OrEmpty().Select(Seeder.Person)]);

    private Command CommandOf(DemoStep step) => step switch
    {
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
