using Microsoft.AspNetCore.Localization;
using SocialQI.Client.Frame.Languages;

namespace SocialQI.Server.Pages;

/// <summary>The language of the pages that are written here; the program in the browser goes on in it.</summary>
internal static class Languages
{
    public static void UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(o =>
    {
        // Numbers and dates are written by the browser, in its own culture; only words are chosen here.
        (o.DefaultRequestCulture, o.SupportedCultures, o.SupportedUICultures) = (new("en"), [Texts.Languages[0]], Texts.Languages);
        o.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = Texts.Cookie }];
    });
}
