using System.Collections.Immutable;
using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Client.Live;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class WindowingATimeline : Screen
{
    private readonly TimelineWindow window = new();

    private static ImmutableArray<Contribution> Long(int count) =>
        [.. Enumerable.Range(3, count).Select(n => new Contribution(n, Ben, Harbour, new Moment(n), ContributionKind.Comment, new Passage($"text {n}", n), null, null, null, [], null, [], 0, false))];

    private List<TimelineStretch> Compose(ImmutableArray<Contribution> all, long? target = null) =>
        window.Compose([], all, default, new(Services.GetRequiredService<Names>(), Ada, [], target, (null, 0)));

    [Fact]
    public void Composes_only_what_is_near_the_screen()
    {
        Compose(Long(10_000));
        window.BeNear([TimelineWindow.KeyOf(1_000)]);
        var near = Assert.Single(Compose(Long(10_000)), s => s.Lines is not null);
        Assert.Contains(near.Lines!, l => l.Said.Number == 1_000);
    }

    [Fact]
    public void Counts_every_contribution_wherever_it_stands() => Assert.Equal(10_000, Compose(Long(10_000)).Sum(s => s.Count));

    [Fact]
    public void Composes_the_contribution_that_the_address_names() =>
        Assert.Contains(Compose(Long(2_000), target: 1_234).Where(s => s.Lines is not null).SelectMany(s => s.Lines!), l => l.Said.Number == 1_234 && l.IsTarget);

    [Fact]
    public void Does_not_move_the_bounds_of_a_stretch_when_older_ones_are_loaded()
    {
        var before = Compose(Long(200)).Select(s => s.Key).ToArray();
        Assert.Equal(before, Compose([Long(1)[0] with { Number = 1 }, Long(1)[0] with { Number = 2 }, .. Long(200)]).Select(s => s.Key).ToArray());
    }

    [Fact]
    public void Composes_what_arrives_where_the_end_is_near()
    {
        var all = Long(20);
        var last = Compose(all)[^1].Key;
        window.BeNear([last]);
        Compose(all);
        Assert.NotNull(Compose(Long(26))[^1].Lines);
    }

    [Fact]
    public void Does_not_compose_what_arrives_where_the_end_is_far()
    {
        window.BeNear([TimelineWindow.KeyOf(3)]);
        Compose(Long(200));
        Assert.Null(Compose(Long(220))[^1].Lines);
    }

    [Fact]
    public void Composes_no_more_than_a_screen_of_a_burst()
    {
        var all = Long(20);
        window.BeNear([Compose(all)[^1].Key]);
        Compose(all);
        Assert.InRange(Compose(Long(520)).Count(s => s.Lines is not null), 1, 10);
    }

    [Fact]
    public void Names_what_is_replied_to_though_it_is_far()
    {
        var all = Long(100);
        all = all.SetItem(99, all[99] with { ReplyTo = 3, Thread = 3 });
        window.BeNear([TimelineWindow.KeyOf(all[99].Number)]);
        Assert.StartsWith("3, ", Compose(all)[^1].Lines![^1].Parent, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_tell_a_day_twice_though_it_was_told_far_away()
    {
        var all = Long(100);
        all = all.SetItem(0, all[0] with { Day = 2 }).SetItem(99, all[99] with { Day = 2 });
        window.BeNear([TimelineWindow.KeyOf(all[99].Number)]);
        Assert.Null(Compose(all)[^1].Lines![^1].Day);
    }

    [Fact]
    public void Keeps_the_rest_of_a_long_case_out_of_the_document()
    {
        History.AddRange(Enumerable.Range(3, 200).Select(n => Said(n, $"text {n}")));
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.InRange(page.FindAll("[data-testid=contribution]").Count, 8, 60));
        Assert.Equal("200", page.Find("[data-testid=timeline]").GetAttribute("data-total"));
        Assert.Equal(200, page.FindAll("[data-part]").Sum(p => int.Parse(p.GetAttribute("data-count")!, CultureInfo.InvariantCulture)));
    }
}
