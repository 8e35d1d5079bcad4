using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Server.Access;
using Summit.Server.People;

namespace Summit.Server.Registrations;

/// <summary>
/// Makes somebody with a place a person of the house, with the role of a participant in the conference, and lets them in; takes the role again from who
/// has no place any more.
/// </summary>
/// <remarks>
/// The mail address stays with the registration: anybody can write any address into a form, so it leads to nobody who is known by it already, and it
/// makes nobody known by it.
/// </remarks>
public sealed class Enrolment(PeopleDesk desk, PeopleDirectory people, PersonDoor door, TimeProvider time)
{
    public async Task<(AccessGranted? Granted, Fault? Fault)> EnterAsync(
        Registrant person, ConferenceId conference, string device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var role = RoleIn(conference);
        var fault = await people.FindAsync(person.Id, cancellationToken) is not { State: var known } ? await AddAsync(person, role, cancellationToken)
            : known.Holds(role) ? null
            : (await desk.SendAsync(Actor.System, person.Id, Guid.CreateVersion7(time.GetUtcNow()), new GiveRole(role), cancellationToken)).Fault;
        if (fault is not null)
        {
            return (null, fault);
        }

        var secret = PersonalSecret.New(person.Id);
        fault = await IssueAsync(person.Id, secret, cancellationToken);
        return fault is not null ? (null, fault) : await door.SignInAsync(secret, device, new Realm(conference), cancellationToken);
    }

    /// <summary>Open streams end within seconds. Sent again it is done once.</summary>
    public async Task<Fault?> LeaveAsync(ParticipantId person, ConferenceId conference, CancellationToken cancellationToken) =>
        await people.LookAsync(person, cancellationToken) is { } known && known.State.Holds(RoleIn(conference))
            ? (await desk.SendAsync(Actor.System, person, Guid.CreateVersion7(time.GetUtcNow()), new TakeRole(RoleIn(conference)), cancellationToken)).Fault
            : null;

    private static HeldRole RoleIn(ConferenceId conference) => new(new Realm(conference), Role.Participant);

    private async Task<Fault?> AddAsync(Registrant person, HeldRole role, CancellationToken cancellationToken)
    {
        var answers = person.Answers;
        var languages = (answers.GetValueOrDefault("languages") ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Distinct().Take(10);
        var card = new PersonCard(
            person.Name ?? Ticket.Of(person.Id), answers.GetValueOrDefault("city"), answers.GetValueOrDefault("function"), [.. languages], null);
        return (await desk.AddAsync(Actor.System, new NewPerson(person.Id.Value, card, role, person.Id), cancellationToken)).Fault;
    }

    /// <summary>A link for each device, so that one can be ended alone. When there are too many, the oldest makes room and its device is signed out.</summary>
    private async Task<Fault?> IssueAsync(ParticipantId person, string secret, CancellationToken cancellationToken)
    {
        var fault = await desk.IssueAsync(Actor.System, person, NewLink(), secret, null, cancellationToken);
        if (fault?.Code != "participant.too-many" || await people.LookAsync(person, cancellationToken) is not { State.Links: var links })
        {
            return fault;
        }

        var oldest = links.MinBy(link => link.Issued)!.Id;
        return (await desk.SendAsync(Actor.System, person, Guid.CreateVersion7(time.GetUtcNow()), new RevokePersonalLink(oldest), cancellationToken)).Fault
            ?? await desk.IssueAsync(Actor.System, person, NewLink(), secret, null, cancellationToken);
    }

    private LinkId NewLink() => new(Guid.CreateVersion7(time.GetUtcNow()));
}
