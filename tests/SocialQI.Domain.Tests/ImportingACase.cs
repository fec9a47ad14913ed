using SocialQI.Cases;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class ImportingACase
{
    private static readonly ImportCase Noon = new(
        "Imported: sepsis", "Is it sepsis?", new Condition("A41.9", "Sepsis"), [new(SectionKind.History, "Well until noon.")], [new(0, "Lactate 4.1 mmol/L"), new(1, "Lactate 1.9 mmol/L")]);

    private readonly CaseHistory history = new();

    [Fact]
    public void Leaves_a_draft_with_its_facts_that_only_its_author_sees()
    {
        Assert.Null(history.Ask(CaseHistory.Ada, Noon));
        Assert.Equal((CaseStage.Draft, 3L), (history.State.Shown.Stage, history.State.Shown.Number));
        Assert.Equal(["Lactate 4.1 mmol/L", "Lactate 1.9 mmol/L"], history.State.Shown.Recent.Select(c => c.Text.Words));
        Assert.Equal([Audience.Person(CaseHistory.Ada.Person)], history.State.Audience);
    }

    [Fact]
    public void With_one_fact_that_is_wrong_leaves_nothing()
    {
        Assert.Equal("out-of-range", history.Ask(CaseHistory.Ada, Noon with { Facts = [.. Noon.Facts, new(Contribution.DayMax + 1, "Late")] })?.Code);
        Assert.Equal("empty", history.Ask(CaseHistory.Ada, Noon with { Facts = [.. Noon.Facts, new(2, " ")] })?.Code);
        Assert.Equal((CaseStage.None, 0L), (history.State.Shown.Stage, history.State.Shown.Number));
    }

    [Fact]
    public void Takes_a_bounded_number_of_facts() => Assert.Equal(
        "too-many", history.Ask(CaseHistory.Ada, Noon with { Facts = [.. Enumerable.Range(0, ImportCase.FactsMax + 1).Select(d => new ImportedFact(d, "Well"))] })?.Code);

    [Fact]
    public void Follows_the_rules_of_beginning_one()
    {
        Assert.Equal(Refusal.WrongHome, history.Ask(CaseHistory.Ben, Noon));
        Assert.Equal(Refusal.NoAffiliation, history.Ask(CaseHistory.Ada with { Affiliations = [] }, Noon));
        Assert.Equal("too-long", history.Ask(CaseHistory.Ada, Noon with { Title = new string('x', CaseState.TitleLengthMax + 1) })?.Code);
        Assert.Equal(Refusal.AlreadyThere, CaseHistory.OfOpenCase().Ask(CaseHistory.Ada, Noon));
    }
}
