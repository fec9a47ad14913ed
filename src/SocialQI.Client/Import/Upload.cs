using System.Text;
using System.Text.Json;
using Microsoft.JSInterop;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Import;

/// <summary>How far an import is.</summary>
public enum UploadStage { Choosing, Sending, Reading, Done, Refused }

/// <summary>One file on its way: told by the browser how much has gone, and by the service how much it has read.</summary>
public sealed class Upload(IJSRuntime js) : IAsyncDisposable
{
    private static readonly Refusal TooLarge = new("too-large", "");

    private readonly Script script = new(js, "./import.js");
    private DotNetObjectReference<Upload>? self;

    public event Action? Changed;

    public UploadStage Stage { get; private set; }

    /// <summary>What the file is called on its owner's machine; never sent.</summary>
    public string Name { get; private set; } = "";

    public long Size { get; private set; }

    public long Gone { get; private set; }

    public int Read { get; private set; }

    public int Of { get; private set; }

    /// <summary>What the file would become.</summary>
    public Imported? Result { get; private set; }

    /// <summary>Why it was not taken. Without words, the code alone says it: the page has them.</summary>
    public Refusal? Refusal { get; private set; }

    public async Task Begin(string inputId, string zoneId)
    {
        self ??= DotNetObjectReference.Create(this);
        await script.Do("begin", self, inputId, zoneId);
    }

    /// <summary>Lets go of the file and of all that was read of it.</summary>
    public async Task Forget()
    {
        (Stage, Name, Size, Gone, Read, Of, Result, Refusal) = (UploadStage.Choosing, "", 0, 0, 0, 0, null, null);
        await script.Do("forget");
        Changed?.Invoke();
    }

    [JSInvokable]
    public async Task Chosen(string name, long size, int files)
    {
        if (Stage is UploadStage.Sending or UploadStage.Reading)
        {
            return;
        }
        (Name, Size, Gone, Read, Of, Result) = (name, size, 0, 0, 0, null);
        // Before a byte of it is sent: the service would say the same, after minutes.
        Refusal = files > 1 ? new("one-file", "") : size > Imported.BytesMax ? TooLarge : size == 0 ? new("empty-file", "") : null;
        Stage = Refusal is null ? UploadStage.Sending : UploadStage.Refused;
        Changed?.Invoke();
        if (Stage == UploadStage.Sending)
        {
            await script.Do("send", "api/import?review=true");
        }
    }

    [JSInvokable]
    public void Sent(long bytes)
    {
        Gone = Math.Min(bytes, Size);
        if (Stage == UploadStage.Sending && Gone == Size)
        {
            Stage = UploadStage.Reading;
        }
        Changed?.Invoke();
    }

    [JSInvokable]
    public void Stepped(string line)
    {
        var step = Json.Decode<ImportStep>(Encoding.UTF8.GetBytes(line));
        (Read, Of) = (step.Read, step.Of);
        Stage = UploadStage.Reading;
        if (step.Imported is { } imported)
        {
            (Stage, Result) = (UploadStage.Done, imported);
        }
        else if (step.Refusal is { } refusal)
        {
            (Stage, Refusal) = (UploadStage.Refused, refusal);
        }
        Changed?.Invoke();
    }

    [JSInvokable]
    public void Ended(int status, string body)
    {
        if (Stage is UploadStage.Sending or UploadStage.Reading)
        {
            // An answer that broke off says nothing; neither does a proxy's page.
            Refusal = ReasonIn(body) ?? new(status == 429 ? "import-busy" : "not-reached", "");
            Stage = UploadStage.Refused;
            Changed?.Invoke();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await script.Leave("forget");
        self?.Dispose();
    }

    private static Refusal? ReasonIn(string body)
    {
        try
        {
            return body.StartsWith('{') && JsonSerializer.Deserialize(body, ClientJson.Default.Problem) is { Title: { } code, Detail: { } say } ? new(code, say) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
