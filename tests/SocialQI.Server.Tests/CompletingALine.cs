using System.Diagnostics;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>A shell asks the program how a line could go on.</summary>
public sealed class CompletingALine
{
    [Theory]
    [InlineData("SocialQI.Server ba", "backup")]
    [InlineData("SocialQI.Server backup --", "--key")]
    [InlineData("SocialQI.Server completions ", "fish")]
    public async Task Is_answered_by_the_program_itself(string line, string with)
    {
        var (code, said) = await ServerProcess.Run(ServerProcess.Built, [$"[suggest:{line.Length}]", line], input: null);

        Assert.Equal(0, code);
        Assert.Contains(with, said.Split('\n'));
    }

    [Fact]
    public async Task Is_asked_by_a_script_that_bash_can_read()
    {
        var (code, script) = await ServerProcess.Run(ServerProcess.Built, ["completions", "bash"], input: null);
        Assert.Equal(0, code);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, bash.ExitCode);
        Assert.NotEqual(0, (await ServerProcess.Run(ServerProcess.Built, ["completions", "cmd"], input: null)).Code);
    }
}
