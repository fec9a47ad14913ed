using System.Diagnostics;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What is decided at one gateway ends what is heard at the other, while the topic goes on for everybody else.</summary>
[Collection<AtTheHospitals>]
public sealed class RevokingAccess(Hospitals hospitals)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task By_ending_an_affiliation_ends_what_is_heard()
    {
        var (hester, yusuf) = (await hospitals.Person("hester.lowe"), await hospitals.Person("yusuf.dane"));
        var skerryPoint = (await hester.Me(hospitals.Both.Address)).Acting!.Value;
        var him = (await yusuf.Me(hospitals.Edge.Address)).Id;

        await Ends("affiliation", yusuf, new(VisibilityKind.Network), _ => hester.Do(hospitals.Both.Address, him.Topic, new EndAffiliation(skerryPoint)));
    }

    [Fact]
    public async Task By_removing_a_member_ends_what_is_heard()
    {
        var (imani, mateus) = (await hospitals.Person("imani.cole"), await hospitals.Person("mateus.arroyo"));
        var community = (await imani.Me(hospitals.Both.Address)).Communities.First(m => m.Role == CommunityRole.Moderator).Community;
        var him = (await mateus.Me(hospitals.Edge.Address)).Id;

        await Ends(
            "membership", mateus, new(VisibilityKind.Communities, Communities: [community]),
            _ => imani.Do(hospitals.Both.Address, community.Topic, new RemoveMember(him)));
    }

    [Fact]
    public async Task By_narrowing_the_visibility_ends_what_is_heard() => await Ends(
        "visibility", await hospitals.Person("wen.halloran"), new(VisibilityKind.Network),
        async ward => await ward.Do(
            await hospitals.Person("imani.cole"), hospitals.Both.Address, ward.Topics[0], new ChangeVisibility(new(VisibilityKind.Institution), Attestation: new(0)), "institution"));

    // The author's colleague, at the same gateway as who is shut out, hears it all.
    private async Task Ends(string of, Person shutOut, Visibility visibility, Func<Ward, Task> revoke)
    {
        var (imani, anselm) = (await hospitals.Person("imani.cole"), await hospitals.Person("anselm.royd"));
        await using var ward = new Ward();
        await ward.Start(imani, hospitals.Both.Address, visibility);
        var topic = ward.Topics[0];
        ward.AddFollower(shutOut, hospitals.Edge.Address);
        ward.AddFollower(anselm, hospitals.Edge.Address);
        ward.AddWriter(imani, topic, hospitals.Both.Address);
        await ward.Calm();
        await Ward.Within("both to hear", Task.WhenAll(ward.Followers.Select(f => f.Reaches(topic, 2))));

        await revoke(ward);
        var since = Stopwatch.GetTimestamp();
        Assert.Equal(topic.ToString(), await ward.Followers[0].IsLetGo.WaitAsync(Ward.Patience, TestContext.Current.CancellationToken));
        var took = Stopwatch.GetElapsedTime(since);
        Figures.Tell($"cluster.revocation.{of}", took.TotalMilliseconds, "ms");

        // It goes on, and the one who was shut out hears nothing of it, nor when they ask.
        await ward.Calm();
        await ward.Calm();
        Finding.None(await ward.Check(() => JournalRows.OfPostgres(hospitals.Database, ward.Topics)));
        Assert.True(ward.Followers[0].Last(topic) < ward.Followers[1].Last(topic));
        await using var again = new Line(shutOut, hospitals.Edge.Address).Start();
        Assert.Equal("not-there", (await again.Ask<Answer>("Follow", topic, 0))?.Refusal?.Code);
        Assert.Equal("not-there", (await shutOut.Open(hospitals.Both.Address, topic)).Refusal?.Code);
        Assert.True(took < Promised, $"It took {took.TotalSeconds:0.0} s.");
    }
}
