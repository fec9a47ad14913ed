using Microsoft.Playwright;
using Xunit;

namespace SocialQI.Browser.Tests;

public class ChoosingATheme(House house) : Story(house)
{
    private const int Dark = 60;
    private const int Light = 180;

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task By_the_button_turns_the_page_over_and_is_kept(ColorScheme preferred, bool wasDark)
    {
        var imani = await Arrive("imani.cole", "cases", new() { ColorScheme = preferred });
        await Shows(imani, wasDark);
        await imani.Page.GetByTestId("theme").ClickAsync();
        await Shows(imani, !wasDark);
        await imani.At("inbox");
        await Shows(imani, !wasDark);
        await imani.Page.GetByTestId("theme").ClickAsync();
        await Shows(imani, wasDark);
    }

    /// <summary>Waits until ground and ink are on the sides where they should be.</summary>
    private static async Task Shows(Visitor visitor, bool isDark) => await visitor.Page.WaitForFunctionAsync(
        """
        ([isDark, dark, light]) => {
          const of = what => getComputedStyle(document.body)[what].match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 3;
          const [below, above] = isDark ? [of('backgroundColor'), of('color')] : [of('color'), of('backgroundColor')];
          return below < dark && above > light;
        }
        """,
        new object[] { isDark, Dark, Light });
}
