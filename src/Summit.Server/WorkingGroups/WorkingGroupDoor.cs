using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;
using Summit.Server.Sessions;

namespace Summit.Server.WorkingGroups;

/// <summary>
/// The one way of a command from outside to a working group: still good, not too many, a group of this network, somebody the network
/// introduces, members that are in it.
/// </summary>
public sealed class WorkingGroupDoor(Gate gate, Limits limits, ConferenceDirectory directory, SessionDoor sessions, Replay replay)
{
    /// <summary>Returns when the effect shows in the directory. Never throws for what a client sent.</summary>
    public async Task<Reply> SendAsync(Bearer bearer, NetworkId network, GroupId group, JsonElement command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var id = default(Guid);
        IWorkingGroupCommand? read = null;
        var fault = gate.Check(bearer)
            ?? (limits.TryTake(bearer) ? null : AccessFaults.RateLimit)
            ?? CommandReader<IWorkingGroupCommand>.Read(command, out id, out read);
        return fault is null ? await SendAsync(bearer.Actor, network, group, id, read!, cancellationToken) : Reply.Refused(fault);
    }

    /// <summary>Gives a group what was said in a session of one of its network's summits, as the session has it.</summary>
    /// <param name="id">Made by the client; it becomes the task's id.</param>
    public async Task<Reply> HandInAsync(
        Bearer bearer, SessionId session, ItemId item, NetworkId network, GroupId group, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        if (sessions.Check(bearer, session) is { } closed)
        {
            return Reply.Refused(closed);
        }

        try
        {
            var (state, _) = await replay.LoadAsync<Session>(session.Value, cancellationToken);
            var (hand, fault) = HandIn.Of(state, item, new TaskId(id), bearer.Actor);
            return fault is null ? await SendAsync(bearer.Actor, network, group, id, hand!, cancellationToken) : Reply.Refused(fault);
        }
        catch (JournalUnavailableException)
        {
            return Reply.Refused(EngineFaults.JournalUnavailable);
        }
    }

    private async Task<Reply> SendAsync(Actor actor, NetworkId network, GroupId group, Guid id, ICommand command, CancellationToken cancellationToken)
    {
        if (directory.Find(network) is not { State: var records } || records.Groups.All(one => one.Group != group))
        {
            return Reply.Refused(NetworkFaults.GroupUnknown);
        }

        if (records.Introduce(actor) is not { } introduced)
        {
            return Reply.Refused(SessionFaults.Forbidden);
        }

        if (command is IForMember { Member: var member } && !records.Has(member))
        {
            return Reply.Refused(NetworkFaults.MemberUnknown);
        }

        return await directory.SendAsync(ConferenceDirectory.Stream(group), new CommandEnvelope(id, introduced, command), cancellationToken);
    }
}
