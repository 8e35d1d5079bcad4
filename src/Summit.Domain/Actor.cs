using Summit.Domain.Integrations;

namespace Summit.Domain;

/// <summary>What a token lets its bearer be: in a conference, in a network, or in the installation.</summary>
public enum Role
{
    Stage,
    Participant,
    Moderator,
    Host,

    /// <summary>Of a network's member: reads what members read, and does what the secretary does while that member presides.</summary>
    Member,

    /// <summary>Runs one working group of a network.</summary>
    Coordinator,

    /// <summary>Keeps a network's members, presidency and working groups.</summary>
    Secretary,
    Admin,

    /// <summary>Somebody signed in as themselves, at no place yet: sees and changes what is their own.</summary>
    Person,

    /// <summary>A program, with what its key is for.</summary>
    Key,
}

/// <summary>Who sends a command, as the access token says: the rules trust this and nothing the command itself says.</summary>
/// <param name="Conference">The conference the token was given for; empty in a network and for the administrator.</param>
/// <param name="Name">As the person gave it at the door, cleaned; null when none was given.</param>
/// <param name="Network">The network the token was given for; empty in a conference and for the administrator.</param>
/// <param name="Member">Whom a <see cref="Role.Member"/> speaks for.</param>
/// <param name="Group">What a <see cref="Role.Coordinator"/> runs.</param>
/// <param name="Session">The one session of the conference that the role is for; null for all.</param>
/// <param name="Registered">Has a place by the registration for the conference, as the server knows now; no token says so.</param>
/// <param name="Scopes">What a <see cref="Role.Key"/> is for; null for people.</param>
public sealed record Actor(
    ParticipantId Id, Role Role, ConferenceId Conference, string? Name, string? City, NetworkId Network = default, MemberId? Member = null,
    GroupId? Group = null, SessionId? Session = null, bool Registered = false, IReadOnlyList<Scope>? Scopes = null)
{
    /// <summary>The server itself.</summary>
    public static Actor System { get; } = new(default, Role.Admin, default, null, null);

    /// <summary>Moderators and hosts run the queue, and programs that may.</summary>
    public bool Moderates => Role is Role.Moderator or Role.Host || Has(Scope.Moderate);

    /// <summary>Whether it sees what goes on in its conference: of programs those that do something with it.</summary>
    public bool Sees => Role != Role.Key || Has(Scope.Read) || Has(Scope.Moderate);

    public bool Has(Scope scope) => Role == Role.Key && Scopes?.Contains(scope) is true;

    /// <summary>Whether the role reaches as far as this session of its conference.</summary>
    public bool IsIn(SessionId session) => Sees && (Session is not { } only || only == session);
}
