using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Networks;

namespace Summit.Server.People;

/// <summary>Lets people in as themselves, and from there into the places where they have a role, as the same person everywhere.</summary>
public sealed class PersonDoor(PeopleDirectory people, PeopleDesk desk, ConferenceDirectory directory, Tokens tokens, TimeProvider time)
{
    /// <summary>A working group meets every month or two: nobody should have to look for the link again each time.</summary>
    internal static readonly TimeSpan ForPeople = TimeSpan.FromDays(90);

    /// <summary>The strongest first: whoever says only where, comes in as the most they are there.</summary>
    private static readonly Role[] Strongest = [Role.Host, Role.Moderator, Role.Participant, Role.Secretary, Role.Coordinator, Role.Member];

    /// <summary>By a personal link. Null for a secret that opens nothing.</summary>
    public async Task<(AccessGranted? Granted, Fault? Fault)> SignInAsync(string secret, string device, CancellationToken cancellationToken)
    {
        // Looked at now, since the link may just have been issued on another server; no cell is woken for a secret somebody made up.
        if (PersonalSecret.PersonOf(secret) is not { } id
            || await people.LookAsync(id, cancellationToken) is not { } person
            || person.State.FindLink(PersonalSecret.Hash(secret), time.GetUtcNow()) is null)
        {
            return (null, AccessFaults.UnknownLink);
        }

        var (signIn, until) = NewSignIn();
        return await SignInAsync(person, new SignInByLink(signIn, PersonalSecret.Hash(secret), device, until), signIn, cancellationToken);
    }

    /// <summary>By a personal link, and at once into a place where the person has a role.</summary>
    public async Task<(AccessGranted? Granted, Fault? Fault)> SignInAsync(string secret, string device, Realm place, CancellationToken cancellationToken)
    {
        var (granted, fault) = await SignInAsync(secret, device, cancellationToken);
        return granted is null ? (null, fault) : await EnterAsync(tokens.Read(granted.Token)!, place, null, cancellationToken);
    }

    /// <summary>Into a place where the person has a role, by the strongest that fits what was asked for.</summary>
    public async Task<(AccessGranted? Granted, Fault? Fault)> EnterAsync(Bearer bearer, Realm place, Role? role, CancellationToken cancellationToken)
    {
        if (await SignedInAsync(bearer, cancellationToken) is not var (person, signIn))
        {
            return (null, AccessFaults.NoPerson);
        }

        var held = person.State.Roles
            .Where(one => one.In.Root == place.Root && (place.Session is null || one.In.Session == place.Session) && (place.Group is null || one.In.Group == place.Group))
            .Where(one => role is null || one.Role == role)
            .OrderBy(one => Array.IndexOf(Strongest, one.Role)).ThenBy(one => one.In.Session is not null).FirstOrDefault();
        return held is null ? (null, ParticipantFaults.RoleUnknown) : Grant(person, signIn, held);
    }

    /// <summary>Into a conference by its code, which somebody has checked.</summary>
    public async Task<(AccessGranted? Granted, Fault? Fault)> JoinAsync(Bearer bearer, ConferenceId conference, CancellationToken cancellationToken)
    {
        if (await SignedInAsync(bearer, cancellationToken) is not var (person, signIn))
        {
            return (null, AccessFaults.NoPerson);
        }

        return await desk.JoinAsync(bearer.Actor, conference, cancellationToken) is { } fault ? (null, fault)
            : Grant(person, signIn, new HeldRole(new Realm(conference), Role.Participant));
    }

    /// <summary>The person and the sign-in that a token speaks for; null for a token that came another way.</summary>
    public async Task<(PersonView Person, SignIn SignIn)?> SignedInAsync(Bearer bearer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return bearer.SignIn is { } id
            && await people.FindAsync(bearer.Actor.Id, cancellationToken) is { } person
            && person.State.FindSignIn(id, time.GetUtcNow()) is { } signIn
                ? (person, signIn)
                : null;
    }

    private (SignInId Id, DateTimeOffset Until) NewSignIn()
    {
        var now = time.GetUtcNow();
        return (new SignInId(Guid.CreateVersion7(now)), now + ForPeople);
    }

    /// <summary>By a command that makes this sign-in.</summary>
    internal async Task<(AccessGranted? Granted, Fault? Fault)> SignInAsync(
        PersonView person, ICommand command, SignInId signIn, CancellationToken cancellationToken)
    {
        var (id, card) = (person.State.Id, person.State.Card!);
        var actor = new Actor(id, Role.Person, default, card.Name, card.City);
        var reply = await desk.TellAsync(actor, id, signIn.Value, command, cancellationToken);
        // What another server has just revoked is known to the cell first.
        return reply.Fault is { } fault ? (null, fault == ConferenceFaults.LinkUnknown ? AccessFaults.UnknownLink : fault)
            : people.Known(id)?.State.FindSignIn(signIn, time.GetUtcNow()) is { } made ? (Grant(new Bearer(actor, null, made.Until, signIn), null, null), null)
            : (null, AccessFaults.SignedOut);
    }

    private (AccessGranted? Granted, Fault? Fault) Grant(PersonView person, SignIn signIn, HeldRole held)
    {
        var bearer = new Bearer(held.ActorOf(person.State.Id, person.State.Card!), null, signIn.Until, signIn.Id);
        return held.In switch
        {
            { Conference: { } id } => directory.Find(id) is { } conference ? (Grant(bearer, conference, null), null) : (null, ConferenceFaults.Unknown),
            { Network: { } id } => directory.Find(id) is { } network ? (Grant(bearer, null, network.State), null) : (null, NetworkFaults.Unknown),
            _ => (null, SessionFaults.Unknown),
        };
    }

    private AccessGranted Grant(Bearer bearer, ConferenceView? conference, Network? network) => new(
        tokens.Issue(bearer), bearer.Expires, bearer.Actor.Id, bearer.Actor.Role,
        conference is null ? null : ConferenceInfo.Of(conference),
        conference is null ? [] : [.. SessionInfo.Of(conference).Where(session => bearer.Actor.IsIn(session.Id))],
        network is null ? null : NetworkInfo.Of(network), bearer.Actor.Group);
}
