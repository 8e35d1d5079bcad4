using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Operations;

namespace Summit.Server.Live;

/// <summary>Puts the live edge into the server.</summary>
internal static class LiveSetup
{
    /// <summary>The longest message a client may send: a text of 5,000 characters, each of the widest kind, with room for its envelope.</summary>
    private const int LongestMessage = 32 * 1024;

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Rooms>();
        services.AddHostedService(provider => provider.GetRequiredService<Rooms>());
        services.AddSingleton<LiveStreams>();
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = LongestMessage;
                // One at a time keeps the order of one person's commands; streams do not count once they run.
                options.MaximumParallelInvocationsPerClient = 1;
                options.EnableDetailedErrors = false;
                options.StreamBufferCapacity = 1;
                options.DisableImplicitFromServicesParameters = true;
            })
            .AddJsonProtocol();
        // Of two protocols with one name SignalR takes the last.
        services.AddSingleton<JsonHubProtocol>();
        services.AddSingleton<IHubProtocol, FrameProtocol>();
        return services;
    }

    /// <summary>
    /// Compresses pictures, and replays, which are many of them: the large answers that a slow link waits for. No other: and who might guess at
    /// a compressed text by its length would have to make a browser ask with the token, which travels in no cookie.
    /// </summary>
    public static void UseLive(this WebApplication app) => app.UseWhen(
        context => HttpMethods.IsGet(context.Request.Method)
            && (context.Request.Path.StartsWithSegments("/api/sessions", StringComparison.Ordinal) || context.Request.Path.Value!.EndsWith("/replay", StringComparison.Ordinal)),
        picture => picture.UseResponseCompression());

    public static void MapLive(this WebApplication app)
    {
        var options = new HttpConnectionDispatcherOptions
        {
            Transports = HttpTransportType.WebSockets,
            ApplicationMaxBufferSize = LongestMessage,
            CloseOnAuthenticationExpiration = true,
        };
        app.MapConnections(AccessSetup.Live, options, connection => connection.UseDirectOutput().UseHub<LiveHub>()).RequireAuthorization();
        app.MapGet("/api/sessions/{id}", ShowAsync)
            .RequireAuthorization()
            .LimitByPerson().WithTags("Sessions").WithName("show-session").WithSummary("One frame: the picture of a session for the bearer, or what changed since.");
        app.MapGet("/api/sessions/{id}/items/{item:guid}/united-support", UniteAsync)
            .RequireAuthorization()
            .LimitByPerson().WithTags("Sessions").WithName("united-support").WithSummary("How many would support what a merge leaves: for moderators, before they merge.");
    }

    private static async Task<IResult> ShowAsync(string id, LiveStreams streams, HttpContext http, long since = 0)
    {
        var (frame, fault) = await streams.ShowAsync(Bearer.Of(http.User), id, since, http.RequestAborted);
        return frame is not null ? Results.Bytes(frame.Json, "application/json; charset=utf-8") : new Problem(fault!);
    }

    private static async Task<Results<Ok<United>, Problem>> UniteAsync(string id, Guid item, Guid into, LiveStreams streams, HttpContext http)
    {
        var merge = new MergeItem(new ItemId(item), new ItemId(into));
        var (support, fault) = await streams.UnitedSupportAsync(Bearer.Of(http.User), id, merge, http.RequestAborted);
        return fault is null ? TypedResults.Ok(new United(support)) : new Problem(fault);
    }
}

/// <summary>How many people would support two items as one.</summary>
public sealed record United(int Support);
