using System.Diagnostics;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>
/// One node after the other becomes an earlier program, and one after the other this one again, while people write. Earlier is the commit that last changed the
/// schema, built from the project's own history; that takes minutes, so a run of all tests has the nodes become themselves, beside what a newer one would have written.
/// </summary>
[Collection<OnTheGround>, Trait("fault", "upgrade")]
public sealed class Upgrading(Ground ground)
{
    private static readonly TimeSpan BuildMax = TimeSpan.FromMinutes(10);

    [Fact(Explicit = true)]
    public async Task And_taking_it_back_loses_nothing_and_keeps_what_a_newer_one_wrote()
    {
        var folder = Directory.CreateTempSubdirectory("socialqi-earlier-").FullName;
        try
        {
            string[] programs = Sizes.AreFull ? [await Built(folder), ServerProcess.Built] : [ServerProcess.Built];
            await using var ordeal = await Ordeal.Begin("upgrade", ground);
            for (var round = 0; round < Sizes.Upgrades; round++)
            {
                await WritingPoison.Newer(ordeal);
                foreach (var program in programs)
                {
                    foreach (var node in ground.Nodes)
                    {
                        await ordeal.Round(async () =>
                        {
                            await node.Stop();
                            node.Program = program;
                            await node.Start();
                        });
                    }
                    await WritingPoison.Newer(ordeal);
                }
            }
            await ordeal.End();
        }
        finally
        {
            foreach (var node in ground.Nodes.Where(n => n.Program != ServerProcess.Built))
            {
                await (node.IsRunning ? node.Kill() : Task.CompletedTask);
                node.Program = ServerProcess.Built;
            }
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> Built(string folder)
    {
        var commit = (await Run(ServerProcess.Root, "git log -1 --format=%H -- 'src/SocialQI.Storage/*.sql'")).Trim();
        Assert.True(commit.Length > 0, "There is no history to build an earlier program from: clone the project with all of it.");
        await Run(ServerProcess.Root, $"git archive {commit} | tar -x -C {folder}");
        await Run(folder, "dotnet build src/SocialQI.Server -c Release --nologo -v quiet -clp:ErrorsOnly");
        return Path.Combine(folder, "src/SocialQI.Server/bin/Release/net10.0/SocialQI.Server.dll");
    }

    private static async Task<string> Run(string folder, string words)
    {
        using var run = Process.Start(new ProcessStartInfo("bash", ["-c", "set -o pipefail; " + words]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await run.StandardOutput.ReadToEndAsync().WaitAsync(BuildMax);
        await run.WaitForExitAsync();
        return run.ExitCode == 0 ? said : throw new InvalidOperationException($"{words} failed: {said}");
    }
}
