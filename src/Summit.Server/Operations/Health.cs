using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Opening;

namespace Summit.Server.Operations;

/// <param name="Status">"ready", or what it waits for: "starting", "journal".</param>
public sealed record Health(string Status);

/// <summary>For orchestrators: live means do not restart it, ready means send people here.</summary>
internal static class HealthEndpoints
{
    /// <summary>A disk that takes longer to find nothing is not one to send people to.</summary>
    private static readonly TimeSpan JournalTimeout = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app = app.MapGroup("").WithTags("Operations");
        app.MapGet("/health/live", () => TypedResults.Ok(new Health("live"))).WithName("live").WithSummary("The process answers.");
        app.MapGet("/health/ready", ReadyAsync).WithName("ready").WithSummary("The server knows its conferences and the journal can be read.");
        app.MapGet("/health", ReadyAsync).WithName("health").WithSummary("The same as /health/ready.");
    }

    private static async Task<Results<Ok<Health>, JsonHttpResult<Health>>> ReadyAsync(Opener opener, IJournal journal, CancellationToken cancellationToken)
    {
        if (!opener.IsOpen)
        {
            return NotReady("starting");
        }

        try
        {
            await journal.ReadAsync(Lobby.Only, 0, 1, cancellationToken).WaitAsync(JournalTimeout, cancellationToken);
            return TypedResults.Ok(new Health("ready"));
        }
        catch (Exception e) when (e is JournalUnavailableException or TimeoutException)
        {
            return NotReady("journal");
        }
    }

    private static JsonHttpResult<Health> NotReady(string status) =>
        TypedResults.Json(new Health(status), statusCode: StatusCodes.Status503ServiceUnavailable);
}
