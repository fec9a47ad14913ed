using System.Data.Common;
using SocialQI.Cases;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>An image as it is kept.</summary>
/// <param name="Image">Its hash, type and size.</param>
/// <param name="Bytes">Made here, never the sender's own.</param>
/// <param name="Thumbnail">The same, small.</param>
public sealed record NewImage(KeptImage Image, byte[] Bytes, byte[] Thumbnail);

/// <summary>An image's bytes, and how they are encoded.</summary>
public sealed record ImageBytes(ImageType Type, byte[] Bytes);

/// <summary>
/// The images of a store's topics. Which events show them is written with those events (see <see cref="StoreRows"/>); an image that none has shown
/// waits for <see cref="KeptImage.WaitsFor"/>.
/// </summary>
public sealed class KeptImages
{
    /// <summary>The most images of one person that may wait.</summary>
    public const int WaitingMax = 40;

    // What is being decided when its time is over is still there when it is decided.
    private static readonly TimeSpan sweptAfter = KeptImage.WaitsFor + TimeSpan.FromHours(1);

    // A visible contribution shows it, or it waits for one of who sent it.
    private const string IsShown =
        """
        i.topic = @topic and i.hash = @hash and (exists (select 1 from image_use u where u.topic = i.topic and u.hash = i.hash and u.shown = 1)
        or (i.waiting_since is not null and i.sent_by = @reader))
        """;

    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal KeptImages(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>Keeps an image; the same bytes once more are the same image, which waits anew.</summary>
    public ValueTask Keep(TopicId topic, ClinicianId by, NewImage image, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                """
                insert into image (topic, hash, type, width, height, sent_by, waiting_since, thumbnail, bytes)
                values (@topic, @hash, @type, @width, @height, @by, @now, @thumbnail, @bytes)
                on conflict (topic, hash) do update set sent_by = excluded.sent_by,
                waiting_since = case when image.waiting_since is null then null else excluded.waiting_since end
                """,
                stop, ("topic", topic.ToString()), ("hash", image.Image.Hash.ToString()), ("type", Text(image.Image.Type)), ("width", image.Image.Width),
                ("height", image.Image.Height), ("by", by.ToString()), ("now", Now.Micros), ("thumbnail", image.Thumbnail), ("bytes", image.Bytes)),
            stop);

    /// <summary>How many of a person's images wait, in all topics.</summary>
    public async ValueTask<int> Waiting(ClinicianId by, CancellationToken stop) =>
        (int)await database.Read(
            c => c.First("select count(*) from image where waiting_since is not null and sent_by = @by", row => row.GetInt64(0), stop, ("by", by.ToString())), stop);

    /// <summary>Of these, the images that a contribution to the topic may show.</summary>
    public async ValueTask<IReadOnlyCollection<KeptImage>> Of(TopicId topic, IReadOnlyCollection<ImageHash> hashes, CancellationToken stop) =>
        hashes.Count == 0 ? [] : await database.Read(
            c => c.All(
                $"""
                select hash, type, width, height from image
                where topic = @topic and hash {database.In("@hashes")} and (waiting_since is null or waiting_since > @since)
                """,
                row => new KeptImage(ImageHash.Parse(row.GetString(0)), TypeAt(row, 1), row.GetInt32(2), row.GetInt32(3)), stop,
                ("topic", topic.ToString()), ("hashes", database.List(hashes.Select(h => h.ToString()))), ("since", (Now + -KeptImage.WaitsFor).Micros)),
            stop);

    /// <summary>Whether an image may be shown to somebody who may see the topic.</summary>
    public ValueTask<bool> MaySee(TopicId topic, ImageHash hash, ClinicianId reader, CancellationToken stop) =>
        database.Read(c => c.First($"select 1 = 1 from image i where {IsShown}", _ => true, stop, Named(topic, hash, reader)), stop);

    /// <summary>The bytes of an image, small or whole; null when it may not be shown to who asks, or is not kept.</summary>
    public ValueTask<ImageBytes?> Read(TopicId topic, ImageHash hash, ClinicianId reader, bool isSmall, CancellationToken stop) =>
        database.Read(
            c => c.First(
                $"select i.type, i.{(isSmall ? "thumbnail" : "bytes")} from image i where {IsShown}",
                row => new ImageBytes(TypeAt(row, 0), row.BytesAt(1)!), stop, Named(topic, hash, reader)),
            stop);

    /// <summary>Destroys up to so many images that have waited in vain.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> Sweep(int max, CancellationToken stop)
    {
        var swept = 0;
        await database.Write(
            async c => swept = await c.Run(
                """
                delete from image where (topic, hash) in
                (select topic, hash from image where waiting_since < @before order by waiting_since limit @max)
                """,
                stop, ("before", (Now + -sweptAfter).Micros), ("max", max)),
            stop);
        return swept;
    }

    private static (string, object?)[] Named(TopicId topic, ImageHash hash, ClinicianId reader) =>
        [("topic", topic.ToString()), ("hash", hash.ToString()), ("reader", reader.ToString())];

    private static string Text(ImageType type) => type == ImageType.Png ? "png" : "jpeg";

    private static ImageType TypeAt(DbDataReader row, int column) => row.GetString(column) == "png" ? ImageType.Png : ImageType.Jpeg;
}
