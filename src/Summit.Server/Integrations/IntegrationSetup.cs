using Summit.Server.Mail;

namespace Summit.Server.Integrations;

/// <summary>What other programs need, put together.</summary>
internal static class IntegrationSetup
{
    public static void AddIntegrations(this IServiceCollection services)
    {
        services.AddSingleton<IntegrationDesk>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<HookSecrets>();
        services.AddSingleton<HookPayload>();
        services.AddSingleton<HookClient>();
        // From what nobody notices to four times a day; who does not mend it within one is told so by a hook that is off.
        services.AddSingleton(new Persistence(new Pauses(TimeSpan.FromSeconds(5), TimeSpan.FromHours(6)), TimeSpan.FromDays(1), TimeSpan.FromSeconds(15)));
        services.AddHostedService<Courier>();
    }

    public static void MapIntegrations(this IEndpointRouteBuilder api)
    {
        api.MapKeys();
        api.MapHooks();
        api.MapFrames();
    }
}
