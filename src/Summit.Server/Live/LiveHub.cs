using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Sessions;

namespace Summit.Server.Live;

/// <summary>
/// The live door: commands in by invocation, frames out by stream. docs/protocol.md says what goes over it. What was invoked goes
/// its way though the browser hangs up meanwhile: it was accepted, and a call that is cancelled would be logged as an error.
/// </summary>
[Authorize]
internal sealed class LiveHub(SessionDoor door, LiveStreams streams) : Hub
{
    /// <summary>Decides a command; the answer comes when its events are durable.</summary>
    public async Task<SendResult> Send(string sessionId, JsonElement command) => SendResult.Of(
        Bearer.Of(Context.User) is not { } bearer ? Reply.Refused(AccessFaults.Required)
        : !Guid.TryParseExact(sessionId, "D", out var session) ? Reply.Refused(SessionFaults.Unknown)
        : await door.SendAsync(bearer, new SessionId(session), command, CancellationToken.None));

    /// <summary>The picture of a session and its changes, at the pace this browser reads them.</summary>
    public Task<IAsyncEnumerable<Frame>> Follow(string sessionId, long since, CancellationToken cancellationToken) =>
        streams.FollowAsync(Bearer.Of(Context.User), Context.ConnectionId, sessionId, since, cancellationToken);

    /// <summary>Claps. Counted into the next pulse, never stored; too many of one person are dropped.</summary>
    public async Task<SendResult> React(string sessionId, string kind) =>
        SendResult.Of(await streams.ReactAsync(Bearer.Of(Context.User), sessionId, kind, CancellationToken.None));

    /// <summary>Says which item a moderator is at, or none, so that the others see it. Never stored.</summary>
    public async Task<SendResult> Handle(string sessionId, string? item) => SendResult.Of(
        await streams.HandleAsync(Bearer.Of(Context.User), Context.ConnectionId, sessionId, item, CancellationToken.None));
}
