using System.Net;
using System.Net.Http.Headers;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Server.Tests.Images;

/// <summary>The doors of images: who may send one, and who sees it as long as it is shown.</summary>
public sealed class SendingAnImage(TheService service)
{
    private static readonly byte[] Film = Files.Photograph(64, 48);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_done_by_who_may_write_there_and_shown_by_a_contribution()
    {
        var (ada, ben, topic) = await OpenCase();
        var image = await Sent(ada, topic, Film);
        Assert.Equal((ImageType.Jpeg, 48, 64), (image.Type, image.Width, image.Height));
        Assert.Equal(HttpStatusCode.OK, await Seen(ada, topic, image));
        Assert.Equal(HttpStatusCode.NotFound, await Seen(ben, topic, image));

        await service.Done(ada, topic, Saying(image));

        Assert.Equal(HttpStatusCode.OK, await Seen(ben, topic, image));
        Assert.Equal(HttpStatusCode.OK, await Seen(ben, topic, image, "/thumb"));
    }

    [Fact]
    public async Task Serves_it_as_an_image_and_nothing_else_once()
    {
        var (ada, ben, topic) = await OpenCase();
        var image = await Sent(ada, topic, Film);
        await service.Done(ada, topic, Saying(image));
        using var http = service.Client(ben);

        using var answer = await http.GetAsync($"api/topics/{topic}/images/{image.Hash}", Stop);

        var bytes = await answer.Content.ReadAsByteArrayAsync(Stop);
        Assert.Equal(image.Hash, ImageHash.Of(System.Security.Cryptography.SHA256.HashData(bytes)));
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal((true, true), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.NoCache));
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.ToString());
        using var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await http.SendAsync(again, Stop);
        Assert.Equal((HttpStatusCode.NotModified, 0), (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync(Stop)).Length));
    }

    [Fact]
    public async Task Withdrawn_is_seen_by_nobody_not_even_who_has_it_already()
    {
        var (ada, ben, topic) = await OpenCase();
        var image = await Sent(ada, topic, Film);
        var posted = await service.Done(ada, topic, Saying(image));
        Assert.Equal(HttpStatusCode.NotModified, await Seen(ben, topic, image, has: true));

        await service.Done(ada, topic, new WithdrawContribution(posted.First));

        Assert.Equal(HttpStatusCode.NotFound, await Seen(ben, topic, image));
        Assert.Equal(HttpStatusCode.NotFound, await Seen(ben, topic, image, has: true));
        Assert.Equal(HttpStatusCode.NotFound, await Seen(ada, topic, image, "/thumb"));
    }

    [Fact]
    public async Task Redacted_is_gone_for_good()
    {
        var (ada, ben, topic) = await OpenCase();
        var chief = await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);
        var image = await Sent(ada, topic, Film);
        var posted = await service.Done(ada, topic, Saying(image));

        await service.Done(chief, topic, new RedactText(posted.First, RedactionGround.Identifiers));

        Assert.Equal(HttpStatusCode.NotFound, await Seen(ben, topic, image));
        using var http = service.Client(ada);
        using var answer = await http.Ask(topic, Saying(image));
        Assert.Equal("no-such-image", await answer.Code());
    }

    [Fact]
    public async Task By_somebody_who_may_not_see_the_case_finds_nothing_there()
    {
        var (ada, _, topic) = await OpenCase(VisibilityKind.Institution);
        var stranger = await service.Register(TheService.Thornmere);
        var image = await Sent(ada, topic, Film);
        await service.Done(ada, topic, Saying(image));

        Assert.Equal((HttpStatusCode.NotFound, "not-there"), await Send(stranger, topic, Film));
        Assert.Equal(HttpStatusCode.NotFound, await Seen(stranger, topic, image));
        Assert.Equal(HttpStatusCode.NotFound, await Seen(stranger, topic, image, has: true));
    }

    [Fact]
    public async Task To_a_draft_is_for_its_author()
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartCase($"Noon, {Overheard.Canary}", $"Is it {Overheard.Canary}?"));

        Assert.Equal((HttpStatusCode.NotFound, "not-there"), await Send(ben, topic, Film));
        var image = await Sent(ada, topic, Film);
        await service.Done(ada, topic, new AddFact(1, $"Film, {Overheard.Canary}", [As(image)]));
        Assert.Equal(HttpStatusCode.OK, await Seen(ada, topic, image));
    }

    [Fact]
    public async Task To_a_closed_case_is_refused()
    {
        var (ada, ben, topic) = await OpenCase();
        await service.Done(ada, topic, new CloseCase($"It was {Overheard.Canary}."));
        Assert.Equal((HttpStatusCode.Conflict, "case-closed"), await Send(ben, topic, Film));
    }

    [Fact]
    public async Task To_what_is_no_case_is_refused()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "not-a-case"), await Send(ada, TheService.NorthHarbour.Topic, Film));
    }

    [Fact]
    public async Task Of_21_MB_is_refused_by_name_before_it_is_read()
    {
        var (ada, _, topic) = await OpenCase();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), await Send(ada, topic, new byte[21 * 1024 * 1024], waits: true));
    }

    [Fact]
    public async Task Of_one_byte_too_many_that_does_not_say_so_is_refused_by_name()
    {
        var (ada, _, topic) = await OpenCase();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), await Send(ada, topic, new byte[KeptImage.BytesMax + 1], says: false));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/jpeg")]
    public async Task That_is_none_is_refused_by_name_whatever_it_is_called(string type)
    {
        var (ada, _, topic) = await OpenCase();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "not-a-png-or-jpeg"), await Send(ada, topic, Files.Html, type: type));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "damaged-image"), await Send(ada, topic, [.. Files.PngSignature, .. Files.Html], type: type));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "too-many-pixels"), await Send(ada, topic, Files.Bomb(50_000, 50_000), type: type));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "empty"), await Send(ada, topic, [], type: type));
    }

    [Fact]
    public async Task Is_needed_before_it_can_be_shown()
    {
        var (ada, _, topic) = await OpenCase();
        var (_, _, other) = await OpenCase();
        var elsewhere = await Sent(ada, other, Film);
        using var http = service.Client(ada);
        using var answer = await http.Ask(topic, Saying(elsewhere));
        Assert.Equal("no-such-image", await answer.Code());
        Assert.Equal(HttpStatusCode.NotFound, await Seen(ada, topic, elsewhere));
    }

    [Fact]
    public async Task Is_refused_by_name_when_it_is_the_301st_of_its_case()
    {
        var (ada, _, topic) = await OpenCase();
        var image = await Sent(ada, topic, Film);
        for (var sent = 0; sent < CaseState.ImagesMax; sent += Contribution.ImagesMax)
        {
            await service.Done(ada, topic, Saying([.. Enumerable.Repeat(image, Contribution.ImagesMax)]));
        }
        using var http = service.Client(ada);
        using var answer = await http.Ask(topic, Saying(image));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "too-many"), (answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task Is_refused_while_too_many_of_ones_own_wait()
    {
        var (ada, ben, topic) = await OpenCase();
        for (var n = 1; n <= Storage.KeptImages.WaitingMax; n++)
        {
            await Sent(ada, topic, Files.Png(8, n));
        }
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "too-many-waiting"), await Send(ada, topic, Film));
        Assert.Equal((HttpStatusCode.OK, null), await Send(ben, topic, Film));
    }

    private static CaseImage As(KeptImage kept) => new(kept.Hash, kept.Width, kept.Height, kept.Type, $"A film of the {Overheard.Canary}");

    private static PostContribution Saying(params KeptImage[] images) =>
        new(ContributionKind.Comment, $"See the {Overheard.Canary}.", null, default, null, [.. images.Select(As)]);

    private async Task<(Somebody Ada, Somebody Ben, TopicId Topic)> OpenCase(VisibilityKind to = VisibilityKind.Network)
    {
        var (ada, ben) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.NorthHarbour));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new Visibility(to), Attestation: new(0)));
        return (ada, ben, topic);
    }

    private async Task<KeptImage> Sent(Somebody who, TopicId topic, byte[] file)
    {
        using var http = service.Client(who);
        using var answer = await http.PostAsync($"api/topics/{topic}/images", new ByteArrayContent(file), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Json.Decode<KeptImage>(await answer.Content.ReadAsByteArrayAsync(Stop));
    }

    private async Task<(HttpStatusCode, string?)> Send(Somebody who, TopicId topic, byte[] file, string type = "image/png", bool says = true, bool waits = false)
    {
        using var http = service.Client(who);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/topics/{topic}/images") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TransferEncodingChunked = !says;
        request.Headers.ExpectContinue = waits;
        using var answer = await http.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Code());
    }

    private async Task<HttpStatusCode> Seen(Somebody who, TopicId topic, KeptImage image, string rest = "", bool has = false)
    {
        using var http = service.Client(who);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/topics/{topic}/images/{image.Hash}{rest}");
        if (has)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{image.Hash}\""));
        }
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
