using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Server.Gateway;
using SocialQI.Server.Tests.Gateway;
using SocialQI.Storage;
using Xunit;

namespace SocialQI.Server.Tests.GrandRounds;

/// <summary>Nine kinds of people around a ballot, and those who enter it.</summary>
internal sealed record SealedCast(TheService Service, OtherGateway Gateway, IReadOnlyDictionary<string, Somebody> People, IReadOnlyList<Somebody> Voters, IReadOnlyDictionary<ClinicianId, Passport> Passports)
{
    private const int VotersCount = 12;

    public Somebody Lead => People["who called it"];

    public static async Task<SealedCast> Gather(TheService service)
    {
        var third = InstitutionId.Parse("skerry-point");
        var people = new Dictionary<string, Somebody>
        {
            ["who called it"] = await service.Register(TheService.NorthHarbour),
            ["a presenter"] = await service.Register(TheService.Thornmere),
            ["a voter who has entered"] = await service.Register(TheService.NorthHarbour),
            ["a voter who has not"] = await service.Register(TheService.Thornmere),
            ["a moderator of the home"] = await service.Register(TheService.NorthHarbour, InstitutionRole.Moderator),
            ["an administrator of the home"] = await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator),
            ["a privacy officer of the home"] = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer),
            ["a machine of the home"] = await service.Register(TheService.NorthHarbour, InstitutionRole.Service),
            ["somebody of another hospital"] = await service.Register(third),
        };
        List<Somebody> voters = [];
        for (var i = 0; i < VotersCount; i++)
        {
            voters.Add(await service.Register(i % 2 == 0 ? TheService.NorthHarbour : TheService.Thornmere));
        }
        var tables = service.Services.GetRequiredService<Stores>().Default.Tables;
        var passports = new Dictionary<ClinicianId, Passport>();
        foreach (var person in people.Values.Concat(voters))
        {
            passports[person.Id] = await tables.Passport(person.Id, CancellationToken.None);
        }
        return new(service, new OtherGateway(service), people, voters, passports);
    }
}

/// <summary>One session or case with a sealed ballot, and all that everybody learned of it before it closed. Its own name and the ballot's are taken out, for they are made anew each time.</summary>
internal sealed class SealedRun
{
    /// <summary>When every session begins: times are part of what is compared.</summary>
    public static readonly Moment Began = new(1_900_000_000_000_000);

    private readonly SealedCast cast;
    private readonly TopicId topic;
    private readonly TopicId ballot;
    private readonly Guid key = Guid.NewGuid();
    private readonly Dictionary<string, (HeldSocket Socket, Connection Connection)> sockets = [];
    private readonly Dictionary<string, StringBuilder> learned = [];
    private long number;
    private long ballotsTime;

    private SealedRun(SealedCast cast, bool isOfACase)
    {
        (this.cast, topic) = (cast, isOfACase ? TopicId.Case(TheService.NorthHarbour, Guid.NewGuid()) : TopicId.Rounds(TheService.NorthHarbour, Guid.NewGuid()));
        ballot = TopicId.BallotOf(topic, key);
    }

    public IReadOnlyDictionary<string, string> Learned { get; private set; } = null!;

    public string Entered { get; private set; } = "";

