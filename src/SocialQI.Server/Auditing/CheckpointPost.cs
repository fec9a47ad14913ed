using System.Net.Http.Headers;
using System.Text;

namespace SocialQI.Server.Auditing;

/// <summary>Sends checkpoints to another machine, in their order. What could not be sent is sent with the next.</summary>
internal sealed class CheckpointPost(Uri url) : IDisposable
{
    // A day and more. What was longer away than that is in the file.
    private const int WaitingMax = 2_000;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Queue<string> waiting = new();

    public void Add(string line)
    {
        waiting.Enqueue(line);
        if (waiting.Count > WaitingMax)
        {
            waiting.Dequeue();
        }
    }

    public async Task Send(CancellationToken stop)
    {
        while (waiting.TryPeek(out var line))
        {
            using var body = new StringContent(line, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var answer = await http.PostAsync(url, body, stop);
            answer.EnsureSuccessStatusCode();
            waiting.Dequeue();
        }
    }

    public void Dispose() => http.Dispose();
}
