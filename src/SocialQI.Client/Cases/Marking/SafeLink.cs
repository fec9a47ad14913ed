namespace SocialQI.Client.Cases.Marking;

/// <summary>Where a link in a text may lead: to a page by http or https, or to a mail address. Whatever else one says is shown as it was written.</summary>
/// <param name="Address">The whole address, its host spelled in plain letters.</param>
/// <param name="Host">The host as the network knows it: look-alike letters of another script stand as <c>xn--…</c>. Of a mail address, what stands after the @.</param>
public sealed record SafeLink(string Address, string Host)
{
    /// <returns>Null when it is not to be followed.</returns>
    public static SafeLink? Of(string? address)
    {
        if (address is null || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri))
        {
            return null;
        }
        try
        {
            return uri.Scheme switch
            {
                // "https://known.example@elsewhere.example" leads elsewhere.
                "http" or "https" when uri.UserInfo.Length == 0 && uri.IdnHost.Length > 0 =>
                    new(new UriBuilder(uri) { Host = uri.IdnHost }.Uri.AbsoluteUri, uri.IdnHost),
                "mailto" when uri.Query.Length == 0 && uri.Host.Length > 0 => new(uri.AbsoluteUri, uri.IdnHost),
                _ => null,
            };
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException or PlatformNotSupportedException)
        {
            // A host that cannot be spelled out cannot be shown, and is not linked.
            return null;
        }
    }

    /// <summary>Whether somebody who reads only these words knows where the link leads.</summary>
    public bool IsSaidBy(string words) =>
        Of(words.Contains(':', StringComparison.Ordinal) ? words : (Address.StartsWith("mailto:", StringComparison.Ordinal) ? "mailto:" : "https://") + words)?.Host == Host
        && words.Contains(Host, StringComparison.OrdinalIgnoreCase);
}
