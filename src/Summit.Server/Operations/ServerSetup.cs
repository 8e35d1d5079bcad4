namespace Summit.Server.Operations;

/// <summary>Bounds of the server as a whole; those of a person are in <see cref="Access.Limits"/>.</summary>
internal static class ServerSetup
{
    /// <summary>The longest text in every field of a command, in four bytes a character, is a third of this.</summary>
    private const int LargestBody = 64 * 1024;

    /// <summary>What is accepted is durable by then; who follows comes back to the next process.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1.5);

    public static void AddServer(this WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = settings.MaxConnections;
        });
        // A request and its answer, a message and its way out, stay on one thread: nothing here blocks one, and each change of threads
        // costs about as much as parsing a request.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        if (string.IsNullOrEmpty(builder.Configuration["URLS"]))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = ShutdownTimeout;
            // So that the server says that it lives while its store and the other servers are waited for.
            options.ServicesStartConcurrently = true;
        });
        // A request that cannot be bound is refused, in development as in service, and not thrown.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
    }
}
