using Bunit;
using SocialQI.Client.Calibrating;
using SocialQI.Clinicians;
using SocialQI.Statistics.Scoring;
using Xunit;

namespace SocialQI.Client.Tests;

/// <summary>What came of Ada's opinions, shown to her alone.</summary>
public sealed class LookingAtMyCalibration : Desk
{
    private static readonly Calibration scored = new(20, 13, [new(5, 12, 1), new(9, 3, 0), new(30, 20, 6), new(80, 10, 7), new(100, 4, 4)]);

    [Fact]
    public void Where_nothing_is_scored_is_told_how_one_gets_there()
    {
        var page = Show(null);
        page.WaitForAssertion(() => Assert.Contains("Give an opinion on a case", page.Find("[data-testid=empty]").TextContent));
        Assert.Contains("Nobody else is shown this", page.Find("[data-testid=alone]").TextContent);
        Assert.Empty(page.FindAll("[data-testid=right]"));
        Assert.NotEmpty(Show(Calibration.None).FindAll("[data-testid=empty]"));
    }

    [Fact]
    public void With_fewer_than_ten_cases_is_told_that_these_are_too_few_and_what_changes_then()
    {
        var page = Show(scored with { Cases = 9, Right = 4 });
        page.WaitForAssertion(() => Assert.Contains("Too few to say: right in 4 of 9", page.Find("[data-testid=few]").TextContent));
        Assert.Contains("From 10 scored cases on", page.Find("[data-testid=right]").TextContent);
        Assert.DoesNotContain("44 %", page.Markup);
        Assert.Empty(page.FindAll("[data-testid=reliability], [data-testid=brier], [data-testid=never-sure]"));
        Assert.NotEmpty(Show(scored with { Cases = 10, Right = 4 }).FindAll("[data-testid=reliability]"));
    }

    [Fact]
    public void Sees_how_often_the_first_three_held_the_truth_with_n_and_its_interval()
    {
        var page = Show(scored);
        page.WaitForAssertion(() => Assert.Equal("65 %", page.Find("[data-testid=share]").TextContent));
        var text = page.Find("[data-testid=right]").TextContent;
        Assert.Contains("n = 20 cases, 49 forecasts", text);
        Assert.Contains("13 of 20 cases; 95 % Wilson interval 43–82 %", text);
        // (13 + 2)/(20 + 4).
        Assert.Contains("count yours as right in 62 %", text);
    }

    [Fact]
    public void Sees_a_point_for_each_group_and_the_same_in_words_and_in_a_table()
    {
        var page = Show(scored);
        page.WaitForAssertion(() => Assert.Equal(8, page.FindAll(".chart > svg circle").Count));
        Assert.Equal(["c-dot", "c-dot", "c-dot", "c-hollow"], page.FindAll(".chart > svg.wide circle").Select(c => c.ClassName));
        var words = page.Find(".chart > svg.wide desc").TextContent;
        Assert.StartsWith("49 forecasts in 4 groups", words);
        Assert.Contains("Sure to 6 %: right 1 of 15. Sure to 30 %: right 6 of 20. Sure to 80 %: right 7 of 10. Sure to 100 %: right 4 of 4.", words);
        Assert.Equal(["0–9 %6 %1 of 157 %1–30 %", "30–39 %30 %6 of 2030 %15–52 %", "80–89 %80 %7 of 1070 %40–89 %", "90–100 %100 %4 of 4100 %51–100 %"], page.FindAll("[data-testid=table] tbody tr").Select(r => r.TextContent));
        Assert.All(page.FindAll(".chart > svg"), svg => Assert.Equal(2, svg.GetAttribute("aria-labelledby")!.Split(' ').Count(id => page.FindAll($"[id='{id}']").Count == 1)));
    }

    [Fact]
    public void Draws_each_group_where_it_belongs()
    {
        var page = Show(scored);
        page.WaitForState(() => page.FindAll(".chart > svg.wide circle").Count > 0);
        var last = page.FindAll(".chart > svg.wide circle")[^1];
        // The upper right corner: all sure, and always right.
        Assert.Equal(("526", "14"), (last.GetAttribute("cx"), last.GetAttribute("cy")));
        Assert.Equal(("44", "238", "526", "14"), Line(page.Find(".chart > svg.wide .c-centre")));
        Assert.DoesNotContain(page.FindAll(".chart > svg *").SelectMany(e => e.Attributes), a => a.Value.Contains("NaN", StringComparison.Ordinal) || (a.Name is "x" or "y" or "cx" or "cy" or "r" && a.Value.Contains(',')));

        static (string?, string?, string?, string?) Line(AngleSharp.Dom.IElement line) => (line.GetAttribute("x1"), line.GetAttribute("y1"), line.GetAttribute("x2"), line.GetAttribute("y2"));
    }

    [Fact]
    public void Sees_the_score_and_its_parts_each_with_a_sentence()
    {
        var page = Show(scored);
        var parts = MurphyDecomposition.InBins(Forecasts(scored), 10)!;
        page.WaitForAssertion(() => Assert.Equal($"{parts.Brier:0.000}", page.Find("[data-testid=score]").TextContent));
        foreach (var (name, value) in new[] { ("reliability", parts.Reliability), ("resolution", parts.Resolution), ("uncertainty", parts.Uncertainty) })
        {
            Assert.EndsWith($".{value:0.000}", page.Find($"tr[data-testid={name}]").TextContent);
        }
    }

    [Theory]
    [InlineData(9, "surer than right")]
    [InlineData(35, "right more often than sure")]
    [InlineData(25, "as sure as you were right")]
    public void Is_told_what_it_comes_to(int right, string told)
    {
        var page = Show(new(20, 10, [new(50, 50, right)]));
        page.WaitForAssertion(() => Assert.Contains(told, page.Find(".verdict").TextContent));
    }

    [Fact]
    public void Who_never_said_how_sure_they_were_is_told_so()
    {
        var page = Show(new(20, 13, []));
        page.WaitForAssertion(() => Assert.Contains("never said how sure", page.Find("[data-testid=never-sure]").TextContent));
        Assert.Empty(page.FindAll("[data-testid=reliability]"));
    }

    [Fact]
    public void Puts_each_percent_into_the_group_by_which_it_is_scored()
    {
        for (var percent = 0; percent <= 100; percent++)
        {
            // Beside one at the lower end of its group it makes no second group: both sides must say so.
            var start = Math.Min(90, percent / 10 * 10);
            var found = Reliability.Of(new(10, 5, percent == start ? [new(start, 4, 2)] : [new(start, 2, 1), new(percent, 2, 1)]))!;
            Assert.Equal((1, start, 1), (found.Groups.Count, found.Groups[0].From, found.Parts.Groups));
        }
    }

    private IRenderedComponent<CalibrationPage> Show(Calibration? calibration)
    {
        Mine = Mine with { Number = Mine.Number + 1, Calibration = calibration };
        if (Rounds.Me is { } me)
        {
            Rounds.Leave(me.Id.Topic);
        }
        Begin();
        return Render<CalibrationPage>();
    }

    private static (double, bool)[] Forecasts(Calibration of) =>
        [.. of.Chances.SelectMany(c => Enumerable.Range(0, c.Said).Select(i => (c.Percent / 100.0, i < c.Right)))];
}
