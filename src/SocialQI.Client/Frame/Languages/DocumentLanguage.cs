using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.JSInterop;

namespace SocialQI.Client.Frame.Languages;

internal static class DocumentLanguage
{
    /// <summary>The program goes on in the language in which the document was written.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A text goes there and a text comes back.")]
    public static void Follow(IJSRuntime js)
    {
        if (((IJSInProcessRuntime)js).Invoke<string?>("document.documentElement.getAttribute", "lang") is { Length: > 0 } language)
        {
            CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo(language);
        }
    }
}
