// Peer: what a .NET team writes first. Plain hub, groups = topics; optional Redis backplane, optional durable publish.
//   --port N  [--redis host:port]  [--inline true]  [--durable none|insert|batch]  [--pg CONNECTION_STRING]
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

string Arg(string name, string dflt) { int i = Array.IndexOf(args, name); return i >= 0 ? args[i + 1] : dflt; }
int port = int.Parse(Arg("--port", "5000"));
string redis = Arg("--redis", ""), durable = Arg("--durable", "none"), pg = Arg("--pg", "");

var b = WebApplication.CreateBuilder();
b.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
b.WebHost.ConfigureKestrel(k => { k.ListenLocalhost(port); k.Limits.MaxConcurrentConnections = null; });
if (bool.Parse(Arg("--inline", "false"))) b.WebHost.UseSockets(o => o.UnsafePreferInlineScheduling = true);
var sr = b.Services.AddSignalR().AddMessagePackProtocol();
if (redis.Length > 0) sr.AddStackExchangeRedis(redis);
b.Services.AddSingleton(_ => IStore.Create(durable, pg));
var app = b.Build();
app.MapHub<EventHub>("/hub");
app.Run();

public sealed record Happening(string Id, string Topic, string Kind, string Author, string At, int Rev, string Body);

public sealed class EventHub(IStore store) : Hub
{
    public Task Subscribe(string topic) => Groups.AddToGroupAsync(Context.ConnectionId, topic);
    public async Task Publish(string topic, Happening e)
    {
        if (store is not NoStore) await store.Append(topic, JsonSerializer.Serialize(e));
        await Clients.Group(topic).SendAsync("event", e);
    }
}
