using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Networks;

/// <param name="Id">Made by who asks for it: the same id again is the same request again.</param>
public sealed record NewNetwork(
    NetworkId Id, string Title, string Name, string? About = null, PartialDate? Founded = null, bool Demonstration = false);

/// <param name="Id">Made by who asks for it: the same id again is the same request again.</param>
/// <param name="Secret">From <see cref="RoleSecret.New"/>; only its hash is kept.</param>
public sealed record NewNetworkLink(LinkId Id, Role Role, string Label, string Secret, DateTimeOffset? Expires = null, MemberId? Member = null,
    GroupId? Group = null);

/// <summary>Founding and removing networks, and their links. What succeeded shows in the <see cref="ConferenceDirectory"/> on return.</summary>
public sealed class NetworkDesk(ConferenceDirectory directory, TimeProvider time)
{
    /// <summary>Lists the network, then founds it: a request sent again finishes what was begun. Administrators only.</summary>
    public async Task<Fault?> FoundAsync(Actor actor, NewNetwork request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new FoundNetwork(request.Title, request.Name, request.About, request.Founded, request.Demonstration);

        // The rules are pure: ask them first, so that no network is listed that was refused.
        var context = new CommandContext(request.Id.Value, actor, time.GetUtcNow());
        return Network.Create(request.Id.Value).Decide(found, context).Fault
            ?? await SendAsync(Lobby.Only, request.Id.Value, "list-network", actor, new ListNetwork(request.Id), cancellationToken)
            ?? await SendAsync(ConferenceDirectory.Stream(request.Id), request.Id.Value, "found", actor, found, cancellationToken);
    }

    public Task<Fault?> IssueAsync(Actor actor, NetworkId network, NewNetworkLink request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var issue = new IssueNetworkLink(request.Id, request.Role, request.Label, RoleSecret.Hash(request.Secret), request.Expires, request.Member, request.Group);
        return SendToNetworkAsync(network, request.Id.Value, "issue", actor, issue, cancellationToken);
    }

    public Task<Fault?> RevokeAsync(Actor actor, NetworkId network, LinkId link, CancellationToken cancellationToken) =>
        SendToNetworkAsync(network, link.Value, "revoke", actor, new RevokeNetworkLink(link), cancellationToken);

    public Task<Fault?> RemoveAsync(Actor actor, NetworkId network, CancellationToken cancellationToken) =>
        SendToNetworkAsync(network, network.Value, "remove", actor, new RemoveNetwork(), cancellationToken);

    private Task<Fault?> SendToNetworkAsync(
        NetworkId network, Guid request, string step, Actor actor, ICommand command, CancellationToken cancellationToken) =>
        // No cell is woken for an id somebody made up.
        directory.Find(network) is null
            ? Task.FromResult<Fault?>(NetworkFaults.Unknown)
            : SendAsync(ConferenceDirectory.Stream(network), request, step, actor, command, cancellationToken);

    private async Task<Fault?> SendAsync(
        AggregateId to, Guid request, string step, Actor actor, ICommand command, CancellationToken cancellationToken) =>
        (await directory.SendAsync(to, new CommandEnvelope(DerivedId.Of(request, step), actor, command), cancellationToken)).Fault;
}
