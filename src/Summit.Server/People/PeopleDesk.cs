using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.People;

/// <param name="Request">Made by who asks for it: the same id again is the same request again.</param>
/// <param name="Role">The first role; null for somebody who has none yet.</param>
/// <param name="Person">Who it is, when that was decided before; made out of the request otherwise.</param>
public sealed record NewPerson(Guid Request, PersonCard Card, HeldRole? Role, ParticipantId? Person = null);

/// <param name="Person">Nobody, with a fault.</param>
/// <param name="Known">Whether the mail address led to somebody who was there already, and who now has the role too.</param>
public readonly record struct Added(ParticipantId Person, bool Known, Fault? Fault);

/// <summary>
/// Makes people known and changes what is known of them: what takes more than one command, and what a person's own rules cannot see.
/// What succeeded shows in the <see cref="PeopleDirectory"/> and on the rolls on return.
/// </summary>
public sealed class PeopleDesk(IEngine engine, ConferenceDirectory directory, PeopleDirectory people, Rolls rolls, TimeProvider time)
{
    /// <summary>Who somebody is that is made known by this request. Not the id of the request: nobody is to choose who they become.</summary>
    public static ParticipantId PersonOf(Guid request) => new(DerivedId.Of(request, "participant"));

    public async Task<Added> AddAsync(Actor actor, NewPerson request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (id, card, role) = (request.Person ?? PersonOf(request.Request), request.Card, request.Role);
        var add = new AddPerson(card.Name, card.City, card.Function, card.Languages, card.Mail, role);

        // The rules are pure: ask them first, so that nobody stands on a roll who was refused.
        var context = new CommandContext(request.Request, actor, time.GetUtcNow());
        if ((Participant.Create(id.Value).Decide(add, context).Fault ?? (role is null ? null : CheckPlace(role))) is { } refused)
        {
            return new Added(default, false, refused);
        }

        if (card.Mail is { } mail && await rolls.WithMailAsync(mail, cancellationToken) is { State.Id: var known } && known != id)
        {
            var fault = role is null ? null : (await GiveAsync(actor, known, DerivedId.Of(request.Request, "give"), role, cancellationToken)).Fault;
            return new Added(known, true, fault);
        }

        var failed = await EnterAsync(actor, role, id, cancellationToken)
            ?? await EnterAddressAsync(id, card.Mail, cancellationToken)
            ?? (await TellAsync(actor, id, DerivedId.Of(request.Request, "add"), add, cancellationToken)).Fault;
        return new Added(id, false, failed);
    }

    /// <summary>A command about a person as it came, under its own id.</summary>
    public async Task<Reply> SendAsync(Actor actor, ParticipantId person, Guid id, IParticipantCommand command, CancellationToken cancellationToken)
    {
        // No cell is woken for an id somebody made up.
        if (await people.FindAsync(person, cancellationToken) is null)
        {
            return Reply.Refused(ParticipantFaults.Unknown);
        }

        return command switch
        {
            GiveRole give => await GiveAsync(actor, person, id, give.Role, cancellationToken),
            DescribePerson describe => await DescribeAsync(actor, person, id, describe, cancellationToken),
            _ => await TellAsync(actor, person, id, command, cancellationToken),
        };
    }

    /// <param name="secret">From <see cref="PersonalSecret.New"/>; only its hash is kept.</param>
    public async Task<Fault?> IssueAsync(
        Actor actor, ParticipantId person, LinkId link, string secret, DateTimeOffset? expires, CancellationToken cancellationToken) =>
        await people.FindAsync(person, cancellationToken) is null ? ParticipantFaults.Unknown
        : (await TellAsync(actor, person, DerivedId.Of(link.Value, "issue"), new IssuePersonalLink(link, PersonalSecret.Hash(secret), expires), cancellationToken)).Fault;

