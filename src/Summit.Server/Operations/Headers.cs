namespace Summit.Server.Operations;

/// <summary>What every answer says to a browser: run nothing but our own files, tell nobody where you came from.</summary>
internal static class Headers
{
    /// <summary>No inline script or style, nothing from elsewhere. Images also as data, for the QR code; the camera of our own pages, for tickets at a door; frames of our own, for the stage in a page of ours.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>The same for a page that these hosts may show in a frame, too.</summary>
    public static string PolicyWith(IEnumerable<string> hosts) => $"{ContentSecurityPolicy} {string.Join(' ', hosts)}";

    public static void UseHeaders(this WebApplication app)
    {
        app.UseHsts();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (IsPartOfAPage(context.Request.Path))
            {
                return next(context);
            }

            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                headers.CacheControl = "no-store";
            }

            return next(context);
        });
    }

    /// <summary>Scripts and styles obey what came with their page. With each of them it would be half a kilobyte more for a phone on a slow network.</summary>
    private static bool IsPartOfAPage(PathString path) =>
        path.StartsWithSegments("/assets", StringComparison.Ordinal) && Path.GetExtension(path.Value) is (".js" or ".css");
}
