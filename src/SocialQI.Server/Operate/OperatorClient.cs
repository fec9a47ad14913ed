using SocialQI.Server.SignIn;

namespace SocialQI.Server.Operate;

/// <summary>How a verb speaks to the service that runs on a data folder.</summary>
internal static class OperatorClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> Call(string data, Func<HttpClient, Task<int>> call)
    {
        if (OperatorKey.Read(data) is not { } service)
        {
            return Fail($"No service has been started on the data folder {data}. Start it, or name its folder with --data.");
        }
        using var http = new HttpClient { BaseAddress = service.Address, Timeout = Patience };
        http.DefaultRequestHeaders.Add(OperatorKey.Header, service.Key);
        try
        {
            return await call(http);
        }
        catch (HttpRequestException)
        {
            return Fail($"The service does not answer on {service.Address}. Start it first.");
        }
    }

    public static async Task<int> Fail(HttpResponseMessage response, CancellationToken stop)
    {
        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var problem = isProblem ? await response.Content.ReadFromJsonAsync<Microsoft.AspNetCore.Mvc.ProblemDetails>(stop) : null;
        return Fail($"Refused ({problem?.Title ?? response.StatusCode.ToString()}): {problem?.Detail}");
    }

    public static int Fail(string words)
    {
        Console.Error.WriteLine(words);
        return 1;
    }
}
