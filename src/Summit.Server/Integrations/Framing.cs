using Summit.Domain;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

/// <summary>Lets the pages of some hosts show a conference in a frame. Which one a page is of stands in its address; reads the directory alone.</summary>
internal static class Framing
{
    /// <summary>Where the stage's address says its code: its secret the server never sees.</summary>
    private const string Code = "in";

    public static void UseFraming(this WebApplication app)
    {
        var directory = app.Services.GetRequiredService<ConferenceDirectory>();
        app.Use((context, next) =>
        {
            if (Of(context.Request, directory) is { } conference && directory.FindIntegration(conference)?.Hosts is { Length: > 0 } hosts)
            {
                context.Response.Headers.ContentSecurityPolicy = Headers.PolicyWith(hosts);
            }

            return next(context);
        });
    }

    private static ConferenceId? Of(HttpRequest request, ConferenceDirectory directory) => request.Path.Value?.Split('/') switch
    {
        ["", "j", var code] => directory.FindByCode(code.ToUpperInvariant())?.Id,
        ["", "c", var session] when Guid.TryParseExact(session, "D", out var id) => directory.FindFramed(new SessionId(id)),
        ["", "s", ..] when request.Query[Code] is [{ } code] => directory.FindByCode(code.ToUpperInvariant())?.Id,
        _ => null,
    };
}
