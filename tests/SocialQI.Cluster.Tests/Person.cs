using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Cluster.Tests;

/// <summary>Somebody signed in, whose cookie is good at every gateway of the cluster.</summary>
internal sealed partial class Person : IDisposable
{
    public const string Password = "rounds-at-seven";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http;

    private Person(string user, CookieContainer cookies)
    {
        User = user;
        Cookies = cookies;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { Timeout = Patience };
    }

    public string User { get; }

    public CookieContainer Cookies { get; }

    public static async Task<Person> SignIn(Uri gateway, string user, string password = Password)
    {
        var person = new Person(user, new CookieContainer());
        using var answer = await person.http.PostAsJsonAsync(new Uri(gateway, "api/sign-in"), new { user, password });
        return answer.IsSuccessStatusCode ? person : throw new InvalidOperationException($"{user} could not sign in: {answer.StatusCode}");
    }

    // After this long so many more may be asked that not all who wait are told again.
    private static readonly TimeSpan SlowsDownFor = TimeSpan.FromSeconds(1);

    /// <summary>What the person is to this service now.</summary>
    public async Task<Me> Me(Uri gateway) => Json.Decode<Me>(await http.GetByteArrayAsync(new Uri(gateway, "api/me")));

    /// <summary>Gives somebody new an account at an institution that this person administers, and signs them in.</summary>
    public async Task<Person> Register(Uri gateway, InstitutionId institution, string user)
    {
        var somebody = new NewPerson(user, $"Clinician {user}", "Nephrology", Grade.Attending, InstitutionRole.Clinician);
        using var answer = await http.PostAsync(new Uri(gateway, $"api/institutions/{institution}/people"), new ByteArrayContent(Json.Encode(somebody)) { Headers = { ContentType = new("application/json") } });
        answer.EnsureSuccessStatusCode();
        var link = new Uri(gateway, Json.Decode<Registered>(await answer.Content.ReadAsByteArrayAsync()).Link);
        using var visitor = new HttpClient();
        var token = Token().Match(await visitor.GetStringAsync(link)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("password", Password), new("again", Password)]);
        using var taken = await visitor.PostAsync(link, form);
        taken.EnsureSuccessStatusCode();
        return await SignIn(gateway, user);
    }

    /// <summary>Asks by HTTP; a refusal comes back as one.</summary>
    public async Task<Answer> Send(Uri gateway, TopicId topic, Command command, Guid? id = null)
    {
        var body = new { id = id ?? Guid.CreateVersion7(), command = Encoded(command) };
        using var answer = await http.PostAsJsonAsync(new Uri(gateway, $"api/topics/{topic}/commands"), body);
        return answer.IsSuccessStatusCode ? Json.Decode<Answer>(await answer.Content.ReadAsByteArrayAsync()) : Answer.No(await RefusalOf(answer));
    }

    /// <summary>What must be done for the test to make sense, as often as it takes where it was asked too fast, or where it is not known what became of it.</summary>
    public async Task<Answer> Do(Uri gateway, TopicId topic, Command command, Guid? id = null)
    {
        id ??= Guid.CreateVersion7();
        while (true)
        {
            var answer = await Send(gateway, topic, command, id);
            if (answer.Refusal is null)
            {
                return answer;
            }
            // Asked again by the same id it counts once.
            if (answer.Refusal.Code != Refusal.SlowDown.Code && answer.Refusal.Code != Refusal.OutcomeUnknown.Code)
            {
                throw new InvalidOperationException($"{User} was refused {command.GetType().Name}: {answer.Refusal.Code}");
            }
            await Task.Delay(SlowsDownFor);
        }
    }

    /// <summary>The status and the body of a page.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Get(Uri gateway, string path)
    {
        using var answer = await http.GetAsync(new Uri(gateway, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The status and the kind of an answer, in one line.</summary>
    public async Task<string> StatusOf(Uri gateway, string path)
    {
        using var answer = await http.GetAsync(new Uri(gateway, path));
        return Line(answer);
    }

    /// <summary>The topic as it stands, by HTTP.</summary>
    public async Task<OpenedTopic> Open(Uri gateway, TopicId topic)
    {
        using var answer = await http.GetAsync(new Uri(gateway, $"api/topics/{topic}"));
        return answer.IsSuccessStatusCode
            ? Json.Decode<OpenedTopic>(await answer.Content.ReadAsByteArrayAsync())
            : new(topic, "", 0, null, await RefusalOf(answer));
    }

    /// <summary>Starts a hallway thread at the institution the person acts for.</summary>
    public async Task<TopicId> Start(Uri gateway, Visibility visibility)
    {
        var topic = TopicId.Case((await Me(gateway)).Acting!.Value, Guid.NewGuid());
        await Do(gateway, topic, new StartHallway("Troponin at noon", visibility, Attestation: new(0)));
        return topic;
    }

    public static JsonElement Encoded(Command command) => JsonSerializer.SerializeToElement(command, Json.Context.Command);

    public void Dispose() => http.Dispose();

    private static async Task<Refusal> RefusalOf(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync() is { Length: > 0 } body ? body : "{}");
        var title = problem.RootElement.TryGetProperty("title", out var code) ? code.GetString()! : "";
        return new Refusal(title, Line(answer));
    }

    private static string Line(HttpResponseMessage answer) => $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType?.MediaType}";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
