using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Operations;

namespace Summit.Server.Sessions;

/// <summary>A frame with this <paramref name="Seq"/> or a later one shows the command's effect.</summary>
public sealed record Accepted(long Seq);

/// <summary>Commands to a session over HTTP: the same as over the hub.</summary>
internal static class SessionEndpoints
{
    // The same member twice has no one meaning; a command is flat but for its policies.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static void MapSessions(this IEndpointRouteBuilder api) =>
        api.MapPost("/sessions/{id:guid}/commands", SendAsync).RequireAuthorization()
            .WithTags("Sessions").WithName("send-command").WithSummary("Send a command to a session; the same id again gets the same answer and changes nothing.")
            .Accepts<ISessionCommand>("application/json");

    private static async Task<Results<Ok<Accepted>, Problem>> SendAsync(
        Guid id, HttpRequest request, Bearer bearer, SessionDoor door, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return new Problem(ServerFaults.WrongMediaType);
        }

        JsonDocument command;
        try
        {
            command = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
        }
        catch (JsonException)
        {
            return new Problem(CommandFaults.Malformed);
        }

        using (command)
        {
            var reply = await door.SendAsync(bearer, new SessionId(id), command.RootElement, cancellationToken);
            return reply.Fault is { } fault ? new Problem(fault) : TypedResults.Ok(new Accepted(reply.Seq));
        }
    }
}
