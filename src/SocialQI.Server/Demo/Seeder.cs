using SocialQI.Ballots;
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

    // Of one command.
    private const int EventsMax = 3;

    private readonly DemoNetwork network = DemoNetwork.Read();
    private readonly Dictionary<TopicId, TopicId> owners = [];
    private Moment now;

    /// <summary>Whether the store is empty, or an earlier start that made the network was interrupted: its first command was done, its last was not.</summary>
    public async Task<bool> IsWanted(CancellationToken stop) =>
        await stores.Default.Journal.Position(stop) == 0
        || (await IsDone(network.Institutions[0].Id.Topic, Founding, stop)
            && !await PanelSeeder.IsDone(this, network.Panels[^1], stop));

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
            await new CaseSeeder(this, it).Seed(clock.GetUtcNow(), stop);
        }
        foreach (var panel in network.Panels)
        {
            now = Moment.Of(clock.GetUtcNow() - (Ago / network.Cases.Length));
            await new PanelSeeder(this, panel).Seed();
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

    /// <summary>The same about a ballot, with what follows from it: the service would do that a moment later, and finds it done.</summary>
    /// <returns>The ballot that was called with it; null where none was.</returns>
    public async Task<TopicId?> Vote(string user, TopicId topic, Command command, string place) => await Follow(topic, await As(user, topic, command, place));

    private async Task<TopicId?> Follow(TopicId topic, Answer answer)
    {
        TopicId? begun = null;
        // A ballot tells nobody how many events it has.
        var first = topic.Kind == TopicKind.Ballot ? (await stores.Default.Journal.Head(topic, CancellationToken.None))!.Number : answer.First;
        foreach (var stored in await stores.Default.Journal.Read(topic, first, EventsMax, CancellationToken.None))
        {
            switch (stored.Decode().Event)
            {
                case BallotCalled called:
                    (begun, owners[called.Ballot]) = (called.Ballot, topic);
                    await Ask(called.Ballot, Passport.OfOperator, new BeginBallot(topic, stored.By, called.Terms, called.Recused, called.RecusedFrom), "begin");
                    break;
                case BallotEnded ended:
                    await Follow(ended.Ballot, await Ask(ended.Ballot, Passport.OfOperator, new CloseBallot(ClosingGround.Moderator), "close"));
                    break;
                case BallotClosed closed:
                    await Ask(owners[topic], Passport.OfOperator, new NoteResult(topic, closed.Ground, closed.Result), "result " + topic.Key);
                    break;
            }
        }
        return begun;
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
