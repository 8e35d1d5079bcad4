using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Sessions;

/// <summary>The one way of a command from outside to its session, for HTTP and hub alike: still good, not too many, well-formed, a session of the conference.</summary>
public sealed class SessionDoor(Gate gate, Limits limits, ConferenceDirectory directory, IEngine engine)
{
    /// <summary>Never throws for what a client sent.</summary>
    public Task<Reply> SendAsync(Bearer bearer, SessionId session, JsonElement command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var fault = Check(bearer, session);
        if (fault is null && !limits.TryTake(bearer))
        {
            fault = AccessFaults.RateLimit;
        }

        if (fault is null && CommandReader<ISessionCommand>.Read(command, out var id, out var read) is var malformed)
        {
            return malformed is null
                ? engine.SendAsync(new AggregateId(Session.Kind, session.Value), new CommandEnvelope(id, bearer.Actor, read!), cancellationToken)
                : Task.FromResult(Reply.Refused(malformed));
        }

        return Task.FromResult(Reply.Refused(fault!));
    }

    /// <summary>Null, or why this bearer has nothing to do with this session. Costs no cell, however many ids somebody makes up.</summary>
    public Fault? Check(Bearer bearer, SessionId session)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return gate.Check(bearer)
            ?? (directory.Find(bearer.Actor.Conference)?.Has(session) == true ? null : SessionFaults.Unknown);
    }
}
