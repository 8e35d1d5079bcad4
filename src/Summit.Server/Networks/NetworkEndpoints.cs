using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;

namespace Summit.Server.Networks;

/// <param name="Name">What it is called for short.</param>
/// <param name="Founded">A year, a month or a day.</param>
/// <param name="Id">UUID version 7. With it, the same request can be sent again without founding twice; left out, the server makes one.</param>
public sealed record FoundRequest(string Title, string Name, string? About = null, PartialDate? Founded = null, NetworkId? Id = null);

/// <param name="Secretary">The link to keep its records with: shown this once.</param>
public sealed record Founded(NetworkId Id, string Secretary);

/// <param name="Member">For whom a link of the role <c>member</c> speaks.</param>
/// <param name="Group">What a link of the role <c>coordinator</c> runs.</param>
public sealed record IssueNetworkRequest(Role Role, string Label, MemberId? Member = null, DateTimeOffset? Expires = null, GroupId? Group = null);

/// <summary>A link as those who hand them out see it: never its secret.</summary>
public sealed record NetworkLinkInfo(
    LinkId Id, Role Role, string Label, MemberId? Member, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked, GroupId? Group);

/// <summary>Networks: what everybody may see of them, the commands of those who keep their records, their links.</summary>
internal static class NetworkEndpoints
{
    public static void MapNetworks(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/networks").WithTags("Networks").LimitByPerson();
        open.MapGet("", List).WithName("list-networks").WithSummary("All networks in service.");
        open.MapGet("/{id:guid}", Show).WithName("show-network").WithSummary("A network as the bearer, or anybody, may see it.");

        // Counted at the door.
        api.MapPost("/networks/{id:guid}/commands", SendAsync).WithTags("Networks").RequireAuthorization().WithName("send-network-command")
            .WithSummary("Send a command to a network. Secretary, the presidency, administrator.").Accepts<INetworkCommand>("application/json");

        var kept = api.MapGroup("/networks").WithTags("Networks").RequireAuthorization().LimitByPerson();
        kept.MapPost("", FoundAsync).WithName("found-network").WithSummary("Found a network. Administrator.");
        kept.MapDelete("/{id:guid}", RemoveAsync).WithName("remove-network").WithSummary("Take a network out of service. Administrator.");
        kept.MapGet("/{id:guid}/links", Links).WithName("list-network-links").WithSummary("All its links ever issued, without secrets. Secretary, administrator.");
        kept.MapPost("/{id:guid}/links", IssueAsync).WithName("issue-network-link").WithSummary("Issue a link; its secret is shown once. Secretary, administrator.");
        kept.MapDelete("/{id:guid}/links/{link:guid}", RevokeAsync).WithName("revoke-network-link").WithSummary("Revoke a link. Secretary, administrator.");
    }

    private static Ok<IEnumerable<NetworkInfo>> List(ConferenceDirectory directory) =>
        TypedResults.Ok(directory.Networks.OrderBy(network => network.State.Id.Value).Select(network => NetworkInfo.Of(network.State)));

    private static Results<Ok<NetworkPage>, Problem> Show(Guid id, HttpContext context, ConferenceDirectory directory) =>
        directory.Find(new NetworkId(id)) is { } network
            ? TypedResults.Ok(NetworkPage.Of(
                network.State, network.Seq, Bearer.Of(context.User)?.Actor, conference => directory.Find(conference)?.Published is not null))
            : new Problem(NetworkFaults.Unknown);

    private static async Task<Results<Sessions.Accepted, Problem>> SendAsync(
        Guid id, HttpRequest request, Bearer bearer, NetworkDoor door, CancellationToken cancellationToken)
    {
        var (command, fault) = await CommandReader.ReadBodyAsync(request, cancellationToken);
        if (fault is not null)
        {
            return new Problem(fault);
        }

        using (command)
        {
            var reply = await door.SendAsync(bearer, new NetworkId(id), command!.RootElement, cancellationToken);
            return reply.Fault is { } refused ? new Problem(refused) : new Sessions.Accepted(reply.Seq);
        }
    }

    private static async Task<Results<Ok<Founded>, Problem>> FoundAsync(
        FoundRequest request, Bearer bearer, NetworkDesk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = request.Id ?? new NetworkId(Guid.CreateVersion7(time.GetUtcNow()));
        if (id.Value.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        var network = new NewNetwork(id, request.Title, request.Name, request.About, request.Founded);
        var link = new NewNetworkLink(new LinkId(Guid.CreateVersion7(time.GetUtcNow())), Role.Secretary, "Secretary", RoleSecret.New());
        var fault = await desk.FoundAsync(bearer.Actor, network, cancellationToken) ?? await desk.IssueAsync(bearer.Actor, id, link, cancellationToken);
        return fault is not null ? new Problem(fault) : TypedResults.Ok(new Founded(id, addresses.Link(Role.Secretary, link.Secret)));
    }

    private static async Task<Results<NoContent, Problem>> RemoveAsync(Guid id, Bearer bearer, NetworkDesk desk, CancellationToken cancellationToken) =>
        await desk.RemoveAsync(bearer.Actor, new NetworkId(id), cancellationToken) is { } fault ? new Problem(fault) : TypedResults.NoContent();

    private static Results<Ok<IEnumerable<NetworkLinkInfo>>, Problem> Links(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        directory.Find(new NetworkId(id)) is not { State: var network } ? new Problem(NetworkFaults.Unknown)
        : !network.HandsOutLinks(bearer.Actor) ? new Problem(SessionFaults.Forbidden)
        : TypedResults.Ok(network.Links.OrderBy(link => link.Issued).Select(link =>
            new NetworkLinkInfo(link.Id, link.Role, link.Label, link.Member, link.Issued, link.Expires, link.Revoked, link.Group)));

    private static async Task<Results<Ok<Issued>, Problem>> IssueAsync(
        Guid id, IssueNetworkRequest request, Bearer bearer, NetworkDesk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        var link = new NewNetworkLink(
            new LinkId(Guid.CreateVersion7(time.GetUtcNow())), request.Role, request.Label, RoleSecret.New(), request.Expires?.ToUniversalTime(), request.Member,
            request.Group);
        return await desk.IssueAsync(bearer.Actor, new NetworkId(id), link, cancellationToken) is { } fault
            ? new Problem(fault)
            : TypedResults.Ok(new Issued(link.Id, addresses.Link(link.Role, link.Secret)));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(
        Guid id, Guid link, Bearer bearer, NetworkDesk desk, CancellationToken cancellationToken) =>
        await desk.RevokeAsync(bearer.Actor, new NetworkId(id), new LinkId(link), cancellationToken) is { } fault ? new Problem(fault)
        : TypedResults.NoContent();
}
