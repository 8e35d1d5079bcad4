using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Conferences;
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
            return malformed is not null ? Task.FromResult(Reply.Refused(malformed))
                : read is RescheduleSession change ? RescheduleAsync(bearer.Actor, session, id, change, cancellationToken)
                : SendAsync(session, new CommandEnvelope(id, Known(bearer.Actor), Addressed(bearer.Actor, session, read!)), cancellationToken);
        }

        return Task.FromResult(Reply.Refused(fault!));
    }

    private Task<Reply> SendAsync(SessionId session, CommandEnvelope command, CancellationToken cancellationToken) =>
        engine.SendAsync(new AggregateId(Session.Kind, session.Value), command, cancellationToken);

    /// <summary>With what no token says, since it may change any day.</summary>
    private Actor Known(Actor actor) =>
        directory.FindRegistration(actor.Conference)?.Find(actor.Id)?.HasPlace is true ? actor with { Registered = true } : actor;

    /// <summary>Who is asked by their name: the programme's, which is not the session's to know. Also of somebody who is not there: the answer to a repeated command stays the same.</summary>
    private ISessionCommand Addressed(Actor actor, SessionId session, ISessionCommand command) => command is AskQuestion { To: { } speaker } asked
        ? new AskSpeaker(asked.Text, speaker, directory.Find(actor.Conference)?.NameOf(speaker, session), asked.Lang, asked.Anonymous)
        : command;

    /// <summary>The session decides, then the programme says the same. Sent again with its id, the command finishes what was cut short in between.</summary>
    private async Task<Reply> RescheduleAsync(Actor actor, SessionId session, Guid id, RescheduleSession change, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(session, new CommandEnvelope(id, actor, change), cancellationToken);
        if (reply.Fault is not null)
        {
            return reply;
        }

        var programme = ConferenceDirectory.Stream(actor.Conference);
        var move = new MoveInProgramme(session, change.Title, change.Starts, change.Ends);
        var moved = await engine.SendAsync(programme, new CommandEnvelope(DerivedId.Of(id, "programme"), actor, move), cancellationToken);
        if (moved.Fault is not null)
        {
            return moved;
        }

        await directory.ReachedAsync(programme, moved.Seq, cancellationToken);
        return reply;
    }

    /// <summary>Null, or why this bearer has nothing to do with this session. Costs no cell, however many ids somebody makes up.</summary>
    public Fault? Check(Bearer bearer, SessionId session)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return gate.Check(bearer)
            ?? (!bearer.Actor.IsIn(session) || directory.Find(bearer.Actor.Conference) is not { } conference || !conference.Has(session) ? SessionFaults.Unknown
                : conference.Keeping.Erased.Contains(bearer.Actor.Id) ? SessionFaults.PersonErased
                : null);
    }
}
