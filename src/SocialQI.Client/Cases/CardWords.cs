using Microsoft.Extensions.Localization;

namespace SocialQI.Client.Cases;

/// <summary>The words on a card, looked up once for all of them.</summary>
public sealed class CardWords(IStringLocalizer<ContributionCard> texts)
{
    public string You { get; } = texts["You"];

    public string Reply { get; } = texts["Reply"];

    public string Edit { get; } = texts["Edit"];

    public string Withdraw { get; } = texts["Withdraw"];

    public string React { get; } = texts["React"];

    public string Acts { get; } = texts["Acts"];

    private readonly string number = texts["Number"], inReplyTo = texts["InReplyTo"], oneReply = texts["OneReply"], replies = texts["Replies"];

    public string Number(long n) => Filled(number, n);

    public string InReplyTo(string parent) => Filled(inReplyTo, parent);

    public string Replies(int count) => count == 1 ? oneReply : Filled(replies, count);

    public string this[string key] => texts[key];

    public string With(string key, object value) => texts[key, value];

    private static string Filled(string text, params object[] with) => string.Format(System.Globalization.CultureInfo.CurrentCulture, text, with);
}
