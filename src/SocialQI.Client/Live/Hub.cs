using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>What the hub can be asked, as functions, so that everything above runs without a server. Null: there was no answer, ask again.</summary>
public sealed record Hub(
    Func<TopicId, Task<OpenedTopic?>> Open,
    Func<TopicId, long, Task<Answer?>> Follow,
    Func<TopicId, Task> Unfollow,
    Func<TopicId, Guid, JsonElement, Task<Answer?>> Send,
    Func<TopicId, long, Task<Page?>> Page,
    Func<TopicId, Task> Typing,
    Func<ImmutableArray<TopicId>, Task<TopicHead[]?>> Watch,
    Func<TopicId, Task<OwnBallot?>> Own,
    Func<TopicId, PointedAt, Task> Point)
{
    /// <summary>An answer that takes longer than this is asked for again; a command is asked with its same id.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A gateway says sooner than this that a command's outcome is not known. One that is silent for longer stands still, and is left for the next one.</summary>
    public static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(12);

    /// <summary>The hub behind a connection.</summary>
    public static Hub Over(HubConnection connection, TimeProvider clock, ILogger log) => new(
        Open: topic => Ask(log, connection.InvokeCoreAsync<OpenedTopic>, nameof(Open), topic),
        Follow: (topic, after) => Ask(log, connection.InvokeCoreAsync<Answer>, nameof(Follow), topic, after),
        Unfollow: topic => Ask(log, Tell(connection), nameof(Unfollow), topic),
        Send: (topic, id, command) => Ask(log, OrLeave<Answer>(connection, clock), nameof(Send), topic, id, command),
        Page: (topic, before) => Ask(log, connection.InvokeCoreAsync<Page>, nameof(Page), topic, before),
        Typing: topic => Ask(log, Tell(connection), "Signal", topic, "typing"),
        Watch: topics => Ask(log, connection.InvokeCoreAsync<TopicHead[]>, nameof(Watch), topics),
        // Of a ballot that is not there, or not for this person, there is nothing to be had either.
        Own: ballot => Ask(log, connection.InvokeCoreAsync<OwnBallot>, nameof(Own), ballot),
        Point: (topic, at) => Ask(log, Tell(connection), nameof(Point), topic, at.X, at.Y));

    private delegate Task<T> Call<T>(string method, object?[] arguments, CancellationToken cancel);

    private static Call<object> Tell(HubConnection connection) => async (method, arguments, cancel) =>
    {
        await connection.SendCoreAsync(method, arguments, cancel);
        return arguments;
    };

    private static Call<T> OrLeave<T>(HubConnection connection, TimeProvider clock) => async (method, arguments, cancel) =>
    {
        try
        {
            return await connection.InvokeCoreAsync<T>(method, arguments, cancel).WaitAsync(CommandPatience, clock, cancel);
        }
        catch (TimeoutException)
        {
            // Its end is heard by whoever keeps the connection up.
            _ = connection.StopAsync(cancel);
            throw;
        }
    };

    private static async Task<T?> Ask<T>(ILogger log, Call<T> call, string method, params object?[] arguments) where T : class
    {
        try
        {
            return await call(method, arguments, default).WaitAsync(Patience);
        }
#pragma warning disable CA1031 // The edge: a lost connection, an outage said by the hub and a silence are all no answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            HubLog.NoAnswer(log, e, method);
            return null;
        }
    }
}

internal static partial class HubLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "No answer to {Method}")]
    public static partial void NoAnswer(ILogger log, Exception e, string method);
}
