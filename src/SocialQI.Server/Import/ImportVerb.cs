using System.CommandLine;
using SocialQI.Server.Operate;
using SocialQI.Wire;

namespace SocialQI.Server.Import;

/// <summary><c>import FILE --as USER</c>: speaks to the running service.</summary>
[Door(Who.Operator)]
internal static class ImportVerb
{
    public static System.CommandLine.Command Make()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A FHIR R4 bundle as JSON." };
        var author = new Option<string>("--as") { Description = "The sign-in name of the author.", Required = true };
        var data = new Option<string>("--data") { Description = "The data folder of the running service.", DefaultValueFactory = _ => "./data" };
        var verb = new System.CommandLine.Command("import", "Make a draft case of a FHIR bundle. The service must be running.") { file, author, data };
        verb.SetAction((parsed, stop) => Run(parsed.GetValue(file)!, parsed.GetValue(author)!, parsed.GetValue(data)!, stop));
        return verb;
    }

    private static async Task<int> Run(FileInfo file, string author, string data, CancellationToken stop)
    {
        if (!file.Exists)
        {
            return OperatorClient.Fail($"There is no file {file.Name}.");
        }
        // The service would refuse it without reading, and a connection that ends while one sends looks as if nobody were there.
        if (file.Length > BundleBytes.LengthMax)
        {
            return OperatorClient.Fail(ImportRefusal.TooLarge.Message);
        }
        return await OperatorClient.Call(data, async http =>
        {
            await using var bundle = file.OpenRead();
            using var content = new StreamContent(bundle);
            content.Headers.ContentType = new("application/fhir+json");
            using var response = await http.PostAsync(new Uri("api/import-as?user=" + Uri.EscapeDataString(author), UriKind.Relative), content, stop);
            if (!response.IsSuccessStatusCode)
            {
                return await OperatorClient.Fail(response, stop);
            }
            Print(Json.Decode<Imported>(await response.Content.ReadAsByteArrayAsync(stop)), http.BaseAddress!);
            return 0;
        });
    }

    private static void Print(IEnumerable<ImportCount> counts)
    {
        foreach (var (what, times, _) in counts)
        {
            Console.WriteLine($"  {times,6}  {what}");
        }
    }

    private static void Print(Imported imported, Uri address)
    {
        Console.WriteLine($"Draft: {imported.Title}");
        Console.WriteLine($"       {address}case/{imported.Topic}");
        Console.WriteLine($"Taken, with {imported.Facts} days of facts:");
        Print(imported.Taken);
        Console.WriteLine("Taken out, for it could tell who the patient is:");
        Print(imported.Removed);
        Console.WriteLine("Not used:");
        Print(imported.LeftOut);
        Console.WriteLine("Only its author sees the draft. Read it, write its question, then open it.");
    }
}
