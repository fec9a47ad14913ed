using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Server.Images;

/// <summary>Takes files and makes images of them, only so many at once: what it holds in memory has a bound, whoever sends.</summary>
internal sealed class ImageIntake : IDisposable
{
    private const int FilesAtOnce = 8;
    private const int DecodedAtOnce = 2;
    private const int ReadAtOnce = 64 * 1024;
    private static readonly TimeSpan readingMax = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim files = new(FilesAtOnce);
    private readonly SemaphoreSlim decodings = new(DecodedAtOnce);

    /// <returns>The image, or why the file is not taken.</returns>
    public async Task<(NewImage? Image, Refusal? Refusal)> Take(Stream from, long? declaredLength, CancellationToken stop)
    {
        if (declaredLength > KeptImage.BytesMax)
        {
            return (null, ImageRefusals.TooLarge);
        }
        await files.WaitAsync(stop);
        try
        {
            var (file, refusal) = await Read(from, stop);
            return file is null ? (null, refusal) : await Recode(file, stop);
        }
        finally
        {
            files.Release();
        }
    }

    public void Dispose()
    {
        files.Dispose();
        decodings.Dispose();
    }

    private static async Task<(byte[]? File, Refusal? Refusal)> Read(Stream from, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(readingMax);
        // Grown by what arrives, not by what was declared: a promise of 20 MB must not cost 20 MB.
        using var whole = new MemoryStream();
        var buffer = new byte[ReadAtOnce];
        try
        {
            while (await from.ReadAsync(buffer, patience.Token) is > 0 and var count)
            {
                if (whole.Length + count > KeptImage.BytesMax)
                {
                    return (null, ImageRefusals.TooLarge);
                }
                whole.Write(buffer, 0, count);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, ImageRefusals.TooSlow);
        }
        return (whole.ToArray(), null);
    }

    private async Task<(NewImage? Image, Refusal? Refusal)> Recode(byte[] file, CancellationToken stop)
    {
        await decodings.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Recoding.Recode(file), stop);
        }
        finally
        {
            decodings.Release();
        }
    }
}
