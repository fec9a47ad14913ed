using System.Globalization;
using System.Text;

namespace SocialQI.Client.Frame.Languages;

/// <summary>
/// Two languages made from the English texts, so that a tester sees what was never translated and what breaks when words are longer or run from
/// right to left. Named as their users know them from other systems: <c>qps-ploc</c> with accents, and <c>qps-plocm</c>, mirrored.
/// </summary>
public static class PseudoLanguage
{
    public const string Accented = "qps-ploc", Mirrored = "qps-plocm";

    private const string Plain = "aeiounclsyzAEIOUNCLSYZ";
    private const string Strange = "áéíóúñçłšýžÁÉÍÓÚÑÇŁŠÝŽ";

    /// <summary>Whether the words on the screen are to be these.</summary>
    public static bool IsCurrent => CultureInfo.CurrentUICulture.Name.StartsWith("qps-", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text in brackets, strange and about a third longer; what stands in braces, for values, stays.</summary>
    public static string Of(string text)
    {
        var said = new StringBuilder("⟦", (text.Length * 4 / 3) + 3);
        var depth = 0;
        foreach (var c in text)
        {
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            var at = depth == 0 ? Plain.IndexOf(c, StringComparison.Ordinal) : -1;
            said.Append(at < 0 ? c : Strange[at]);
        }
        return said.Append('·', text.Length / 3).Append('⟧').ToString();
    }
}
