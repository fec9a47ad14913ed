using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The checker is worth as much as the faults that it finds: each is seeded into a history without any.</summary>
public sealed class CheckingAHistory
{
    private const string Fever = "fever";
    private const string Rash = "rash";

    [Fact]
    public void Without_a_fault_finds_nothing() => Assert.Empty(Faultless().Check());

    [Fact]
    public void Takes_a_command_of_unknown_outcome_as_done_or_as_not_done()
    {
        var story = Faultless();
        story.Acts.RemoveAll(a => a is Acknowledged);
        Assert.Empty(story.Check());
        story.Acts.Add(new Asked("Ada", Fever, Guid.NewGuid(), "never arrived"));
        Assert.Empty(story.Check());
    }

    [Fact]
    public void Takes_a_command_that_its_writer_gave_up_as_needing_no_answer()
    {
        var (story, command) = (Faultless(), Guid.NewGuid());
        story.Acts.AddRange([new Asked("Ada", Fever, command, "never mind"), new GaveUp(command), new Calm()]);
        Assert.Empty(story.Check());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Finds_what_is_wrong(Wrong what, string how)
    {
        var story = Faultless();
        Seeded[how](story);
        Assert.Contains(story.Check(), f => f.What == what);
    }

    [Fact]
    public void Knows_a_fault_of_every_kind() => Assert.Equal(Enum.GetValues<Wrong>().Order(), Faults.Select(f => f.Data.Item1).Distinct().Order());

    public static TheoryData<Wrong, string> Faults => new()
    {
        { Wrong.Lost, "an acknowledgement before the commit that never came" },
        { Wrong.Lost, "the journal's last event lost" },
        { Wrong.Gap, "an event in the middle of the journal lost" },
        { Wrong.Forked, "two events of one number" },
        { Wrong.FromNowhere, "an event that nobody asked for" },
        { Wrong.Altered, "other words than were asked for" },
        { Wrong.Altered, "two events in each other's place" },
        { Wrong.Misnumbered, "an acknowledgement with the number of another" },
        { Wrong.Twice, "a retry done again" },
        { Wrong.Twice, "a command of unknown outcome done twice" },
        { Wrong.DoneThoughRefused, "a refusal of what was done" },
        { Wrong.Overtaking, "an order that is not the one of the acknowledgements" },
        { Wrong.OutOfTurn, "an event left out for a follower" },
        { Wrong.OutOfTurn, "an event given to a follower twice" },
        { Wrong.OutOfTurn, "two events given to a follower in the wrong order" },
        { Wrong.Differs, "other words for one follower" },
        { Wrong.NeverKept, "an event pushed before the commit that never came" },
        { Wrong.Skipped, "a follower resumed too far ahead" },
        { Wrong.Unheard, "the last event not given to a follower" },
        { Wrong.Unheard, "a follower forgotten after it came back" },
        { Wrong.HeardAfterwards, "an event given to a follower that may follow no more" },
        { Wrong.StaleRead, "a reader not shown their own" },
        { Wrong.StaleRead, "a reader shown less than before" },
        { Wrong.StaleRead, "a holder going back" },
        { Wrong.HeardAfterwards, "an event given to a follower five seconds after it lost the right" },
        { Wrong.Unlike, "a follower that folded something else" },
        { Wrong.Unheard, "a holder that never came to the end" },
        { Wrong.NeverKept, "a holder of more than the journal keeps" },
        { Wrong.Unanswered, "a command without an answer after all was well" },
    };

    private static readonly Dictionary<string, Action<Story>> Seeded = new()
    {
        ["an acknowledgement before the commit that never came"] = s =>
        {
            var command = Guid.NewGuid();
            s.Acts.AddRange([new Asked("Ada", Fever, command, "acknowledged too early"), new Acknowledged(command, s.Head(Fever) + 1)]);
        },
        ["the journal's last event lost"] = s => s.Journal.RemoveAll(k => k == s.Last(Fever)),
        ["an event in the middle of the journal lost"] = s => s.Journal.RemoveAll(k => k.Topic == Fever && k.Number == 4),
        ["two events of one number"] = s => s.Journal.Insert(s.Journal.IndexOf(s.At(Fever, 5)), s.At(Fever, 5) with { Command = Guid.NewGuid() }),
        ["an event that nobody asked for"] = s => s.Journal.Add(new(Rash, s.Head(Rash) + 1, Guid.NewGuid(), "whence")),
        ["other words than were asked for"] = s => s.Replace(s.At(Fever, 3), k => k with { Content = "something else" }),
        ["two events in each other's place"] = s =>
        {
            var (one, other) = (s.At(Fever, 3), s.At(Fever, 4));
            s.Replace(one, k => k with { Content = other.Content });
            s.Replace(other, k => k with { Content = one.Content });
        },
        ["an acknowledgement with the number of another"] = s => s.Replace<Acknowledged>(a => a.Command == s.At(Fever, 3).Command, a => a with { Number = 4 }),
        ["a retry done again"] = s => s.Journal.Add(s.At(Fever, 3) with { Number = s.Head(Fever) + 1 }),
        ["a command of unknown outcome done twice"] = s =>
        {
            s.Acts.RemoveAll(a => a is Acknowledged it && it.Command == s.At(Fever, 3).Command);
            s.Journal.Add(s.At(Fever, 3) with { Number = s.Head(Fever) + 1 });
        },
        ["a refusal of what was done"] = s => s.Acts.Add(new Refused(s.At(Rash, 2).Command)),
        ["an order that is not the one of the acknowledgements"] = s =>
        {
            var (one, other) = (s.At(Fever, 5), s.At(Fever, 6));
            s.Replace(one, k => k with { Command = other.Command, Content = other.Content });
            s.Replace(other, k => k with { Command = one.Command, Content = one.Content });
        },
        ["an event left out for a follower"] = s => s.Acts.RemoveAll(a => a is Heard { Follower: "Noor", Topic: Fever, Number: 4 }),
        ["an event given to a follower twice"] = s => s.Acts.Insert(s.Find<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 4 }), s.Words("Noor", Fever, 4)),
        ["two events given to a follower in the wrong order"] = s =>
        {
            var (one, other) = (s.Find<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 4 }), s.Find<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 5 }));
            (s.Acts[one], s.Acts[other]) = (s.Acts[other], s.Acts[one]);
        },
        ["other words for one follower"] = s => s.Replace<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 4 }, h => h with { Content = "only for you" }),
        ["an event pushed before the commit that never came"] = s => s.Acts.Add(new Heard("Noor", Fever, s.Head(Fever) + 1, "pushed too early")),
        ["a follower resumed too far ahead"] = s => s.Acts.Add(new Followed("Noor", Fever, s.Head(Fever) + 3)),
        ["the last event not given to a follower"] = s => s.Acts.RemoveAll(a => a is Heard { Follower: "Noor", Topic: Rash } h && h.Number == s.Head(Rash)),
        ["a follower forgotten after it came back"] = s => s.Acts.RemoveRange(s.Back, s.Acts.Count - s.Back),
        ["an event given to a follower that may follow no more"] = s => s.Acts.Insert(s.Find<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 4 }), new LetGo("Noor", Fever)),
        ["a reader not shown their own"] = s => s.Acts.Add(new Read("Ada", Fever, 2)),
        ["a reader shown less than before"] = s => s.Acts.AddRange([new Read("Wen", Fever, 5), new Read("Wen", Fever, 4)]),
        ["a holder going back"] = s => s.Acts.AddRange([new Holds("Wen", Fever, 5, "five"), new Holds("Wen", Fever, 4, "four")]),
        ["an event given to a follower five seconds after it lost the right"] = s => s.Acts.Insert(s.Find<Heard>(h => h is { Follower: "Noor", Topic: Fever, Number: 4 }), new Barred("Noor", Fever)),
        ["a follower that folded something else"] = s => s.Acts.AddRange([new Holds("the journal", Fever, 5, "five"), new Holds("Wen", Fever, 5, "cinq")]),
        ["a holder that never came to the end"] = s => s.Acts.AddRange([new Holds("Wen", Fever, 5, "five"), new Calm()]),
        ["a holder of more than the journal keeps"] = s => s.Acts.AddRange([new Holds("Wen", Fever, s.Head(Fever) + 1, "nine"), new Calm()]),
        ["a command without an answer after all was well"] = s => s.Acts.AddRange([new Asked("Ada", Fever, Guid.NewGuid(), "anybody there?"), new Calm()]),
    };

    // Two writers and two followers of two topics; one of the followers is away for a while, one command is refused.
    private static Story Faultless()
    {
        var story = new Story();
        story.Follow("Noor", Fever, 0).Follow("Noor", Rash, 0).Follow("Imani", Fever, 0);
        foreach (var number in Enumerable.Range(1, 8))
        {
            story.Write("Ada", Fever, number).Hear("Noor", Fever, number);
        }
        foreach (var number in Enumerable.Range(1, 4))
        {
            story.Write("Wen", Rash, number).Hear("Noor", Rash, number);
        }
        var refused = Guid.NewGuid();
        story.Acts.AddRange([new Asked("Ada", Fever, refused, "not allowed"), new Refused(refused), new Read("Ada", Fever, 8)]);
        story.Back = story.Acts.Count;
        story.Follow("Imani", Fever, 0);
        foreach (var number in Enumerable.Range(1, 8))
        {
            story.Hear("Imani", Fever, number);
        }
        return story;
    }

    private sealed class Story
    {
        public List<Act> Acts { get; } = [];

        public List<Kept> Journal { get; } = [];

        /// <summary>Where the follower that was away comes back.</summary>
        public int Back { get; set; }

        public IReadOnlyList<Finding> Check() => HistoryCheck.Of(Acts, Journal);

        public Story Write(string writer, string topic, int number)
        {
            var (command, text) = (Guid.NewGuid(), $"{writer} in {topic}, line {number}");
            Journal.Add(new(topic, number, command, $"{number}: {text}"));
            Acts.AddRange([new Asked(writer, topic, command, text), new Acknowledged(command, number)]);
            return this;
        }

        public Story Follow(string follower, string topic, int after)
        {
            Acts.Add(new Followed(follower, topic, after));
            return this;
        }

        public Story Hear(string follower, string topic, int number)
        {
            Acts.Add(Words(follower, topic, number));
            return this;
        }

        public Heard Words(string follower, string topic, int number) => new(follower, topic, number, At(topic, number).Content);

        public Kept At(string topic, int number) => Journal.First(k => k.Topic == topic && k.Number == number);

        public Kept Last(string topic) => Journal.Last(k => k.Topic == topic);

        public long Head(string topic) => Last(topic).Number;

        public int Find<T>(Func<T, bool> which) where T : Act => Acts.FindIndex(a => a is T it && which(it));

        public void Replace(Kept one, Func<Kept, Kept> by) => Journal[Journal.IndexOf(one)] = by(one);

        public void Replace<T>(Func<T, bool> which, Func<T, T> by) where T : Act => Acts[Find(which)] = by((T)Acts[Find(which)]);
    }
}
