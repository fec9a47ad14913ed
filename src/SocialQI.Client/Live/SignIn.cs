using Microsoft.AspNetCore.Components;
using SocialQI.Client.Search;

namespace SocialQI.Client.Live;

/// <summary>The server's sign-in page.</summary>
public static class SignIn
{
    /// <summary>Where to sign in, and to come back here afterwards; to a search without its words, which are for no log.</summary>
    public static string Path(NavigationManager navigation)
    {
        var here = navigation.ToBaseRelativePath(navigation.Uri);
        return "sign-in?returnUrl=" + Uri.EscapeDataString("/" + (SearchAddress.Read(here).Words.Length > 0 ? here[..here.IndexOf('#', StringComparison.Ordinal)] : here));
    }
}
