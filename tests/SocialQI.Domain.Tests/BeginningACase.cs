using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class BeginningACase
{
    private static readonly StartCase Noon = new("Noon", "Is it sepsis?");

    [Fact]
    public void At_another_hospital_tells_nothing_of_what_is_there_already()
    {
        var there = CaseHistory.OfOpenCase().Ask(CaseHistory.Ben, Noon);
        Assert.Equal(new CaseHistory().Ask(CaseHistory.Ben, Noon), there);
        Assert.Equal(Refusal.WrongHome, there);
    }

    [Fact]
    public void Where_one_is_already_is_refused() => Assert.Equal(Refusal.AlreadyThere, CaseHistory.OfOpenCase().Ask(CaseHistory.Ada, Noon));

    [Fact]
    public void In_a_privileged_space_is_refused() =>
        Assert.Equal(Refusal.WrongHome, new CaseHistory(TopicId.Parse("case.north-harbour.privileged.00000007000000000000000000000000")).Ask(CaseHistory.Ada, Noon));

    [Fact]
    public void Without_an_affiliation_is_refused() =>
        Assert.Equal(Refusal.NoAffiliation, new CaseHistory().Ask(CaseHistory.Ada with { Affiliations = [] }, Noon));

    [Fact]
    public void Leaves_a_draft_that_only_its_author_sees()
    {
        var history = new CaseHistory();
        Assert.Null(history.Ask(CaseHistory.Ada, Noon));
        Assert.Equal([Audience.Person(CaseHistory.Ada.Person)], history.State.Audience);
        Assert.Equal(Refusal.NotThere, history.Ask(CaseHistory.Chief, new CloseCase("It was sepsis.")));
    }
}