    public int Events { get; private set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SealedRun> Hold(SealedCast cast, SealedScript script, int seed, bool first, Guilt? guilty)
    {
        var run = new SealedRun(cast, script.IsOfACase);
        // Opinions that are not sealed are refused: only a session can be so guilty.
        await run.Begin(guilty == Guilt.Unsealed && !script.IsOfACase ? script.Terms with { IsSealed = false } : script.Terms);
        await run.Connect();
        var entries = script.Entries(seed, first, cast.Voters.Count).ToLookup(e => e.After);
        for (var i = 0; i < script.Steps.Count; i++)
        {
            await run.Step(script.Steps[i]);
            foreach (var (_, voter, entry) in entries[i])
            {
                Assert.Null(await run.Enter(cast.Voters[voter], entry));
                run.Entered += $"{i} {voter} {Encoding.UTF8.GetString(Json.Encode(new CastEntry(entry)))}\n";
            }
            if (i == script.Steps.Count / 2)
            {
                await run.Enter(cast.People["a voter who has entered"], script.Entered(new Random(seed)));
            }
        }
        await run.Look(guilty);
        return run;
    }

    private async Task Begin(BallotTerms terms)
    {
        foreach (var command in (IEnumerable<Command>)[.. terms.Kind == BallotKind.Differential ? Case() : Session(), new CallBallot(key, terms, new(0))])
        {
            await Step(command);
        }
        // The service's own command, which a reaction sends too, with the id that it derives: whoever is first, it is done once.
        ImmutableArray<ClinicianId> recused = terms.Kind == BallotKind.Differential ? [cast.Lead.Id] : default;
        var begun = await cast.Service.Grains.Ask(ballot, DerivedId.Of(topic, number, "begin"), new BeginBallot(topic, cast.Lead.Id, terms, recused), Passport.OfOperator, Began);
        Assert.Null(begun.Refusal);
    }

    // The same people see it who see the session: all but who is of another hospital.
    private Command[] Case() =>
    [
        new StartCase($"Fever of the {Overheard.Canary}", "What is it?"),
        new OpenCase(
            new Visibility(VisibilityKind.Named, Clinicians: [.. cast.People.Where(p => p.Key != "somebody of another hospital").Select(p => p.Value).Concat(cast.Voters).Select(p => p.Id)]),
            new(0)),
    ];

    private Command[] Session()
    {
        var plan = new RoundsPlan(
            $"Rounds of the {Overheard.Canary}", "Fever.", "2031-01-01T07:00", "Europe/London", 60, new Visibility(VisibilityKind.Institution), Hosts: [TheService.Thornmere],
            Agenda: [new("One", cast.Lead.Id, 0, 20), new("Two", cast.People["a presenter"].Id, 20, 20)]);
        return [new PlanRounds(plan, Attestation: new(0)), new OpenLobby(), new GoLive()];
    }

    private async Task Connect()
    {
        foreach (var (name, who) in cast.People)
        {
            var socket = new HeldSocket();
            var connection = await cast.Gateway.Connect(socket, who);
            (sockets[name], learned[name]) = ((socket, connection), new());
            connection.Watched = new HashSet<TopicId> { topic, ballot };
            foreach (var followed in new[] { topic, ballot })
            {
                var refusal = await cast.Gateway.Asking.RefuseToShow(who.Id, followed, Stop);
                Note(name, "follow", refusal?.Code ?? "ok");
                if (refusal is null)
                {
                    await cast.Gateway.Rounds.Follow(followed, connection, number, Stop);
                }
            }
        }
    }

    // One after the other, and each taken by every socket before the next: how messages are put together is then the same each time.
    private async Task Step(Command command)
    {
        var answer = await cast.Service.Grains.Ask(topic, Guid.NewGuid(), command, cast.Passports[cast.Lead.Id], Began + TimeSpan.FromSeconds(number + 1));
        Assert.True(answer.Refusal is null, answer.Refusal?.Code);
        if (answer.Last <= number)
        {
            // It was so already.
            return;
        }
        Events++;
        number = answer.Last;
        foreach (var (name, (socket, _)) in sockets.Where(s => s.Key != "somebody of another hospital"))
        {
            await Waiting.Until($"{name} hears of event {number}", () => Task.FromResult(socket.NumbersOf(topic).LastOrDefault() >= number));
        }
    }

    private async Task<Refusal?> Enter(Somebody who, Entry entry)
    {
        var answer = await cast.Service.Grains.Ask(ballot, Guid.NewGuid(), new CastEntry(entry, new(0)), cast.Passports[who.Id], Began + TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(++ballotsTime));
        Events++;
        return answer.Refusal;
    }

    private async Task Look(Guilt? guilty)
    {
        // A tick of totals would come by now.
        await Task.Delay(2 * Telling.Gathering, Stop);
        foreach (var (name, who) in cast.People)
        {
            await Ask(name, who);
            if (guilty is { } told)
            {
                Note(name, "guilty", await Tell(told));
            }
            var (socket, connection) = sockets[name];
            Note(name, "socket", string.Join('\n', socket.Taken.Where(t => !t.Contains("\"here\"", StringComparison.Ordinal))));
            cast.Gateway.Rounds.Remove(connection);
        }
        Learned = learned.ToDictionary(l => l.Key, l => l.Value.ToString());
    }

    private async Task Ask(string name, Somebody who)
    {
        var asking = cast.Gateway.Asking;
        foreach (var asked in new[] { topic, ballot })
        {
            Note(name, "open", Json.Encode((await asking.Open(who.Id, asked, Stop)) with { Epoch = "" }));
            Note(name, "show", Json.Encode((await asking.Show(who.Id, asked, Stop)) with { Epoch = "" }));
            Note(name, "page", Json.Encode(await asking.Page(who.Id, asked, long.MaxValue, Stop)));
            Note(name, "heads", Json.Encode(await asking.Heads(who.Id, [asked], Stop)));
            Note(name, "done", Json.Encode(await asking.Done(who.Id, asked, key, Stop)));
            Note(name, "revisions", JsonSerializer.Serialize(await asking.Revisions(who.Id, asked, 2, Stop)));
        }
        // A voter's own is theirs; that it is the same both times is part of what is compared.
        Note(name, "own", Json.Encode(await asking.Own(who.Id, ballot, Stop) is { } own ? own with { At = null } : null));
        foreach (var command in new Command[] { new CloseBallot(ClosingGround.Moderator), new AdmitToBallot(), new CastEntry(new Entry([new(99)])), new AskQuestion("Here?") })
        {
            Note(name, "send", Json.Encode(await asking.Send(who.Id, ballot, Guid.NewGuid(), Json.Encode(command), Stop)));
        }
        Note(name, "result", Json.Encode(await asking.Send(who.Id, topic, Guid.NewGuid(), Json.Encode<Command>(new CallBallot(key, new(BallotKind.SingleChoice, "Again?", ["A", "B"]))), Stop)));
    }

    private async Task<string> Tell(Guilt guilty) => guilty switch
    {
        Guilt.Number => (await cast.Service.Grains.Topic(ballot).Show()).Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Guilt.Head => ((await cast.Service.Journal.Head(ballot, Stop))?.Number ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Guilt.Position => (await cast.Service.Journal.Position(Stop)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Guilt.Totals => JsonSerializer.Serialize((await Entries()).GroupBy(e => e.By).Select(e => e.Last().Event is EntryCast it ? it.Entry.Choices.OrEmpty().FirstOrDefault()?.Option : 0).Order()),
        Guilt.Voters => string.Join(' ', (await Entries()).Select(e => e.By).Distinct()),
        _ => "",
    };

    private async Task<IEnumerable<Envelope>> Entries() => (await cast.Service.Journal.Read(ballot, 2, 1_000, Stop)).Select(e => e.Decode());

    private void Note(string name, string what, byte[] told) => Note(name, what, Encoding.UTF8.GetString(told));

    private void Note(string name, string what, string told) => learned[name].Append(what).Append(' ')
        .Append(told.Replace(ballot.ToString(), "BALLOT", StringComparison.Ordinal).Replace(topic.Key, "KEY", StringComparison.Ordinal)).Append('\n');
}
