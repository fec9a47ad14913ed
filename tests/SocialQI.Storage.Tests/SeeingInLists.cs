using System.Collections.Immutable;
using CsCheck;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Storage.Search;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>The rule who may see what, said once in the domain and once in SQL: over random people, cases and revocations both say the same.</summary>
public abstract class SeeingInLists(ITestDatabase database) : StoreContract(database)
{
    private const int People = 3;
    private const int Cases = 4;
    private const int Samples = 60;

    private static readonly InstitutionId[] institutions = [Harbour, InstitutionId.Parse("thornmere")];

    private abstract record Step;

    private sealed record Grant(int Who, int Where, int From, int? Until) : Step;

    private sealed record End(int Who, int Where) : Step;

    private sealed record Join(int Who, int Community) : Step;

    private sealed record Leave(int Who, int Community) : Step;

    private sealed record Begin(int Case, int Author, int Home) : Step;

    private sealed record Show(int Case, VisibilityKind To, int Which) : Step;

    private sealed record Pass(int Hours) : Step;

    private static readonly Gen<int> who = Gen.Int[0, People - 1], one = Gen.Int[0, 1], which = Gen.Int[0, Cases - 1];

    // Drafts are begun first, so that most steps concern something.
    private static readonly Gen<Step[]> histories =
        Gen.Select(
            Gen.Select(who, one, (author, home) => (author, home)).Array[Cases],
            Gen.OneOf<Step>(
                Gen.Select(who, one, Gen.Int[-3, 2], Gen.Int[1, 4].Nullable(), (p, i, from, lasts) => (Step)new Grant(p, i, from, from + lasts)),
                Gen.Select(who, one, (p, i) => (Step)new End(p, i)),
                Gen.Select(who, one, (p, c) => (Step)new Join(p, c)),
                Gen.Select(who, one, (p, c) => (Step)new Leave(p, c)),
                Gen.Select(which, Gen.Enum<VisibilityKind>(), who, (c, kind, w) => (Step)new Show(c, kind, w)),
                Gen.Int[1, 3].Select(h => (Step)new Pass(h))).Array[5, 25],
            (drafts, steps) => (Step[])[.. drafts.Select((d, i) => new Begin(i, d.author, d.home)), .. steps]);

    [Fact]
    public async Task Is_as_the_rule_says() => await histories.SampleAsync(
        async steps =>
        {
            var world = new World(Clock, Journal, Tables);
            foreach (var step in steps)
            {
                await world.Do(step);
            }
            return await world.Agrees();
        },
        iter: Samples, threads: 1);

    /// <summary>People and cases of one sample, as the events say and as nothing but the events says.</summary>
    private sealed class World
    {
        private static long moved;

        private readonly ManualClock clock;
        private readonly IJournal journal;
        private readonly ITables tables;
        private readonly ClinicianId[] people = [.. Enumerable.Range(0, People).Select(_ => new ClinicianId(Guid.NewGuid()))];
        private readonly CommunityId[] communities = [new(Guid.NewGuid()), new(Guid.NewGuid())];
        private readonly Chain[] persons, circles;
        private readonly ClinicianState[] states = [.. Enumerable.Repeat(ClinicianState.None, People)];
        private readonly HashSet<(int, int)> members = [];
        private readonly Dictionary<int, (Chain Chain, int Author, InstitutionId Home, ImmutableArray<string> Audience)> cases = [];

        public World(ManualClock clock, IJournal journal, ITables tables)
        {
            (this.clock, this.journal, this.tables) = (clock, journal, tables);
            persons = [.. people.Select(p => new Chain(p.Topic))];
            circles = [.. communities.Select(c => new Chain(c.Topic))];
            clock.Now = Noon + TimeSpan.FromHours(1);
        }

