using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.AspNetCore.Components.WebAssembly.Services;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI;
using SocialQI.Client;
using SocialQI.Client.Cases.Marking;
using SocialQI.Client.Frame;
using SocialQI.Client.Frame.Languages;
using SocialQI.Client.Live;
using SocialQI.Wire;

// No root components and no index.html: the server's shell is the document, and names what is drawn in it.
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddScoped(_ => new HttpClient { BaseAddress = new Uri(builder.HostEnvironment.BaseAddress) });
builder.Services.AddScoped(services =>
{
    var connection = new HubConnectionBuilder()
        // No negotiation: a second request could meet another gateway, which would not know the first one's answer.
        .WithUrl(services.GetRequiredService<NavigationManager>().ToAbsoluteUri(RoundsProtocol.Path), HttpTransportType.WebSockets, o => o.SkipNegotiation = true);
    connection.Services.Configure<JsonHubProtocolOptions>(o => o.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, Json.Context));
    return connection.Build();
});
builder.Services.AddScoped(services => Hub.Over(services.GetRequiredService<HubConnection>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Hub>>()));
builder.Services.AddTexts();
builder.Services.AddDesk();
builder.Services.AddScoped(services => new Rounds(
    services.GetRequiredService<Hub>(), services.GetRequiredService<Outbox>(), services.GetRequiredService<TimeProvider>()));
builder.Services.AddScoped(services => new Typesetter(LateAssemblies.FetchBy(services.GetRequiredService<LazyAssemblyLoader>(), LateAssemblies.OfTexts)));
builder.Services.AddScoped(services => new QrDrawing(LateAssemblies.FetchBy(services.GetRequiredService<LazyAssemblyLoader>(), LateAssemblies.OfQrCodes)));
await builder.Build().RunAsync();
