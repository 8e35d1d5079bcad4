using System.Text.Json.Serialization;

namespace Summit.Domain.Participants;

/// <summary>Where a role is held: a conference or one session of it, a network or one working group of it.</summary>
/// <param name="Session">One session of the conference; null for all of it.</param>
/// <param name="Group">One group of the network; null for the network itself.</param>
public sealed record Realm(ConferenceId? Conference = null, SessionId? Session = null, NetworkId? Network = null, GroupId? Group = null)
{
    /// <summary>Either in a conference or in a network, and nothing of the other.</summary>
    [JsonIgnore]
    public bool IsOnePlace => Conference is null ? Network is not null && Session is null : Network is null && Group is null;

    /// <summary>The conference or the network that it lies in.</summary>
    [JsonIgnore]
    public Guid Root => Conference?.Value ?? Network?.Value ?? Guid.Empty;

    /// <summary>Whether this person gives and takes roles there.</summary>
    public bool IsRunBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Conference is { } conference
            ? Conferences.Conference.IsRunBy(actor, conference)
            : actor.Role == Role.Admin || (actor.Role == Role.Secretary && actor.Network == Network);
    }

    /// <summary>Whether there is such a role here.</summary>
    public bool Knows(Role role, MemberId? member) => (this, role) switch
    {
        ({ Session: not null }, Role.Moderator) => member is null,
        ({ Session: not null }, _) => false,
        ({ Conference: not null }, Role.Participant or Role.Moderator or Role.Host) => member is null,
        ({ Group: not null }, Role.Coordinator) => member is null,
        ({ Group: not null }, _) => false,
        ({ Network: not null }, Role.Secretary) => member is null,
        ({ Network: not null }, Role.Member) => member is not null,
        _ => false,
    };
}

/// <summary>A role of a person.</summary>
/// <param name="Member">Whom a <see cref="Role.Member"/> of a network speaks for.</param>
public sealed record HeldRole(Realm In, Role Role, MemberId? Member = null)
{
    /// <summary>More than a voice of one's own.</summary>
    [JsonIgnore]
    public bool HasPower => Role != Role.Participant;

    /// <summary>Who somebody is that acts in it.</summary>
    public Actor ActorOf(ParticipantId id, PersonCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new Actor(
            id, Role, In.Conference ?? default, card.Name, card.City, In.Network ?? default, Member, In.Group, In.Session);
    }
}
