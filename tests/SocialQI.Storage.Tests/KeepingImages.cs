using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Images and what the events that show them, or show them no more, change about them.</summary>
public abstract class KeepingImages(ITestDatabase database) : StoreContract(database)
{
    private static readonly TimeSpan day = TimeSpan.FromDays(1);

    private KeptImages Images => Store.Images;

    [Fact]
    public async Task Twice_keeps_one_and_another_topic_has_its_own()
    {
        var (one, other) = (await OfOpenCase(), await OfOpenCase());
        await Images.Keep(one.Topic, Ada, Film, Stop);
        await Images.Keep(one.Topic, Ben, Film, Stop);
        await Images.Keep(other.Topic, Ada, Film, Stop);

        Assert.Equal(2, await Count("select count(*) from image"));
        Assert.Equal([Film.Image], await Images.Of(one.Topic, [Film.Image.Hash, Scan.Image.Hash], Stop));
        Assert.Empty(await Images.Of(OfCase().Topic, [Film.Image.Hash], Stop));
        Assert.Empty(await Images.Of(one.Topic, [], Stop));
    }

    [Fact]
    public async Task That_nothing_shows_yet_is_for_who_sent_it()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);

        Assert.Equal((ImageType.Jpeg, "film"), await Read(chain.Topic, Film, Ada));
        Assert.Equal("small film", (await Images.Read(chain.Topic, Film.Image.Hash, Ada, isSmall: true, Stop))!.Bytes.Text());
        Assert.Null(await Images.Read(chain.Topic, Film.Image.Hash, Ben, isSmall: false, Stop));
        Assert.Equal((true, false), (await Images.MaySee(chain.Topic, Film.Image.Hash, Ada, Stop), await Images.MaySee(chain.Topic, Film.Image.Hash, Ben, Stop)));
        Assert.Equal((1, 0), (await Images.Waiting(Ada, Stop), await Images.Waiting(Ben, Stop)));
    }

    [Fact]
    public async Task That_an_event_shows_is_for_everybody_until_that_is_withdrawn()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        await chain.Commit(Journal, Shows(Film), new FactAdded(1, "Again.", [Film.Image.As("A film")]));
        Assert.Equal((ImageType.Jpeg, "film"), await Read(chain.Topic, Film, Ben));
        Assert.Equal(0, await Images.Waiting(Ada, Stop));

        await chain.Commit(Journal, new ContributionWithdrawn(2));
        Assert.NotNull(await Read(chain.Topic, Film, Ben));

        await chain.Commit(Journal, new ContributionWithdrawn(3));
        Assert.Null(await Read(chain.Topic, Film, Ben));
        // Not even for who sent it.
        Assert.Null(await Read(chain.Topic, Film, Ada));
    }

    [Fact]
    public async Task That_two_events_show_survives_the_first_redaction_and_not_the_second()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        await Images.Keep(chain.Topic, Ada, Scan, Stop);
        await chain.Commit(Journal, Shows(Film, Scan), Shows(Film));

        await chain.Commit(Journal, Redacted(2));
        Assert.Equal((1, 1), (await Count("select count(*) from image"), await Count("select count(*) from image_use")));
        Assert.NotNull(await Read(chain.Topic, Film, Ben));
        Assert.Null(await Read(chain.Topic, Scan, Ben));

        await chain.Commit(Journal, Redacted(3));
        Assert.Equal((0, 0), (await Count("select count(*) from image"), await Count("select count(*) from image_use")));
        Assert.Empty(await Images.Of(chain.Topic, [Film.Image.Hash], Stop));
    }

    [Fact]
    public async Task That_was_withdrawn_is_destroyed_by_redaction_all_the_same()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        await chain.Commit(Journal, Shows(Film), new ContributionWithdrawn(2));
        Assert.Equal(1, await Count("select count(*) from image"));

        await chain.Commit(Journal, Redacted(2));

        Assert.Equal(0, await Count("select count(*) from image"));
    }

    [Fact]
    public async Task Shown_redacted_and_shown_again_in_one_append_keeps_it()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);

        await chain.Commit(Journal, Shows(Film), Redacted(2), Shows(Film));

        Assert.NotNull(await Read(chain.Topic, Film, Ben));
    }

    [Fact]
    public async Task Of_one_topic_outlives_the_redaction_of_another()
    {
        var (one, other) = (await OfOpenCase(), await OfOpenCase());
        foreach (var chain in new[] { one, other })
        {
            await Images.Keep(chain.Topic, Ada, Film, Stop);
            await chain.Commit(Journal, Shows(Film));
        }

        await one.Commit(Journal, Redacted(2));

        Assert.Null(await Read(one.Topic, Film, Ben));
        Assert.NotNull(await Read(other.Topic, Film, Ben));
    }

    [Fact]
    public async Task In_an_append_that_lost_changes_nothing()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        await Images.Keep(chain.Topic, Ada, Scan, Stop);
        await chain.Commit(Journal, Shows(Film));

        foreach (var late in new[] { new Chain(chain.Topic).Next(Shows(Scan)), new Chain(chain.Topic).Next(Redacted(2)), new Chain(chain.Topic).Next(new ContributionWithdrawn(2)) })
        {
            Assert.Equal(AppendOutcome.Lost, await Journal.Append(late));
        }

        Assert.NotNull(await Read(chain.Topic, Film, Ben));
        Assert.Null(await Read(chain.Topic, Scan, Ben));
    }

    [Fact]
    public async Task That_nothing_shows_in_a_day_cannot_be_shown_any_more_and_is_swept_an_hour_later()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        await Images.Keep(chain.Topic, Ada, Scan, Stop);
        await chain.Commit(Journal, Shows(Scan));

        Clock.Now = Noon + day + TimeSpan.FromMinutes(59);
        Assert.Equal(0, await Images.Sweep(10, Stop));
        Assert.Equal([Scan.Image], await Images.Of(chain.Topic, [Film.Image.Hash, Scan.Image.Hash], Stop));

        Clock.Now = Noon + day + TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1);
        Assert.Equal(1, await Images.Sweep(10, Stop));
        Assert.Equal(0, await Images.Sweep(10, Stop));
        Assert.Equal(1, await Count("select count(*) from image"));
    }

    [Fact]
    public async Task Sent_again_waits_anew()
    {
        var chain = await OfOpenCase();
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        Clock.Now = Noon + day;
        await Images.Keep(chain.Topic, Ada, Film, Stop);
        Clock.Now = Noon + day + day;

        Assert.Equal(0, await Images.Sweep(10, Stop));
    }

    [Fact]
    public async Task Sweeps_no_more_at_once_than_it_was_told()
    {
        var chain = await OfOpenCase();
        for (byte n = 0; n < 5; n++)
        {
            await Images.Keep(chain.Topic, Ada, Of(n, "film"), Stop);
        }
        Clock.Now = Noon + day + day;

        var swept = new List<int>();
        for (var time = 0; time < 4; time++)
        {
            swept.Add(await Images.Sweep(2, Stop));
        }
        Assert.Equal([2, 2, 1, 0], swept);
    }

    protected static NewImage Film { get; } = Of(1, "film");

    protected static TextRedacted Redacted(long number) => new(number, "contribution-posted", RedactionGround.Identifiers);

    protected static ContributionPosted Shows(params NewImage[] images) => Said("See.") with { Images = [.. images.Select(i => i.Image.As("A film"))] };

    private protected async Task<Chain> OfOpenCase()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        return chain;
    }

    private static NewImage Scan { get; } = Of(2, "scan");

    private static NewImage Of(byte n, string bytes) =>
        new(new KeptImage(ImageHash.Of([.. Enumerable.Repeat(n, 32)]), ImageType.Jpeg, 1024, 768), bytes.Bytes(), ("small " + bytes).Bytes());

    private async Task<(ImageType, string)?> Read(TopicId topic, NewImage image, ClinicianId reader) =>
        await Images.Read(topic, image.Image.Hash, reader, isSmall: false, Stop) is { } read ? (read.Type, read.Bytes.Text()) : null;
}

