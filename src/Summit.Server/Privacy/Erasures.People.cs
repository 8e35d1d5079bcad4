using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Participants;
using Summit.Server.Conferences;
using Summit.Server.People;

namespace Summit.Server.Privacy;

/// <summary>
/// A person who is to be known nowhere any more. The order lies with the lobby, which every server follows: it ends the record with its
/// roles and orders the same in every conference where the person ever had one.
/// </summary>
internal sealed partial class Erasures
{
    /// <summary>When it returns nobody can come in as this person, and no picture shows what they wrote.</summary>
    public async Task<(bool Held, Fault? Fault)> LeaveAsync(Actor by, ParticipantId person, CancellationToken cancellationToken)
    {
        if (await people.LookAsync(person, cancellationToken) is null)
        {
            return (false, ParticipantFaults.Unknown);
        }

        var ordered = await SendAsync(Lobby.Only, by, $"leave {person.Value:N} by {by.Id.Value:N}", new ErasePerson(person), cancellationToken);
        if (ordered.Fault is { } refused)
        {
            return (false, refused);
        }

        await directory.ReachedAsync(Lobby.Only, ordered.Seq, cancellationToken);
        var (_, left, fault) = await LeaveAsync(directory.Leaving.First(order => order.Person == person), cancellationToken);
        return (left.Any(keeping => keeping.Hold is not null), fault);
    }

    /// <summary>Whether to hurry: while a hold keeps it, a look in each round is enough.</summary>
    private bool IsToDo(ErasureOrder order) =>
        order.Done is null && !directory.Keepings.Any(keeping => keeping.Hold is not null && keeping.Orders.Any(one => one.Person == order.Person));

    /// <returns>The number of the erasure in the record, unless a conference had ended it before, and the conferences it was ordered in.</returns>
    private async Task<(long? Seq, IReadOnlyList<Keeping> Left, Fault? Fault)> LeaveAsync(ErasureOrder order, CancellationToken cancellationToken)
    {
        var person = order.Person!.Value;
        var stream = PeopleDirectory.Stream(person);
        var reply = await SendAsync(stream, Actor.System, $"leave {order.Seq}", new ErasePerson(person), cancellationToken);
        if (reply.Fault is { Kind: not FaultKind.NotFound } refused)
        {
            return (null, [], refused);
        }

        await people.LookAsync(person, cancellationToken);
        // Roles are told for ever, those that were taken too.
        var everIn = (await replay.ReadAsync(stream, cancellationToken)).Select(happened => (happened.Event as RoleGiven)?.Role.In.Conference).OfType<ConferenceId>();
        var registered = directory.Keepings.Select(keeping => keeping.Id).Where(id => directory.FindRegistration(id)?.Find(person) is not null);
        var left = new List<Keeping>();
        foreach (var conference in everIn.Union(registered))
        {
            if (await OrderAsync(Actor.System, conference, person, cancellationToken) is { Fault: { } fault } && fault != ConferenceFaults.Unknown)
            {
                return (null, left, fault);
            }

            left.AddRange(directory.FindKeeping(conference) is { } keeping ? [keeping] : Array.Empty<Keeping>());
        }

        return (reply.Fault is null ? reply.Seq : null, left, null);
    }

    /// <summary>A legal hold in one of the conferences keeps the record, too.</summary>
    private async Task CarryOutAsync(ErasureOrder order, CancellationToken cancellationToken)
    {
        var (seq, left, fault) = await LeaveAsync(order, cancellationToken);
        if (fault is not null || left.Any(keeping => keeping.Hold is not null))
        {
            return;
        }

        var records = 0;
        if (seq is { } erasure)
        {
            var stream = PeopleDirectory.Stream(order.Person!.Value);
            records = await eraser.RunAsync(stream, erasure, cancellationToken);
            await ConfirmAsync(stream, erasure, records, cancellationToken);
        }

        var orders = left.Select(keeping => keeping.Orders.First(one => one.Person == order.Person)).ToList();
        if (orders.TrueForAll(one => one.Done is not null))
        {
            records += orders.Sum(one => one.Records);
            await directory.ReachedAsync(Lobby.Only, await ConfirmAsync(Lobby.Only, order.Seq, records, cancellationToken), cancellationToken);
        }
    }
}
