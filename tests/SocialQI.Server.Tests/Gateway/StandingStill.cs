using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Hub = SocialQI.Client.Live.Hub;

namespace SocialQI.Server.Tests.Gateway;

/// <summary>A gateway takes a command, and is not heard of again.</summary>
public sealed class StandingStill
{
    [Fact]
    public async Task Is_left_by_the_page_for_the_next_one()
    {
        await using var app = Still();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(new(app.Urls.Single()), "/hub")).Build();
        var lost = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            lost.SetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(TestContext.Current.CancellationToken);
        var clock = new TheirTimer();

        var answer = Hub.Over(connection, clock, NullLogger.Instance).Send(TopicId.Case(TheService.NorthHarbour, Guid.NewGuid()), Guid.NewGuid(), JsonSerializer.SerializeToElement("command"));
        await app.Services.GetRequiredService<TaskCompletionSource>().Task;
        Assert.Equal((false, HubConnectionState.Connected, Hub.CommandPatience), (answer.IsCompleted, connection.State, clock.DueIn));
        clock.Ring();

        Assert.Null(await answer);
        await Waiting.For("the line to be given up", lost.Task);
    }

    private static WebApplication Still()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TaskCompletionSource>();
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<StillHub>("/hub");
        return app;
    }

    private sealed class StillHub(TaskCompletionSource asked) : Microsoft.AspNetCore.SignalR.Hub
    {
        public Task Send(string topic, Guid id, JsonElement command)
        {
            _ = (topic, id, command);
            asked.SetResult();
            return new TaskCompletionSource().Task;
        }
    }

    private sealed class TheirTimer : TimeProvider
    {
        private Action ring = () => { };

        public TimeSpan DueIn { get; private set; }

        public void Ring() => ring();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (DueIn, ring) = (dueTime, () => callback(state));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
