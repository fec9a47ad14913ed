using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using SocialQI.Server.Backups;
using SocialQI.Server.Operate;

namespace SocialQI.Server.Transfer;

/// <summary><c>adopt FILE</c>: takes in an institution that another network has exported. The whole file is checked before anything is taken from it.</summary>
[Door(Who.Operator)]
internal static class AdoptVerb
{
    /// <summary>How often the end is asked for while what came is still being passed by.</summary>
    private const int TriesMax = 600;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    public static System.CommandLine.Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "What the other network has exported." };
        var key = new Option<string>("--key") { Description = "The private half of the institution's RSA key, as a PEM file; a password is read from standard input.", Required = true };
        var signer = new Option<string>("--public-key") { Description = "The file of the other network's public key, as its `audit key` prints it.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        var dry = new Option<bool>("--dry-run") { Description = "Open and check all of it, and take nothing in." };
        var verb = new System.CommandLine.Command("adopt", "Take in an institution that another network has exported. The service must be running. What was broken off goes on when it is given again.") { file, key, signer, data, dry };
        verb.SetAction((parsed, stop) => Run(parsed.GetValue(file)!, parsed.GetValue(key)!, parsed.GetValue(signer)!, parsed.GetValue(data)!, parsed.GetValue(dry), stop));
        return verb;
    }

    private static async Task<int> Run(string file, string keyFile, string signer, string data, bool isDry, CancellationToken stop)
    {
        try
        {
            using var key = KeyFiles.Private(keyFile);
            var home = HomeCheck.Run(file, key, (await File.ReadAllTextAsync(signer, stop)).Trim());
            Tell(home);
            return isDry ? 0 : await OperatorClient.Call(data, http => Adopt(http, file, key, home, stop));
        }
        catch (Exception e) when (e is SealException or IOException or UnauthorizedAccessException or FormatException)
        {
            return OperatorClient.Fail(e.Message);
        }
    }

    private static async Task<int> Adopt(HttpClient http, string file, RSA key, CheckedHome home, CancellationToken stop)
    {
        using var begun = await http.PostAsJsonAsync("api/adopt/begin", new AdoptedHome(home.Opening.Home, 0), stop);
        if (!begun.IsSuccessStatusCode)
        {
            return await OperatorClient.Fail(begun, stop);
        }
        var (code, through) = await Progress.Of("events", told => Topics(http, file, key, home, told, stop));
        if (code != 0)
        {
            return code;
        }
        using var ended = await End(http, new(home.Opening.Home, through), stop);
        return ended.IsSuccessStatusCode ? await People(http, home, stop) : await OperatorClient.Fail(ended, stop);
    }

    private static async Task<(int Code, long Through)> Topics(HttpClient http, string file, RSA key, CheckedHome home, Action<long, long> told, CancellationToken stop)
    {
        var (done, through) = (0L, 0L);
        foreach (var (name, bytes) in HomeFile.Entries(file, key))
        {
            if (name.StartsWith(HomeFile.Image, StringComparison.Ordinal))
            {
                using var kept = await http.PostAsJsonAsync("api/adopt/image", HomeFile.Read<HomeImage>(bytes), stop);
                if (!kept.IsSuccessStatusCode)
                {
                    return (await OperatorClient.Fail(kept, stop), through);
                }
            }
            else if (name.StartsWith(HomeFile.Events, StringComparison.Ordinal))
            {
                var piece = HomeFile.Read<HomePiece>(bytes);
                using var taken = await http.PostAsJsonAsync("api/adopt/events", new AdoptedPiece(piece.Topic, piece.Events, piece.Commands, piece.IsLast ? home.Audiences[piece.Topic] : null), stop);
                if (!taken.IsSuccessStatusCode)
                {
                    Console.Error.WriteLine($"{piece.Topic}:");
                    return (await OperatorClient.Fail(taken, stop), through);
                }
                through = (await taken.Content.ReadFromJsonAsync<AdoptedThrough>(stop))!.Position;
                told(done += piece.Events.Count, home.Ending.Events);
            }
        }
        return (0, through);
    }

    // What comes is passed by before anything follows from this home's events again.
    private static async Task<HttpResponseMessage> End(HttpClient http, AdoptedHome home, CancellationToken stop)
    {
        for (var tries = 1; ; tries++)
        {
            var response = await http.PostAsJsonAsync("api/adopt/end", home, stop);
            if (response.StatusCode != System.Net.HttpStatusCode.ServiceUnavailable || tries == TriesMax)
            {
                return response;
            }
            response.Dispose();
            await Task.Delay(BetweenTries, stop);
        }
    }

    private static async Task<int> People(HttpClient http, CheckedHome home, CancellationToken stop)
    {
        foreach (var person in home.People.Where(p => p.Role is not null))
        {
            using var response = await http.PostAsJsonAsync("api/adopt/person", new AdoptedPerson(home.Opening.Home, person), stop);
            if (!response.IsSuccessStatusCode)
            {
                return await OperatorClient.Fail(response, stop);
            }
            Tell(http, home, person, (await response.Content.ReadFromJsonAsync<AdoptedAs>(stop))!);
        }
        Console.WriteLine($"{home.Opening.Home} is here. Its administrators let everybody else in.");
        return 0;
    }

    private static void Tell(HttpClient http, CheckedHome home, Storage.Transfer.CarriedPerson person, AdoptedAs way)
    {
        if (way.User is null && person.User is not null)
        {
            Console.WriteLine($"{person.Name} has no account of their own here: the name {person.User} is taken, or they have another.");
        }
        if (way.Path is { } path)
        {
            Console.WriteLine($"{person.Name} ({way.User}) administers {home.Opening.Home}. This link chooses a password, once: {new Uri(http.BaseAddress!, path)}");
        }
    }

    private static void Tell(CheckedHome home)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{home.Opening.Home}, of epoch {home.Opening.Epoch}: {home.Ending.Topics} topics with {home.Ending.Events} events and {home.Ending.Images} images, whole and signed."));
        if (home.People.Count(p => p.Role is null) is > 0 and var others)
        {
            Console.WriteLine($"{others} people of other institutions wrote in them. They are in the file by name, and are not registered here.");
        }
    }
}