internal static class ImageTexts
{
    public static byte[] Bytes(this string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static string Text(this byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    public static CaseImage As(this KeptImage kept, string alt) => new(kept.Hash, kept.Width, kept.Height, kept.Type, alt);
}

public sealed class KeepingImagesInPostgres(PrivatePostgres postgres) : KeepingImages(new PostgresTestDatabase(postgres))
{
    [Fact]
    public async Task Leaves_a_process_of_the_version_before_able_to_write() =>
        Assert.Equal(3, await Count("select count(*) from pg_proc where proname = 'append_events'"));
}

public sealed class KeepingImagesInSqlite() : KeepingImages(new SqliteTestDatabase())
{
    [Fact]
    public async Task Until_redaction_leaves_its_bytes_in_none_of_the_files()
    {
        var secret = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"Face{i:D6} "));
        var chain = await OfOpenCase();
        var image = Film with { Bytes = secret.Bytes(), Thumbnail = secret[..4_000].Bytes() };
        await Store.Images.Keep(chain.Topic, Ada, image, Stop);
        await chain.Commit(Journal, Shows(image));
        Assert.True(IsInFiles("Face000001 "));

        await chain.Commit(Journal, Redacted(2));

        // The writer clears up before it takes what comes next.
        await chain.Commit(Journal, Said("Next"));
        Assert.False(IsInFiles("Face000001 "));
        Assert.False(IsInFiles("Face019999 "));
    }

    private bool IsInFiles(string text) => System.IO.Directory.GetFiles(((SqliteTestDatabase)Database).Folder, "journal.db*").Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(text.Bytes()) >= 0;
    });
}
