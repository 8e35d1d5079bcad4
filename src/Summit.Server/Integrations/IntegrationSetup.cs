namespace Summit.Server.Integrations;

/// <summary>What other programs need, put together.</summary>
internal static class IntegrationSetup
{
    public static void AddIntegrations(this IServiceCollection services)
    {
        services.AddSingleton<IntegrationDesk>();
        services.AddSingleton<ApiKeys>();
    }

    public static void MapIntegrations(this IEndpointRouteBuilder api) => api.MapKeys();
}
