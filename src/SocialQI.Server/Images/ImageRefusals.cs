using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Server.Images;

/// <summary>Why a file is not taken as an image.</summary>
internal static class ImageRefusals
{
    public static readonly Refusal Empty = Refusal.Empty("file");

    public static readonly Refusal TooLarge = new("too-large", $"An image can have at most {KeptImage.BytesMax / 1024 / 1024} MB.");

    public static readonly Refusal NotAnImage = new("not-a-png-or-jpeg", "This is not a PNG or JPEG image. Take one of these, or a picture of the screen.");

    public static readonly Refusal TooManyPixels =
        new("too-many-pixels", $"This image has more than {Recoding.PixelsMax / 1_000_000} million pixels. Make it smaller, or cut out what matters.");

    public static readonly Refusal Damaged = new("damaged-image", "This image is damaged, or ends before it should. Nothing was kept.");

    public static readonly Refusal TooSlow = new("too-slow", "The image took too long to arrive. Nothing was kept; try again.");

    public static readonly Refusal TooManyWaiting =
        new("too-many-waiting", $"{KeptImages.WaitingMax} of your images wait for a contribution that shows them. Send those first.");
}
