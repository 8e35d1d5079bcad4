using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Integrations;

/// <summary>Sends commands to what other programs have to do with a conference. What succeeded shows in the <see cref="ConferenceDirectory"/> on return.</summary>
public sealed class IntegrationDesk(ConferenceDirectory directory)
{
    public Task<Reply> SendAsync(Actor actor, ConferenceId conference, Guid id, ICommand command, CancellationToken cancellationToken) =>
        // No cell is woken for an id somebody made up.
        directory.Find(conference) is null
            ? Task.FromResult(Reply.Refused(ConferenceFaults.Unknown))
            : directory.SendAsync(ConferenceDirectory.IntegrationStream(conference), new CommandEnvelope(id, actor, command), cancellationToken);

    internal Task<Reply> SendAsync(ConferenceId conference, Guid id, ICommand command, CancellationToken cancellationToken) =>
        SendAsync(Actor.System, conference, id, command, cancellationToken);
}
