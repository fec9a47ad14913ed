using SocialQI.Client.Administration;
using SocialQI.Client.Frame;
using SocialQI.Client.Import;
using SocialQI.Client.Live;
using SocialQI.Client.Settings;
using SocialQI.Client.Tour;

namespace SocialQI.Client;

internal static class Desk
{
    /// <summary>What the pages need that is made without anything said.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services) =>
        services
            .AddScoped<Api>()
            .AddScoped<AccountsApi>()
            .AddScoped<ProvidersApi>()
            .AddScoped<AuditApi>()
            .AddScoped<AuditWords>()
            .AddScoped<DraftApi>()
            .AddScoped<RoundsApi>()
            .AddScoped<Browser>()
            .AddScoped<Keys>()
            .AddScoped<Unread>()
            .AddScoped<Look>()
            .AddScoped<Idleness>()
            .AddScoped<OwnAccountApi>()
            .AddScoped<Confirming>()
            .AddScoped<Notifications>()
            .AddScoped<TourState>()
            .AddScoped<Outbox>()
            .AddScoped<Connection>()
            .AddScoped<Names>()
            .AddScoped<ReadMarks>()
            .AddScoped<Titles>()
            .AddScoped<Invitations>()
            .AddScoped<SharedMachine>()
            .AddScoped<Drafts>();
}
