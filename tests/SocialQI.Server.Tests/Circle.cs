using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Panels;

namespace SocialQI.Server.Tests;

/// <summary>A topic, and the id of a command that was done in it; empty where none is known.</summary>
internal sealed record Begun(string Name, TopicId Topic, Guid Command);

/// <summary>
/// People who stand in every relation to a case that there is, each told apart by one thing only, and a topic for each way in which a topic can be open.
/// </summary>
internal sealed class Circle
{
    private const string Text = $"Lactate is rising, says the {Overheard.Canary}.";

    /// <summary>An image that stands in every case that is open.</summary>
    public static byte[] Film { get; } = Images.Files.Png(8, 8);

    public static ImageHash FilmHash { get; } = Server.Images.Recoding.Recode(Film).Image!.Image.Hash;

    private readonly TheService service;

    private Circle(TheService service) => this.service = service;

    /// <summary>Who begins everything; of North Harbour, a moderator of the community.</summary>
    public Somebody Author { get; private set; } = null!;

    /// <summary>Of North Harbour as well, in no community.</summary>
    public Somebody Colleague { get; private set; } = null!;

    /// <summary>Of Thornmere, in no community.</summary>
    public Somebody Stranger { get; private set; } = null!;

    /// <summary>Of Thornmere, a member of the community, and named where somebody is named.</summary>
    public Somebody Member { get; private set; } = null!;

    /// <summary>Of Thornmere, a member until a moderator removed them.</summary>
    public Somebody FormerMember { get; private set; } = null!;

    /// <summary>Of North Harbour until that ended; a member of the community still.</summary>
    public Somebody FormerColleague { get; private set; } = null!;

    public CommunityId Community { get; } = new(Guid.CreateVersion7());

    public Begun Draft { get; private set; } = null!;

    public Begun ForInstitution { get; private set; } = null!;

    public Begun ForCommunity { get; private set; } = null!;

    public Begun ForNetwork { get; private set; } = null!;

    public Begun ForNamed { get; private set; } = null!;

    public Begun ForRounds { get; private set; } = null!;

    /// <summary>For its institution, and for the member, who has a seat.</summary>
    public Begun ForPanel { get; private set; } = null!;

    public Begun OwnTopic { get; private set; } = null!;

    public Begun CommunityTopic { get; private set; } = null!;

    public Begun InstitutionTopic { get; } = new("institution", TheService.NorthHarbour.Topic, Guid.Empty);

    public IEnumerable<Begun> Topics => [Draft, ForInstitution, ForCommunity, ForNetwork, ForNamed, ForRounds, ForPanel, OwnTopic, CommunityTopic, InstitutionTopic];

    public static async Task<Circle> Gather(TheService service)
    {
        var circle = new Circle(service);
        await circle.Register();
        await circle.Begin();
        await circle.Part();
        return circle;
    }

    /// <summary>Begins a case of the author's with this visibility, or a draft.</summary>
    public async Task<Begun> BeginCase(string name, Visibility? visibility)
    {
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        var id = await Do(Author, topic, new StartCase($"Fever, {Overheard.Canary}", $"Is it {Overheard.Canary}?", null, [new(SectionKind.History, Text)]));
        if (visibility is not null)
        {
            await service.Done(Author, topic, new OpenCase(visibility, Attestation: new(0)));
            await service.Done(Author, topic, new PostContribution(ContributionKind.Comment, Text, null, default, null, [await Sent(topic)]));
        }
        return new(name, topic, id);
    }

    private async Task<CaseImage> Sent(TopicId topic)
    {
        using var http = service.Client(Author);
        using var answer = await http.PostAsync($"api/topics/{topic}/images", new ByteArrayContent(Film));
        var kept = Json.Decode<KeptImage>(await answer.Content.ReadAsByteArrayAsync());
        return new(kept.Hash, kept.Width, kept.Height, kept.Type, $"The {Overheard.Canary}");
    }

