using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Sessions;

namespace Summit.Server.Live;

/// <summary>The door for those who look: finds the room, keeps out who may not see it, ends the stream when that changes.</summary>
internal sealed class LiveStreams(Rooms rooms, SessionDoor door, Gate gate, Limits limits)
{
    /// <summary>Frames until cancelled, or a last one with the fault that ends it.</summary>
    public async Task<IAsyncEnumerable<Frame>> FollowAsync(
        Bearer? bearer, string connection, string sessionId, long since, CancellationToken cancellationToken)
    {
        var (room, fault) = await FindAsync(bearer, sessionId, cancellationToken);
        if (room is null || bearer is null)
        {
            return Refuse(fault!);
        }

        return limits.TryOpenStream(bearer) is { } place
            ? new Follower(room, bearer, connection, Math.Max(0, since), place, () => gate.Check(bearer) is { } why ? Refusal(why) : null, gate.Ended(bearer))
            : Refuse(AccessFaults.TooManyStreams);
    }

    /// <summary>One frame: the whole picture, or what changed since.</summary>
    public async Task<(Frame? Frame, Fault? Fault)> ShowAsync(Bearer? bearer, string sessionId, long since, CancellationToken cancellationToken)
    {
        var (room, fault) = await FindAsync(bearer, sessionId, cancellationToken);
        return room is null ? (null, fault) : (await room.ShowAsync(bearer!, Math.Max(0, since), cancellationToken), null);
    }

    public async Task<(int Support, Fault? Fault)> UnitedSupportAsync(Bearer? bearer, string sessionId, MergeItem merge, CancellationToken cancellationToken)
    {
        var (room, fault) = await FindAsync(bearer, sessionId, cancellationToken);
        return room is null ? (0, fault) : room.UnitedSupport(bearer!, merge);
    }

    public async Task<Reply> ReactAsync(Bearer? bearer, string sessionId, string kind, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Reaction>(kind, ignoreCase: true, out var reaction) || !Enum.IsDefined(reaction) || int.TryParse(kind, out _))
        {
            return Reply.Refused(LiveFaults.ReactionUnknown);
        }

        var (room, fault) = await FindAsync(bearer, sessionId, cancellationToken);
        if (room is null)
        {
            return Reply.Refused(fault!);
        }

        room.React(bearer!, reaction);
        return Reply.At(0);
    }

    /// <summary>For moderators only, as often as they may send commands; <paramref name="item"/> null for none.</summary>
    public async Task<Reply> HandleAsync(Bearer? bearer, string connection, string sessionId, string? item, CancellationToken cancellationToken)
    {
        var (room, fault) = await FindAsync(bearer, sessionId, cancellationToken);
        return fault is not null ? Reply.Refused(fault)
            : !bearer!.Actor.Moderates ? Reply.Refused(SessionFaults.Forbidden)
            : !limits.TryTake(bearer) ? Reply.Refused(AccessFaults.RateLimit)
            : item is null ? Answer(room!.Handle(connection, null))
            : !Guid.TryParseExact(item, "D", out var id) ? Reply.Refused(SessionFaults.NoSuchItem)
            : Answer(room!.Handle(connection, new ItemId(id)));

        static Reply Answer(Fault? refused) => refused is null ? Reply.At(0) : Reply.Refused(refused);
    }

    private async Task<(Room? Room, Fault? Fault)> FindAsync(Bearer? bearer, string sessionId, CancellationToken cancellationToken)
    {
        if (bearer is null)
        {
            return (null, AccessFaults.Required);
        }

        if (!Guid.TryParseExact(sessionId, "D", out var id))
        {
            return (null, SessionFaults.Unknown);
        }

        if (door.Check(bearer, new SessionId(id)) is { } closed)
        {
            return (null, closed);
        }

        try
        {
            return await rooms.FindAsync(new SessionId(id), cancellationToken) is { } room ? (room, null) : (null, SessionFaults.Unknown);
        }
        catch (JournalUnavailableException)
        {
            return (null, EngineFaults.JournalUnavailable);
        }
    }

    private static IAsyncEnumerable<Frame> Refuse(Fault fault) => new[] { Refusal(fault) }.ToAsyncEnumerable();

    private static Frame Refusal(Fault fault) => new(JsonSerializer.SerializeToUtf8Bytes(new { fault = FaultResult.Of(fault) }, JsonSerializerOptions.Web));
}
