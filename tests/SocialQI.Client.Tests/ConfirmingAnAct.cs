using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FluentUI.AspNetCore.Components;
using SocialQI.Client.Frame;
using Xunit;

namespace SocialQI.Client.Tests;

public class ConfirmingAnAct : ListScreen
{
    [Fact]
    public void A_name_in_it_never_becomes_markup()
    {
        var dialogs = Render<FluentDialogProvider>();
        _ = Services.GetRequiredService<IDialogService>().Confirmed("Leave <b>Salt</b>?", "Ask <i>Ben</i> to come back.", "Leave", "Stay");
        dialogs.WaitForAssertion(() => Assert.Contains("to come back.", dialogs.Markup));
        Assert.Empty(dialogs.FindAll("b, i"));
        Assert.Contains("Leave &lt;b&gt;Salt", dialogs.Markup);
    }
}
