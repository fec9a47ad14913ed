using System.Globalization;

namespace SocialQI.Client.Panels;

/// <summary>A figure as it is read: to hundredths, as the reader's language writes them.</summary>
public static class Figure
{
    public static string Of(double value) => value.ToString("0.##", CultureInfo.CurrentCulture);
}
