using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Networks;
using Summit.Server.Operations;

namespace Summit.Server.WorkingGroups;

/// <summary>A group that a moderator can hand something in to.</summary>
/// <param name="Items">What of this conference it has already.</param>
public sealed record GroupToHandInTo(NetworkInfo Network, GroupId Group, string Name, IReadOnlyList<ItemId> Items);

/// <param name="Id">UUID version 7, made by the client: the same id again is the same request again.</param>
public sealed record HandInRequest(Guid Id, NetworkId Network, GroupId Group);

/// <summary>Working groups: what everybody may see of them, the commands of those who work in them, and the way into them from a session.</summary>
internal static class WorkingGroupEndpoints
{
    public static void MapWorkingGroups(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").WithTags("Working groups");
        api.MapGet("/networks/{id:guid}/groups/{group:guid}", Show).LimitByPerson()
            .WithName("show-group").WithSummary("A working group as the bearer, or anybody, may see it.");

        // Counted at the door.
        api.MapPost("/networks/{id:guid}/groups/{group:guid}/commands", SendAsync).RequireAuthorization().WithName("send-group-command")
            .WithSummary("Send a command to a working group. Members, coordinator, secretary, the presidency, administrator.").Accepts<IWorkingGroupCommand>("application/json");

        api.MapGet("/conferences/{id:guid}/groups", ListFor).RequireAuthorization().LimitByPerson()
            .WithName("list-groups-to-hand-in-to").WithSummary("The groups of the networks whose summit a conference is. Moderator, host.");
        api.MapPost("/sessions/{id:guid}/items/{item:guid}/hand-in", HandInAsync).RequireAuthorization().LimitByPerson()
            .WithName("hand-in").WithSummary("Hand a proposal or a follow-up in to a working group. Moderator, host.");
    }

    private static Results<Ok<WorkingGroupPage>, Problem> Show(Guid id, Guid group, HttpContext context, ConferenceDirectory directory) =>
        directory.Find(new NetworkId(id)) is { State: var network } && network.Groups.FirstOrDefault(one => one.Group.Value == group) is { } about
            ? TypedResults.Ok(WorkingGroupPage.Of(network, about, directory.Find(about.Group), Bearer.Of(context.User)?.Actor, directory.Find))
            : new Problem(NetworkFaults.GroupUnknown);

    private static async Task<Results<Sessions.Accepted, Problem>> SendAsync(
        Guid id, Guid group, HttpRequest request, Bearer bearer, WorkingGroupDoor door, CancellationToken cancellationToken)
    {
        var (command, fault) = await CommandReader.ReadBodyAsync(request, cancellationToken);
        if (fault is not null)
        {
            return new Problem(fault);
        }

        using (command)
        {
            var reply = await door.SendAsync(bearer, new NetworkId(id), new GroupId(group), command!.RootElement, cancellationToken);
            return reply.Fault is { } refused ? new Problem(refused) : new Sessions.Accepted(reply.Seq);
        }
    }

    private static Results<Ok<IEnumerable<GroupToHandInTo>>, Problem> ListFor(Guid id, Bearer bearer, ConferenceDirectory directory)
    {
        var conference = new ConferenceId(id);
        return !bearer.Actor.Moderates || bearer.Actor.Conference != conference
            ? new Problem(SessionFaults.Forbidden)
            : TypedResults.Ok(
                from network in directory.Networks.Select(view => view.State)
                where network.Introduce(bearer.Actor) is not null
                from @group in network.Groups
                let tasks = directory.Find(@group.Group)?.State.Tasks ?? []
                select new GroupToHandInTo(
                    NetworkInfo.Of(network), @group.Group, @group.Name,
                    [.. tasks.Where(task => task.From?.Conference == conference).Select(task => task.From!.Item)]));
    }

    private static async Task<Results<Sessions.Accepted, Problem>> HandInAsync(
        Guid id, Guid item, HandInRequest request, Bearer bearer, WorkingGroupDoor door, CancellationToken cancellationToken)
    {
        if (request.Id.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        var reply = await door.HandInAsync(
            bearer, new SessionId(id), new ItemId(item), request.Network, request.Group, request.Id, cancellationToken);
        return reply.Fault is { } refused ? new Problem(refused) : new Sessions.Accepted(reply.Seq);
    }
}
