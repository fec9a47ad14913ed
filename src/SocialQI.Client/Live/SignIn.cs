using Microsoft.AspNetCore.Components;

namespace SocialQI.Client.Live;

/// <summary>The server's sign-in page.</summary>
public static class SignIn
{
    /// <summary>Where to sign in, and to come back here afterwards.</summary>
    public static string Path(NavigationManager navigation) =>
        "sign-in?returnUrl=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri));
}
