using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>A new event or command is not done before it has a name for good and a sample of what that name stands for.</summary>
public sealed class AddingAKind
{
    private static readonly Sample Reaction = new("reaction-added", 1, Sample.Events.Single(s => s.Kind == "reaction-added").Lines);

    private sealed record Forgotten(string Word) : TopicEvent;

    [Fact]
    public void Of_event_gives_it_a_name_on_disk() => Assert.Empty(Unnamed<TopicEvent>(typeof(TopicEvent).Assembly.GetTypes()).Except([nameof(Unknown)]));

    [Fact]
    public void Of_command_gives_it_a_name_on_the_wire() => Assert.Empty(Unnamed<Command>(typeof(Command).Assembly.GetTypes()));

    [Fact]
    public void Without_a_name_is_caught() => Assert.Equal([nameof(Forgotten)], Unnamed<TopicEvent>([typeof(Forgotten)]));

    [Fact]
    public void Calls_it_as_its_type_is_called() => Assert.DoesNotContain(
        Names<TopicEvent>().Concat(Names<Command>()), n => n.Name != JsonNamingPolicy.KebabCaseLower.ConvertName(n.Type));

    [Fact]
    public void Of_event_brings_a_sample() => Assert.Equal(Sample.Declared<TopicEvent>().Order(StringComparer.Ordinal), Sample.Events.Select(s => s.Kind).Distinct());

    [Fact]
    public void Of_command_brings_a_sample() => Assert.Equal(Sample.Declared<Command>().Order(StringComparer.Ordinal), Sample.Commands.Select(s => s.Kind));

    [Fact]
    public void Of_event_leaves_all_samples_readable() => Assert.Empty(Sample.Events.SelectMany(s => EventFaults(s, Newest(s))));

    [Fact]
    public void Of_command_leaves_all_samples_readable() => Assert.Empty(Sample.Commands.SelectMany(s => s.Faults(Sample.CommandAgain, null, Type<Command>(s.Kind), s)));

    [Fact]
    public void Brings_a_sample_in_which_everything_is_filled() => Assert.Empty(Sample.Events.Where(s => s == Newest(s)).SelectMany(UnfilledEvent)
        .Concat(Sample.Commands.SelectMany(s => Sample.Unfilled(Type<Command>(s.Kind), Parsed(s.Lines[0]), s.Kind))));

    [Fact]
    public void Writes_the_newest_version() => Assert.All(Sample.Events.Select(Newest), s => Assert.Equal(EventCodec.Version, s.Version));

    [Theory]
    [InlineData("\"d\":{", "\"d\":{\"unheard\":1,")]
    [InlineData("insightful", "applause")]
    [InlineData("\"v\":1", "\"v\":99")]
    public void Whose_sample_is_not_written_as_it_was_read_is_caught(string written, string instead)
    {
        var guilty = Reaction with { Lines = [Reaction.Lines[0].Replace(written, instead, StringComparison.Ordinal)] };
        Assert.NotEmpty(EventFaults(guilty, guilty));
    }

    [Fact]
    public void Whose_sample_lacks_something_is_caught()
    {
        var posted = Sample.Events.Single(s => s.Kind == "contribution-posted");
        var guilty = posted with { Lines = [posted.Lines[0]] };
        Assert.NotEmpty(EventFaults(guilty, guilty));
        Assert.Contains("contribution-posted.evidence", UnfilledEvent(posted with { Lines = [posted.Lines[1]] }));
    }

    [Fact]
    public void Of_command_refuses_it_without_what_it_needs() => Assert.Empty(
        from sample in Sample.Commands
        let least = sample.Lines.Take(2).Last()
        from property in Parsed(least).EnumerateObject()
        where property.Name != "k" && Sample.CommandAgain(Without(least, property.Name)) is not null && (sample.Kind, property.Name) != ("react", "on")
        select sample.Kind + "." + property.Name);

    private static IEnumerable<string> EventFaults(Sample sample, Sample newest) => sample.Faults(Sample.EventAgain, "d", Type<TopicEvent>(sample.Kind), newest);

    private static IEnumerable<string> UnfilledEvent(Sample sample) => Sample.Unfilled(Type<TopicEvent>(sample.Kind), Parsed(sample.Lines[0]).GetProperty("d"), sample.Kind);

    private static IEnumerable<string> Unnamed<TFamily>(IEnumerable<Type> types) =>
        types.Where(t => t.IsAssignableTo(typeof(TFamily)) && !t.IsAbstract).Except(Declarations<TFamily>().Select(d => d.DerivedType)).Select(t => t.Name);

    private static IEnumerable<(string Name, string Type)> Names<TFamily>() => Declarations<TFamily>().Select(d => ((string)d.TypeDiscriminator!, d.DerivedType.Name));

    private static Type Type<TFamily>(string kind) => Declarations<TFamily>().Single(d => (string)d.TypeDiscriminator! == kind).DerivedType;

    private static IEnumerable<JsonDerivedTypeAttribute> Declarations<TFamily>() =>
        typeof(TFamily).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>();

    private static Sample Newest(Sample sample) => Sample.Events.Where(s => s.Kind == sample.Kind).MaxBy(s => s.Version)!;

    private static JsonElement Parsed(string line) => JsonSerializer.Deserialize<JsonElement>(line);

    private static string Without(string line, string property)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject();
        node.Remove(property);
        return node.ToJsonString();
    }
}
