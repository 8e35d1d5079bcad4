using System.Globalization;
using System.Reflection;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Operations;

namespace Summit.Server.Sessions;

/// <summary>A frame with this <paramref name="Seq"/> or a later one shows the command's effect.</summary>
public sealed record Accepted(long Seq) : IResult, IEndpointMetadataProvider
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Writes itself, with its length: known beforehand, it goes out as one packet, and at a tenth of what the serializer costs.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var body = httpContext.Response.BodyWriter.GetSpan(64);
        Utf8.TryWrite(body, CultureInfo.InvariantCulture, $$"""{"seq":{{Seq}}}""", out var length);
        httpContext.Response.ContentType = Json;
        httpContext.Response.ContentLength = length;
        httpContext.Response.BodyWriter.Advance(length);
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Accepted), ["application/json"]));
    }
}

/// <summary>Commands to a session over HTTP: the same as over the hub.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api) =>
        api.MapPost("/sessions/{id:guid}/commands", SendAsync).RequireAuthorization()
            .WithTags("Sessions").WithName("send-command").WithSummary("Send a command to a session; the same id again gets the same answer and changes nothing.")
            .Accepts<ISessionCommand>("application/json");

    private static async Task<Results<Accepted, Problem>> SendAsync(Guid id, HttpContext http, SessionDoor door)
    {
        var (command, fault) = await CommandReader.ReadBodyAsync(http.Request, CancellationToken.None);
        if (fault is not null)
        {
            return new Problem(fault);
        }

        using (command)
        {
            // Whoever hangs up now has sent the command all the same: its answer is soon there, and costs less than to listen for that.
            var reply = await door.SendAsync(Bearer.Of(http.User)!, new SessionId(id), command!.RootElement, CancellationToken.None);
            return reply.Fault is { } refused ? new Problem(refused) : new Accepted(reply.Seq);
        }
    }
}
