using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Networks;

/// <summary>The one way of a command from outside to its network: still good, not too many, a network that is there, well-formed.</summary>
public sealed class NetworkDoor(Gate gate, Limits limits, ConferenceDirectory directory)
{
    /// <summary>Returns when the effect shows in the directory. Never throws for what a client sent.</summary>
    public async Task<Reply> SendAsync(Bearer bearer, NetworkId network, JsonElement command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var id = default(Guid);
        INetworkCommand? read = null;
        var fault = gate.Check(bearer)
            ?? (limits.TryTake(bearer) ? null : AccessFaults.RateLimit)
            ?? (directory.Find(network) is null ? NetworkFaults.Unknown : null)
            ?? CommandReader<INetworkCommand>.Read(command, out id, out read);
        return fault is null
            ? await directory.SendAsync(ConferenceDirectory.Stream(network), new CommandEnvelope(id, bearer.Actor, read!), cancellationToken)
            : Reply.Refused(fault);
    }
}