    /// <summary>Somebody invited to the community, and come.</summary>
    public async Task Join(Somebody who)
    {
        await service.Done(Author, Community.Topic, new InviteClinician(who.Id));
        await service.Done(who, Community.Topic, new AnswerInvitation(true));
        await Knows(who, me => me["communities"]!.AsArray().Count == 1);
    }

    /// <summary>Until the gateway knows of somebody what a command has brought about.</summary>
    public async Task Knows(Somebody who, Func<JsonObject, bool> isSo)
    {
        using var http = service.Client(who);
        await Waiting.Until("the gateway knows who may what", async () => isSo((await http.GetFromJsonAsync<JsonObject>("api/me"))!));
    }

    private async Task Register()
    {
        Author = await service.Register(TheService.NorthHarbour);
        Colleague = await service.Register(TheService.NorthHarbour);
        Stranger = await service.Register(TheService.Thornmere);
        Member = await service.Register(TheService.Thornmere);
        FormerMember = await service.Register(TheService.Thornmere);
        FormerColleague = await service.Register(TheService.NorthHarbour);
        CommunityTopic = new("community", Community.Topic, await Do(Author, Community.Topic, new FoundCommunity($"Sepsis {Overheard.Canary}", $"The first hour of {Overheard.Canary}.")));
        await Knows(Author, me => me["communities"]!.AsArray().Count == 1);
        foreach (var member in new[] { Member, FormerMember, FormerColleague })
        {
            await Join(member);
        }
    }

    private async Task Begin()
    {
        ImmutableArray<CommunityId> community = [Community];
        Draft = await BeginCase("draft", null);
        ForInstitution = await BeginCase("case for its institution", new Visibility(VisibilityKind.Institution));
        ForCommunity = await BeginCase("case for a community", new Visibility(VisibilityKind.Communities, community));
        ForNetwork = await BeginCase("case for the network", new Visibility(VisibilityKind.Network));
        ForNamed = await BeginCase("case for somebody named", new Visibility(VisibilityKind.Named, default, [Member.Id]));
        var session = TopicId.Rounds(TheService.NorthHarbour, Guid.CreateVersion7());
        var plan = new RoundsPlan($"Rounds of the {Overheard.Canary}", Text, $"{DateTime.UtcNow.AddDays(1):yyyy-MM-dd}T07:00", "Europe/London", 45, new Visibility(VisibilityKind.Institution));
        ForRounds = new("session for its institution", session, await Do(Author, session, new PlanRounds(plan)));
        var panel = TopicId.Panel(TheService.NorthHarbour, Guid.CreateVersion7());
        var rated = new PanelPlan($"Panel of the {Overheard.Canary}", Text, [Text, "Another"], [Author.Id, Colleague.Id, Member.Id], new(), new Visibility(VisibilityKind.Institution));
        ForPanel = new("panel for its institution", panel, await Do(Author, panel, new PlanPanel(rated)));
        OwnTopic = new("clinician", Author.Id.Topic, await Do(Author, Author.Id.Topic, new FollowTopic(ForNetwork.Topic)));
    }

    private async Task Part()
    {
        await service.Done(Author, Community.Topic, new RemoveMember(FormerMember.Id));
        var ended = await service.Grains.Ask(
            FormerColleague.Id.Topic, Guid.CreateVersion7(), new EndAffiliation(TheService.NorthHarbour), Passport.OfOperator, Moment.Of(DateTimeOffset.UtcNow));
        Xunit.Assert.Null(ended.Refusal);
        await Knows(FormerMember, me => me["communities"]!.AsArray().Count == 0);
        await Knows(FormerColleague, me => me["affiliations"]!.AsArray().Count == 0);
    }

    private async Task<Guid> Do(Somebody who, TopicId topic, Command command)
    {
        using var http = service.Client(who);
        var id = Guid.CreateVersion7();
        using var answer = await http.Ask(topic, command, id);
        answer.EnsureSuccessStatusCode();
        return id;
    }
}
