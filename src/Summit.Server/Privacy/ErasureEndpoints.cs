using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Privacy;

/// <param name="Id">UUID version 7: the same again is the same request again.</param>
/// <param name="Name">As it is written in the records.</param>
public sealed record EraseNameRequest(Guid Id, string Name);

/// <summary>An order of the installation that holds nothing personal, to be kept apart from backups.</summary>
/// <param name="Conference">Left out for a person who left for good.</param>
/// <param name="Done">Left out until it is carried out.</param>
public sealed record KeptOrder(DateTimeOffset At, ConferenceId? Conference = null, ParticipantId? Person = null, SpeakerId? Speaker = null, DateTimeOffset? Done = null)
{
    internal static KeptOrder Of(ConferenceId? conference, ErasureOrder order) => new(order.At, conference, order.Person, order.Speaker, order.Done);
}

/// <param name="Ordered">How many are known here now.</param>
/// <param name="Unknown">How many are about a conference or a person that this journal does not have.</param>
public sealed record OrderedAgain(int Ordered, int Unknown);

/// <summary>Erasing beyond one conference: a person for good, names in a network's records, and what was erased before a backup was restored.</summary>
internal static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder api)
    {
        var erasures = api.MapGroup("").WithTags("Privacy").RequireAuthorization().LimitByPerson();
        erasures.MapDelete("/me", LeaveAsync).WithName("erase-me").WithSummary("Delete the own record, every role, and what the person wrote in every conference. It cannot be taken back.");
        erasures.MapDelete("/people/{person:guid}", EraseAsync).WithName("erase-person-everywhere").WithSummary("The same for a person. Administrator.");
        erasures.MapPost("/networks/{id:guid}/erased-names", EraseNameAsync).WithName("erase-name")
            .WithSummary("Take a person's name out of a network's records and groups; what an office did stays. Secretary, administrator.");
        erasures.MapGet("/erasures", Show).WithName("list-erasures").WithSummary("Every order to erase a person or a speaker, to be kept apart from backups. Administrator.");
        erasures.MapPost("/erasures", OrderAgainAsync).WithName("order-erasures-again").WithSummary("Order them again after a backup was restored. Administrator.");
    }

    private static Task<Results<Ok<Erased>, Problem>> LeaveAsync(Bearer bearer, PersonDoor door, Erasures erasures, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<Erased>>(async () => await door.SignedInAsync(bearer, cancellationToken) is null
            ? new Problem(AccessFaults.NoPerson)
            : Answer(await erasures.LeaveAsync(new Actor(bearer.Actor.Id, Role.Person, default, null, null), bearer.Actor.Id, cancellationToken)));

    private static Task<Results<Ok<Erased>, Problem>> EraseAsync(Guid person, Bearer bearer, Erasures erasures, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<Erased>>(async () => bearer.Actor.Role != Role.Admin
            ? new Problem(SessionFaults.Forbidden)
            : Answer(await erasures.LeaveAsync(bearer.Actor, new ParticipantId(person), cancellationToken)));

    private static Results<Ok<Erased>, Problem> Answer((bool Held, Fault? Fault) ordered) =>
        ordered.Fault is { } fault ? new Problem(fault) : TypedResults.Ok(new Erased(ordered.Held));

    private static async Task<Results<NoContent, Problem>> EraseNameAsync(
        Guid id, EraseNameRequest request, Bearer bearer, Erasures erasures, CancellationToken cancellationToken) =>
        request.Id.Version != 7 ? new Problem(CommandFaults.Malformed)
        : Text.CleanLine(request.Name).Length == 0 ? new Problem(SessionFaults.TextEmpty)
        : await erasures.EraseNamesAsync(bearer.Actor, new NetworkId(id), request.Id, request.Name, cancellationToken) is { } fault ? new Problem(fault)
        : TypedResults.NoContent();

    private static Results<Ok<IEnumerable<KeptOrder>>, Problem> Show(Bearer bearer, ConferenceDirectory directory) => bearer.Actor.Role != Role.Admin
        ? new Problem(SessionFaults.Forbidden)
        : TypedResults.Ok(directory.Leaving.Select(order => KeptOrder.Of(null, order)).Concat(directory.Keepings
            .SelectMany(keeping => keeping.Orders.Where(order => order.What is null).Select(order => KeptOrder.Of(keeping.Id, order)))).OrderBy(order => order.At).AsEnumerable());

    private static Task<Results<Ok<OrderedAgain>, Problem>> OrderAgainAsync(
        IReadOnlyList<KeptOrder> orders, Bearer bearer, Desk desk, Erasures erasures, CancellationToken cancellationToken) => WhileReadable.Async<Ok<OrderedAgain>>(async () =>
    {
        if (bearer.Actor.Role != Role.Admin)
        {
            return new Problem(SessionFaults.Forbidden);
        }

        var unknown = 0;
        foreach (var order in orders)
        {
            var fault = order switch
            {
                { Conference: { } conference, Person: { } person } => (await erasures.OrderAsync(bearer.Actor, conference, person, cancellationToken)).Fault,
                { Conference: { } conference, Speaker: { } speaker } =>
                    (await desk.SendAsync(bearer.Actor, conference, DerivedId.Of(speaker.Value, $"again {order.At:O}"), new EraseSpeaker(speaker), cancellationToken)).Fault,
                { Person: { } person } => (await erasures.LeaveAsync(bearer.Actor, person, cancellationToken)).Fault,
                _ => CommandFaults.Malformed,
            };
            if (fault is { Kind: not FaultKind.NotFound })
            {
                return new Problem(fault);
            }

            unknown += fault is null ? 0 : 1;
        }

        return TypedResults.Ok(new OrderedAgain(orders.Count - unknown, unknown));
    });
}