        public Task Do(Step step) => step switch
        {
            Grant it => Clinician(it.Who, new AffiliationGranted(
                institutions[it.Where], InstitutionRole.Clinician, clock.Now + TimeSpan.FromHours(it.From), it.Until is { } until ? clock.Now + TimeSpan.FromHours(until) : null)),
            End it => Clinician(it.Who, new AffiliationEnded(institutions[it.Where])),
            Join it => members.Add((it.Who, it.Community))
                ? circles[it.Community].Commit(journal, new MemberJoined(people[it.Who], CommunityRole.Member)) : Task.CompletedTask,
            Leave it => members.Remove((it.Who, it.Community)) ? circles[it.Community].Commit(journal, new MemberRemoved(people[it.Who])) : Task.CompletedTask,
            Begin it => Start(it),
            Show it => Open(it.Case, it.To, it.Which),
            Pass it => Task.FromResult(clock.Now += TimeSpan.FromHours(it.Hours)),
            _ => throw new InvalidOperationException(),
        };

        public async Task<bool> Agrees()
        {
            foreach (var (person, i) in people.Select((p, i) => (p, i)))
            {
                var passport = new Passport(person, null, states[i].Affiliations, null, [.. members.Where(m => m.Item1 == i).Select(m => new Membership(communities[m.Item2], CommunityRole.Member))], [], 0);
                var may = cases.Values.Where(c => Access.MaySee(passport, c.Audience, clock.Now)).Select(c => c.Chain.Topic).ToHashSet();
                var keys = (await tables.Passport(person, Stop)).KeysAt(clock.Now).ToList();
                if (!(await Seen(new(person, keys))).All(seen => may.SetEquals(seen.Where(t => cases.Values.Any(c => c.Chain.Topic == t)))))
                {
                    return false;
                }
            }
            return true;
        }

        private async Task<IEnumerable<TopicId>[]> Seen(Reader reader) =>
        [
            (await tables.Cases(reader, new(), new(Take: 200), Stop)).Lines.Select(l => l.Topic),
            (await tables.Search(reader, new(["troponin"], []), new(Take: 200), Stop)).Lines.Select(f => f.Topic),
            (await tables.Jump(reader, "troponin", Stop)).Cases.Select(l => l.Topic),
            (await tables.Rounds(reader, RoundsWhen.Coming, new(Take: 200), Stop)).Lines.Select(l => l.Rounds),
            (await tables.RoundsBetween(reader, clock.Now, clock.Now + TimeSpan.FromDays(9), 200, Stop)).Select(e => e.Line.Rounds),
            (await tables.Heads(reader, [.. cases.Values.Select(c => c.Chain.Topic)], Stop)).Select(h => h.Topic),
        ];

        private async Task Clinician(int i, TopicEvent happened)
        {
            var committed = await persons[i].Commit(journal, happened);
            states[i] = states[i].After(new(persons[i].Number, committed.Events[^1].At, people[i], null, happened));
        }

        private async Task Start(Begin begin)
        {
            var (author, home) = (people[begin.Author], institutions[begin.Home]);
            var chain = new Chain(TopicId.Case(home, Guid.NewGuid()), author);
            await chain.Commit(journal, Started());
            cases[begin.Case] = (chain, begin.Author, home, [Audience.Person(author)]);
            var at = new Moment(clock.Now.Micros + ++moved);
            // A session's line beside a case's: the rule asks the topic's audience alone, whatever it is.
            var plan = new RoundsPlan("Troponin", "", "2026-12-01T07:00", "Europe/London", 45, new Visibility(VisibilityKind.Named));
            await tables.KeepLists(
                "lists", 0,
                ListRows.None with
                {
                    Cases = [new(chain.Topic, at, author, new("Troponin", "", null), CaseStage.Draft, false)],
                    Rounds = [new(chain.Topic, 1, at, null, new(plan, at + TimeSpan.FromDays(4), author))],
                },
                Stop);
            await tables.KeepSearch("search", 0, [new(chain.Topic, SearchRow.Case, null, FoundKind.Case, author, at, "Troponin")], Stop);
        }

        private async Task Open(int i, VisibilityKind kind, int which)
        {
            var at = cases[i];
            var visibility = new Visibility(kind, [communities[which % 2]], [people[which]]);
            var audience = visibility.AudienceOf(people[at.Author], at.Home);
            await at.Chain.Commit(journal, new CaseOpened(visibility, audience));
            cases[i] = at with { Audience = audience };
        }
    }
}

public sealed class SeeingInListsOfSqlite() : SeeingInLists(new SqliteTestDatabase());

public sealed class SeeingInListsOfPostgres(PrivatePostgres postgres) : SeeingInLists(new PostgresTestDatabase(postgres));