    /// <summary>Makes somebody who is signed in a participant of a conference whose code has been checked.</summary>
    public async Task<Fault?> JoinAsync(Actor actor, ConferenceId conference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await EnterAsync(Actor.System, conference.Value, actor.Id, cancellationToken)
            ?? (await TellAsync(actor, actor.Id, Guid.CreateVersion7(time.GetUtcNow()), new JoinConference(conference), cancellationToken)).Fault;
    }

    /// <summary>From then on the account can be linked to this person, and is found.</summary>
    internal Task<Fault?> EnterAccountAsync(ParticipantId person, AccountId account, CancellationToken cancellationToken) =>
        EnterAsync(Actor.System, account.Value, person, cancellationToken);

    internal async Task<Reply> TellAsync(Actor actor, ParticipantId person, Guid id, ICommand command, CancellationToken cancellationToken)
    {
        var reply = await engine.SendAsync(PeopleDirectory.Stream(person), new CommandEnvelope(id, actor, command), cancellationToken);
        if (reply.Fault is null)
        {
            await people.ReachedAsync(person, reply.Seq, cancellationToken);
        }

        return reply;
    }

    /// <summary>On the roll first: who stands there without a role is not shown, and a role that is on no roll would not be found.</summary>
    private async Task<Reply> GiveAsync(Actor actor, ParticipantId person, Guid id, HeldRole role, CancellationToken cancellationToken)
    {
        var fault = !role.In.IsRunBy(actor) ? Domain.Sessions.SessionFaults.Forbidden
            : !role.In.IsOnePlace ? ParticipantFaults.RoleMalformed
            : CheckPlace(role) ?? await EnterAsync(actor, role, person, cancellationToken);
        return fault is not null ? Reply.Refused(fault) : await TellAsync(actor, person, id, new GiveRole(role), cancellationToken);
    }

    private async Task<Reply> DescribeAsync(Actor actor, ParticipantId person, Guid id, DescribePerson describe, CancellationToken cancellationToken)
    {
        var reply = await TellAsync(actor, person, id, describe, cancellationToken);
        return reply.Fault is null && await EnterAddressAsync(person, describe.Mail, cancellationToken) is { } fault ? Reply.Refused(fault) : reply;
    }

    private Task<Fault?> EnterAsync(Actor actor, HeldRole? role, ParticipantId person, CancellationToken cancellationToken) =>
        role is null ? Task.FromResult<Fault?>(null) : EnterAsync(actor, role.In.Root, person, cancellationToken);

    private Task<Fault?> EnterAddressAsync(ParticipantId person, string? mail, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(mail) ? Task.FromResult<Fault?>(null) : EnterAsync(Actor.System, Rolls.OfMail(mail), person, cancellationToken);

    private async Task<Fault?> EnterAsync(Actor actor, Guid roll, ParticipantId person, CancellationToken cancellationToken)
    {
        var command = new CommandEnvelope(DerivedId.Of(person.Value, $"roll {roll:N}"), actor, new EnterOnRoll([person]));
        return (await engine.SendAsync(Rolls.Stream(roll), command, cancellationToken)).Fault;
    }

    /// <summary>Null, or what of the place of a role is not there.</summary>
    private Fault? CheckPlace(HeldRole role) => role.In switch
    {
        { Conference: { } id, Session: { } session } => directory.Find(id) is not { } conference ? ConferenceFaults.Unknown
            : conference.Has(session) ? null : ConferenceFaults.NotInProgramme,
        { Conference: { } id } => directory.Find(id) is null ? ConferenceFaults.Unknown : null,
        { Network: { } id, Group: var group } => directory.Find(id) is not { State: var network } ? NetworkFaults.Unknown
            : role.Member is { } member && !network.Members.ContainsKey(member) ? NetworkFaults.MemberUnknown
            : group is { } one && network.Groups.All(there => there.Group != one) ? NetworkFaults.GroupUnknown
            : null,
        _ => ParticipantFaults.RoleMalformed,
    };
}
