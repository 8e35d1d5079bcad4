using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Integrations;

/// <summary>Sends commands to what other programs have to do with a conference. What succeeded shows in the <see cref="ConferenceDirectory"/> on return.</summary>
public sealed class IntegrationDesk(IEngine engine, ConferenceDirectory directory)
{
    /// <summary>The server itself.</summary>
    private static readonly Actor System = new(default, Role.Admin, default, null, null);

    public async Task<Reply> SendAsync(Actor actor, ConferenceId conference, Guid id, ICommand command, CancellationToken cancellationToken)
    {
        // No cell is woken for an id somebody made up.
        if (directory.Find(conference) is null)
        {
            return Reply.Refused(ConferenceFaults.Unknown);
        }

        var stream = ConferenceDirectory.IntegrationStream(conference);
        var reply = await engine.SendAsync(stream, new CommandEnvelope(id, actor, command), cancellationToken);
        if (reply.Fault is null)
        {
            await directory.ReachedAsync(stream, reply.Seq, cancellationToken);
        }

        return reply;
    }

    internal Task<Reply> SendAsync(ConferenceId conference, Guid id, ICommand command, CancellationToken cancellationToken) =>
        SendAsync(System, conference, id, command, cancellationToken);
}
