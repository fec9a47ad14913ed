using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Frame;
using Xunit;

namespace SocialQI.Client.Tests;

public class ConfirmingAnAct : ListScreen
{
    private readonly IRenderedComponent<ConfirmSheet> sheet;

    public ConfirmingAnAct() => sheet = Render<ConfirmSheet>();

    [Fact]
    public void Shows_what_is_asked_as_text()
    {
        _ = Ask();
        Assert.Equal("Leave <b>Salt</b>?", sheet.Find("h2").TextContent);
        Assert.Empty(sheet.FindAll("b"));
        sheet.WaitForAssertion(() => Assert.Contains(JSInterop.Invocations, i => i.Identifier == "showDialog" && Equals(i.Arguments[0], Confirming.DialogId)));
    }

    [Theory]
    [InlineData("confirm-yes", true)]
    [InlineData("confirm-no", false)]
    public async Task Is_what_was_said(string button, bool isSo)
    {
        var asked = Ask();
        await sheet.Find($"[data-testid={button}]").ClickAsync(new());
        Assert.Equal(isSo, await asked);
    }

    [Fact]
    public async Task Escape_and_another_question_are_a_no()
    {
        var first = Ask();
        var second = Ask();
        Assert.False(await first);
        await sheet.Find("dialog").TriggerEventAsync("onclose", EventArgs.Empty);
        Assert.False(await second);
    }

    private Task<bool> Ask()
    {
        var asked = Task.FromResult(false);
        sheet.InvokeAsync(() => { asked = Services.GetRequiredService<Confirming>().Confirmed("Leave <b>Salt</b>?", "Ask Ben to come back.", "Leave", "Stay"); });
        return asked;
    }
}
