using Summit.Server.Access;
using Summit.Server.Operations;

namespace Summit.Server.Opening;

/// <summary>Keeps people waiting, rather than turning them away, until the house is open.</summary>
internal static class OpeningSetup
{
    public static void UseOpening(this WebApplication app)
    {
        var opener = app.Services.GetRequiredService<Opener>();
        app.Use((context, next) => opener.IsOpen || !NeedsDirectory(context.Request.Path) ? next(context) : new Problem(ServerFaults.Starting).ExecuteAsync(context));
    }

    private static bool NeedsDirectory(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments(AccessSetup.Live, StringComparison.Ordinal);
}
