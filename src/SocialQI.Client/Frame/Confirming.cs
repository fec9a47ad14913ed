using System.Net;
using Microsoft.FluentUI.AspNetCore.Components;

namespace SocialQI.Client.Frame;

/// <summary>Asks before what cannot be taken back.</summary>
public static class Confirming
{
    /// <returns>Whether the person said the verb, and not that they would rather not.</returns>
    public static async Task<bool> Confirmed(this IDialogService dialogs, string title, string what, string verb, string rather) =>
        // The library draws the message as markup; ours is text, and may have names in it that people chose.
        !(await dialogs.ShowConfirmationAsync(WebUtility.HtmlEncode(what), title, verb, rather)).Cancelled;
}
