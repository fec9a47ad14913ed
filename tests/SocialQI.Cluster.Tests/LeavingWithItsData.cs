using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Cluster.Tests.Verbs;

namespace SocialQI.Cluster.Tests;

/// <summary>A hospital leaves one network for another: its histories arrive as they were, its people as themselves, and nobody else's anything.</summary>
public sealed partial class LeavingWithItsData(PrivatePostgres postgres) : IAsyncLifetime
{
    private const string Home = "skerry-point";
    // A grey ramp of 16 by 16 pixels, as PNG.
    private const string Film = "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAHElEQVR4nGNg4BCQUNAwsHDwCIhIyCioYBjZAgA44TwBeLzZwgAAAABJRU5ErkJggg==";
    private const string Secret = "a long enough secret";

    private readonly ServerProcess old = ServerProcess.New(null, "--SocialQI:Audit:Every", "00:00:00.2");
    private readonly string vault = Directory.CreateTempSubdirectory("socialqi-vault-").FullName;
    private ServerProcess another = null!;
    private string database = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => In("home.sealed");

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(3072);
        await System.IO.File.WriteAllTextAsync(In("key.pub"), key.ExportSubjectPublicKeyInfoPem(), Stop);
        await System.IO.File.WriteAllTextAsync(In("key.pem"), key.ExportPkcs8PrivateKeyPem(), Stop);
        database = await postgres.CreateDatabase();
        another = ServerProcess.New(null, "--demo", "false", "--postgres", database);
        await old.Start();
        await another.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await old.DisposeAsync();
        await another.DisposeAsync();
        Directory.Delete(vault, recursive: true);
    }

    [Fact]
    public async Task Brings_every_history_whole_and_lets_its_people_in()
    {
        using var hester = await Person.SignIn(old.Address, "hester.lowe");
        var topic = await hester.Start(old.Address, new(VisibilityKind.Institution));
        var said = await hester.Do(old.Address, topic, new PostContribution(ContributionKind.Comment, "Name and number of somebody"));
        await hester.Do(old.Address, topic, new PostContribution(ContributionKind.Comment, "Troponin is back", Mentions: [(await hester.Me(old.Address)).Id]));
        await hester.Do(old.Address, topic, new RedactText(said.First, RedactionGround.Identifiers));
        var film = await Send(hester, topic);
        await hester.Do(
            old.Address, topic,
            new PostContribution(ContributionKind.Comment, "See the film", Images: [new(film.Hash, film.Width, film.Height, film.Type, "A grey ramp")]));
        await hester.Do(old.Address, TopicId.Rounds(InstitutionId.Parse(Home), Guid.NewGuid()), new PlanRounds(
            new("Grand rounds", "Less sepsis", $"{DateTime.UtcNow.AddDays(9):yyyy-MM-dd}T07:00", "Europe/London", 45, new Visibility(VisibilityKind.Institution)), new Repeat(1, 3),
            Attestation: new(0)));
        await Ward.Within("all three sessions of the series", Sessions(3));
        var before = await hester.Open(old.Address, topic);

        Assert.Matches(@"[1-9]\d* topics with [1-9]\d* events and 1 images", await Succeeds(old.Verb("export", Home, File, "--key", In("key.pub"))));
        Assert.Contains("whole and signed", await Succeeds(Adopt("--dry-run")), StringComparison.Ordinal);
        await Succeeds(Adopt());
        var told = await Succeeds(Adopt());

        var topics = await TopicsOf(old.Data);
        Assert.Contains(topic, topics);
        var there = await JournalRows.OfPostgres(database, topics);
        Assert.Equal(JournalRows.CountOfSqlite(old.Data, $"select count(*) from event where topic like '%.{Home}.open.%'"), there.Count);
        Assert.Equal(await JournalRows.OfSqlite(old.Data, topic), there.Where(k => k.Topic == topic.ToString()));
        using var arrived = await ComeIn(Link().Match(told).Value);
        var after = await arrived.Open(another.Address, topic);
        Assert.Equal(before.State!.Value.GetRawText(), after.State!.Value.GetRawText());
        Assert.Equal(await hester.Get(old.Address, $"api/topics/{topic}/images/{film.Hash}/thumb"), await arrived.Get(another.Address, $"api/topics/{topic}/images/{film.Hash}/thumb"));
        Assert.Equal((await hester.Me(old.Address)).Id, (await arrived.Me(another.Address)).Id);
        Assert.DoesNotContain("/welcome/", await Succeeds(Adopt()), StringComparison.Ordinal);
        await arrived.Do(another.Address, topic, new PostContribution(ContributionKind.Comment, "Here now"));
        Assert.Equal(0, await another.Stop());
        await Succeeds(another.Verb("audit", "verify", "--postgres", database));
    }

    [Fact]
    public async Task Takes_nothing_from_a_file_that_was_changed_or_comes_from_elsewhere()
    {
        await Succeeds(old.Verb("export", Home, File, "--key", In("key.pub")));
        Assert.Contains("left as it is", await Fails(old.Verb("export", Home, File, "--key", In("key.pub"))), StringComparison.Ordinal);
        Assert.Contains("has nothing here", await Fails(old.Verb("export", "nowhere-at-all", In("other"), "--key", In("key.pub"))), StringComparison.Ordinal);
        Assert.Contains("not signed by the network", await Fails(another.Verb("adopt", File, "--key", In("key.pem"), "--public-key", KeyOf(another))), StringComparison.Ordinal);
        var whole = await System.IO.File.ReadAllBytesAsync(File, Stop);
        await System.IO.File.WriteAllBytesAsync(File, [.. whole[..(whole.Length / 2)], (byte)(whole[whole.Length / 2] ^ 1), .. whole[((whole.Length / 2) + 1)..]], Stop);
        Assert.Contains("was changed", await Fails(Adopt()), StringComparison.Ordinal);
        Assert.Empty(await JournalRows.OfPostgres(database, await TopicsOf(old.Data)));
    }

    [Fact]
    public async Task Is_refused_where_somebody_else_has_its_name()
    {
        string[] setup = ["setup", Home, "--called", "Another Skerry Point", "--user", "mona", "--name", "Mona Ash", "--data", another.Data];
        Assert.Equal(0, (await ServerProcess.Run(ServerProcess.Built, setup, Secret)).Code);
        await Succeeds(old.Verb("export", Home, File, "--key", In("key.pub")));

        Assert.Contains("other-history", await Fails(Adopt()), StringComparison.Ordinal);
    }

    private async Task<KeptImage> Send(Person person, TopicId topic)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = person.Cookies });
        using var answer = await http.PostAsync(new Uri(old.Address, $"api/topics/{topic}/images"), new ByteArrayContent(Convert.FromBase64String(Film)), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Json.Decode<KeptImage>(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    private async Task Sessions(int count)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (JournalRows.CountOfSqlite(old.Data, $"select count(*) from head where topic like 'rounds.{Home}.%'") < count)
        {
            await pace.WaitForNextTickAsync(Stop);
        }
    }

    private Task<(int Code, string Said)> Adopt(params string[] more) =>
        another.Verb(["adopt", File, "--key", In("key.pem"), "--public-key", KeyOf(old), .. more]);

    private static string KeyOf(ServerProcess server) => Path.Combine(server.Data, "audit/checkpoint.key.pub");

    private string In(string name) => Path.Combine(vault, name);

    private static async Task<IReadOnlyCollection<TopicId>> TopicsOf(string folder)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select topic from head where topic like '%.{Home}.open.%'";
        await using var row = await command.ExecuteReaderAsync(Stop);
        var topics = new List<TopicId>();
        while (await row.ReadAsync(Stop))
        {
            topics.Add(TopicId.Parse(row.GetString(0)));
        }
        return topics;
    }

    private async Task<Person> ComeIn(string link)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var page = await http.GetStringAsync(link, Stop);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Token().Match(page).Groups[1].Value), new("password", Secret), new("again", Secret)]);
        using var answer = await http.PostAsync(link, form, Stop);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await Person.SignIn(another.Address, "hester.lowe", Secret);
    }

    [GeneratedRegex(@"http://\S+/welcome/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
