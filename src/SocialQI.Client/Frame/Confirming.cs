using System.Net;
using Microsoft.FluentUI.AspNetCore.Components;

namespace SocialQI.Client.Frame;

/// <summary>Asks before what cannot be taken back.</summary>
public static class Confirming
{
    /// <returns>Whether the person said the verb, and not that they would rather not.</returns>
    public static async Task<bool> Confirmed(this IDialogService dialogs, string title, string what, string verb, string rather) =>
        // The library draws title and message as markup; ours are text, and may have names in them that people chose.
        !(await dialogs.ShowConfirmationAsync(WebUtility.HtmlEncode(what), WebUtility.HtmlEncode(title), verb, rather)).Cancelled;
}
