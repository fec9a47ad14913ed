using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Panels;

namespace SocialQI.Server.Demo;

/// <summary>The demonstration network as it is written in <c>network.json</c>: invented hospitals, people, cases, panels and sessions to come.</summary>
internal sealed record DemoNetwork(
    ImmutableArray<DemoInstitution> Institutions, ImmutableArray<DemoClinician> Clinicians, ImmutableArray<DemoCommunity> Communities, ImmutableArray<DemoCase> Cases,
    ImmutableArray<DemoSession> Sessions, ImmutableArray<DemoPanel> Panels)
{
    /// <summary>The one password of all demonstration accounts.</summary>
    public const string Password = "rounds-at-seven";

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static DemoNetwork Read()
    {
        using var file = typeof(DemoNetwork).Assembly.GetManifestResourceStream("SocialQI.Server.Demo.network.json")!;
        return JsonSerializer.Deserialize<DemoNetwork>(file, Reading)!;
    }
}

internal sealed record DemoInstitution(InstitutionId Id, string Name);

internal sealed record DemoClinician(string User, string Name, string Specialty, Grade Grade, ImmutableArray<DemoAffiliation> Affiliations);

internal sealed record DemoAffiliation(InstitutionId Institution, InstitutionRole Role);

internal sealed record DemoCommunity(
    string Key, string Name, InstitutionId Home, string Founder, string Purpose, ImmutableArray<Condition> Conditions,
    ImmutableArray<string> Members, ImmutableArray<string> Moderators, ImmutableArray<string> Requests);

internal sealed record DemoCase(
    string Key, string Author, string? Hallway, string? Title, string? Question, Condition? Condition,
    ImmutableDictionary<SectionKind, string>? Sections, DemoVisibility? Visibility, ImmutableArray<DemoStep> Course);

internal sealed record DemoVisibility(VisibilityKind Kind, ImmutableArray<string> Communities, ImmutableArray<string> Named);

internal sealed record DemoStep(
    string By, ContributionKind? Post, string? Text, string? Id, string? ReplyTo, ImmutableArray<string> Mentions, Evidence? Evidence,
    DemoFact? Fact, DemoReact? React, DemoEdit? Edit, DemoWithdraw? Withdraw, bool Promote, string? Close,
    BallotTerms? Call, Entry? Enter, string? End, DemoExpected? Expect, Outcome? Outcome);

internal sealed record DemoExpected(string What, int DaysAhead, string Who);

internal sealed record DemoFact(int Day, string Text);

internal sealed record DemoReact(string To, Reaction Reaction);

internal sealed record DemoEdit(string Of, string Text);

internal sealed record DemoWithdraw(string Of);

internal sealed record DemoSession(
    string Key, string Planner, string Title, string About, int DaysAhead, string At, string Zone, int Minutes, DemoVisibility Visibility,
    ImmutableArray<InstitutionId> Hosts, ImmutableArray<string> Moderators, ImmutableArray<DemoPart> Agenda);

internal sealed record DemoPanel(
    string Key, string Convener, string Title, string Question, ImmutableArray<string> Statements, ImmutableArray<string> Seats, PanelRule Rule, DemoVisibility Visibility,
    ImmutableArray<DemoRecusal> Recusals, ImmutableArray<DemoRating> Ratings, ImmutableArray<DemoNote> Notes);

internal sealed record DemoRecusal(string By, ImmutableArray<int> Statements, string Reason);

internal sealed record DemoRating(string By, Entry Entry);

internal sealed record DemoNote(string By, string Text);

internal sealed record DemoPart(string Title, string Presenter, int From, int Minutes, string Case);
