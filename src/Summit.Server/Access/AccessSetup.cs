using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Summit.Domain;
using Summit.Engine;
using Summit.Server.Integrations;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Access;

/// <summary>Tokens, gate and limits, put together.</summary>
internal static class AccessSetup
{
    /// <summary>Where a token may stand in the query, because a browser cannot set headers on a WebSocket.</summary>
    public const string Live = "/live";

    public static void AddAccess(this IServiceCollection services, Settings settings)
    {
        // Who has these keys can make any token. They lie with the journal, so that every server has them and a copy takes them along:
        // in the database, or in a folder for the owner alone.
        var protection = services.AddDataProtection().SetApplicationName("Summit");
        if (settings.Postgres is null)
        {
            protection.PersistKeysToFileSystem(settings.PrivateFolder("keys"));
        }
        else
        {
            services.AddOptions<KeyManagementOptions>()
                .Configure<IAgreements>((options, agreements) => options.XmlRepository = new SharedKeys(agreements));
        }

        services.AddAuthentication(Tokens.Scheme)
            .AddBearerToken(options => options.Events.OnMessageReceived = context =>
            {
                context.Token = TokenOf(context.HttpContext);
                return Task.CompletedTask;
            });
        services.AddOptions<BearerTokenOptions>(Tokens.Scheme)
            .PostConfigure<ApiKeys>((options, keys) => options.BearerTokenProtector = new KnownTokens(options.BearerTokenProtector, keys));
        services.AddAuthorization();
        services.AddSingleton<Tokens>();
        services.AddSingleton<Gate>();
        services.AddSingleton<Limits>();
        services.AddSingleton<JoinGuard>();
        services.AddSingleton<Reception>();
        // Reads the keys before their database may have been reached, and calls that an error. The house opens with them anyhow.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
    }

    /// <summary>Refuses who carries a token that is no longer good, everywhere and before anything is done.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        var (gate, limits) = (app.Services.GetRequiredService<Gate>(), app.Services.GetRequiredService<Limits>());
        var (people, keys) = (app.Services.GetRequiredService<PeopleDirectory>(), app.Services.GetRequiredService<ApiKeys>());
        app.Use((context, next) =>
            Bearer.Of(context.User) is not { } bearer ? next(context)
            : bearer.Actor.Role == Role.Key ? PassAndNoteAsync(context, next, bearer)
            : bearer.SignIn is null ? PassAsync(context, next, bearer)
            : LookAndPassAsync(context, next, bearer));

        Task PassAsync(HttpContext context, RequestDelegate next, Bearer bearer) =>
            gate.Check(bearer) is { } fault ? new Problem(fault).ExecuteAsync(context)
            : IsLive(context) ? ConnectAsync(context, next, limits, people, bearer)
            : next(context);

        async Task PassAndNoteAsync(HttpContext context, RequestDelegate next, Bearer bearer)
        {
            if (gate.IsGood(bearer))
            {
                await keys.NoteUseAsync(bearer, context.RequestAborted);
            }

            await PassAsync(context, next, bearer);
        }

        // The gate itself never waits: whoever is signed in is looked up here, which seldom takes a read.
        async Task LookAndPassAsync(HttpContext context, RequestDelegate next, Bearer bearer)
        {
            try
            {
                await people.FindAsync(bearer.Actor.Id, context.RequestAborted);
            }
            catch (JournalUnavailableException)
            {
                await new Problem(EngineFaults.JournalUnavailable).ExecuteAsync(context);
                return;
            }

            await PassAsync(context, next, bearer);
        }
    }

    /// <summary>Null if the request carries none.</summary>
    public static string? TokenOf(HttpContext context)
    {
        const string Prefix = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[Prefix.Length..];
        }

        return IsLive(context) && context.Request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }

    private static bool IsLive(HttpContext context) => context.Request.Path.StartsWithSegments(Live, StringComparison.Ordinal);

    /// <summary>The request of a WebSocket lasts as long as the connection does, and so does its place.</summary>
    private static async Task ConnectAsync(HttpContext context, RequestDelegate next, Limits limits, PeopleDirectory people, Bearer bearer)
    {
        using var place = limits.TryConnect(bearer);
        using var watch = bearer.SignIn is null ? null : people.Watch(bearer.Actor.Id);
        await (place is null ? new Problem(AccessFaults.TooManyStreams).ExecuteAsync(context) : next(context));
    }
}
