using System.Diagnostics;
using System.Globalization;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What one command started is ended by another, each process by its id and nobody else's; what was written stays.</summary>
[Collection<OneAtATime>]
public sealed class EndingTheLocalCluster(LocalCluster cluster) : IClassFixture<LocalCluster>
{
    [Fact]
    public async Task Leaves_no_process_and_all_data_and_ends_nobody_else()
    {
        TopicId topic;
        using (var imani = await Person.SignIn(cluster.Address, "imani.cole"))
        {
            topic = await imani.Start(cluster.Address, new(VisibilityKind.Network));
        }
        var pids = LocalCluster.Names.Select(cluster.Pid).ToList();
        Assert.All(pids, pid => Assert.True(LocalCluster.IsThere(pid)));

        Assert.Equal((0, ""), await cluster.Down());
        Assert.Equal([], pids.Where(LocalCluster.IsThere));

        await LeavesAloneWhoHasTheIdOfOneThatIsGone();

        Assert.Equal((0, $"SocialQI serves on {cluster.Address.ToString().TrimEnd('/')}\n"), await cluster.Up());
        using (var again = await Person.SignIn(cluster.Address, "imani.cole"))
        {
            Assert.Null((await again.Open(cluster.Address, topic)).Refusal);
        }
        pids = [.. LocalCluster.Names.Select(cluster.Pid)];

        Assert.Equal((0, ""), await cluster.Down("--wipe"));
        Assert.Equal([], pids.Where(LocalCluster.IsThere));
        Assert.False(Directory.Exists(cluster.Folder));
    }

    [Fact]
    public async Task Is_not_done_where_nothing_was_started()
    {
        var folder = Directory.CreateTempSubdirectory("socialqi-other-");
        var (code, said) = await LocalCluster.Run("down.sh", ["--folder", folder.FullName, "--wipe"]);

        Assert.Equal((1, $"up.sh has not been at work in {folder.FullName}.\n"), (code, said));
        Assert.True(folder.Exists);
        folder.Delete();
    }

    // The system gives the id of a process that is gone to the next one.
    private async Task LeavesAloneWhoHasTheIdOfOneThatIsGone()
    {
        using var bystander = Process.Start("sleep", "600");
        try
        {
            await File.WriteAllTextAsync(cluster.PidFile("node1"), string.Create(CultureInfo.InvariantCulture, $"{bystander.Id} 1\n"));
            Assert.Equal((0, ""), await cluster.Down());
            Assert.False(bystander.HasExited);
        }
        finally
        {
            bystander.Kill();
        }
    }
}
