using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Images;

/// <summary>Images of a case: sent by who may write there, seen by who may see it, as long as a contribution shows them.</summary>
internal static class ImageEndpoints
{
    // A little more than an image may have, so that one which has too much is refused by name.
    private const int BodyBytesMax = KeptImage.BytesMax + (1024 * 1024);

    public static void MapImages(this IEndpointRouteBuilder app)
    {
        var images = app.MapGroup("/api/topics/{topic}/images").RequireAuthorization().WithTags("Images");
        images.MapPost("/", Add).RequireRateLimiting(Limits.Images).WithMetadata(new DoorAttribute(Who.RulesDecide), new RequestSizeLimitAttribute(BodyBytesMax))
            .Records(Acts.SendImage).ForMachines(TokenScope.Command)
            .Says<KeptImage>("A PNG or JPEG file, as the body, becomes an image that a contribution can show.");
        images.MapGet("/{hash}", Whole).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadImage, "whole").ForMachines(TokenScope.Read).WithSummary("An image that a contribution shows.");
        images.MapGet("/{hash}/thumb", Small).WithMetadata(new DoorAttribute(Who.MaySeeTopic)).Records(Acts.ReadImage, "small").ForMachines(TokenScope.Read).WithSummary("The same, small.");
    }

    private static async Task<IResult> Add(TopicId topic, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, ImageIntake intake, CancellationToken stop)
    {
        var me = ApiEndpoints.Me(user);
        if (await RefuseToTake(me, topic, asking, rounds, stop) is { } no)
        {
            return ApiEndpoints.Problem(no);
        }
        var (image, refusal) = await intake.Take(http.Request.Body, http.Request.ContentLength, stop);
        if (image is null)
        {
            return ApiEndpoints.Problem(refusal!);
        }
        await rounds.Stores.Of(topic).Images.Keep(topic, me, image, stop);
        return ApiEndpoints.Ok(image.Image);
    }

    // Asked before anything of the file is read. Whether the contribution is taken that shows it is asked again, of the grain.
    private static async Task<Refusal?> RefuseToTake(ClinicianId me, TopicId topic, Asking asking, Rounds rounds, CancellationToken stop)
    {
        if (await asking.RefuseToShow(me, topic, stop) is { } refusal)
        {
            return refusal;
        }
        if (topic.Kind != TopicKind.Case)
        {
            return Refusals.NotACase;
        }
        if (await rounds.Passports.Of(me, stop) is not { } passport)
        {
            return Refusal.NotNow;
        }
        var shown = await rounds.Grains.Topic(topic).Show();
        return CaseWriting.Refuse(Json.Decode<CaseState>(shown.State).Stage, shown.Audience, passport, rounds.Passports.Now)
            ?? (await rounds.Stores.Of(topic).Images.Waiting(me, stop) >= KeptImages.WaitingMax ? ImageRefusals.TooManyWaiting : null);
    }

    private static Task<IResult> Whole(TopicId topic, ImageHash hash, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop) =>
        Show(topic, hash, isSmall: false, http, user, asking, rounds, stop);

    private static Task<IResult> Small(TopicId topic, ImageHash hash, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop) =>
        Show(topic, hash, isSmall: true, http, user, asking, rounds, stop);

    private static async Task<IResult> Show(
        TopicId topic, ImageHash hash, bool isSmall, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop)
    {
        var me = ApiEndpoints.Me(user);
        if (await asking.RefuseToShow(me, topic, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        var images = rounds.Stores.Of(topic).Images;
        var tag = $"\"{hash}{(isSmall ? ".thumb" : "")}\"";
        if (http.Request.Headers.IfNoneMatch.Contains(tag) && await images.MaySee(topic, hash, me, stop))
        {
            SayHowToKeep(http.Response.Headers, tag);
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }
        if (await images.Read(topic, hash, me, isSmall, stop) is not { } image)
        {
            return ApiEndpoints.Problem(Refusal.NotThere);
        }
        SayHowToKeep(http.Response.Headers, tag);
        return Results.Bytes(image.Bytes, image.Type == ImageType.Png ? "image/png" : "image/jpeg");
    }

    // The bytes travel once, and whether they may still be seen is asked each time. What is opened by itself is an image and nothing else.
    private static void SayHowToKeep(IHeaderDictionary headers, string tag)
    {
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = "inline";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
