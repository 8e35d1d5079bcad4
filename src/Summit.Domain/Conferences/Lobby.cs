using System.Text.Json;
using System.Text.Json.Serialization;

namespace Summit.Domain.Conferences;

/// <summary>A command to the lobby.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AppointAdministrator), "appoint")]
[JsonDerivedType(typeof(ReplaceAdministrator), "replace-administrator")]
[JsonDerivedType(typeof(OpenDoor), "open-door")]
[JsonDerivedType(typeof(CloseDoor), "close-door")]
[JsonDerivedType(typeof(ListNetwork), "list-network")]
public interface ILobbyCommand : ICommand;

/// <summary>Sets who administrates the installation. Only the server itself does this, on an empty store.</summary>
/// <param name="Hash">SHA-256 of the secret in the administrator's link, lower-case hex.</param>
public sealed record AppointAdministrator(LinkId Link, string Hash) : ILobbyCommand;

/// <summary>
/// Puts another link in the place of the administrator's, which no longer works. Only sent by whoever has the store in his hands: no
/// door of the server leads here.
/// </summary>
/// <param name="Hash">As above.</param>
public sealed record ReplaceAdministrator(LinkId Link, string Hash) : ILobbyCommand;

public sealed record OpenDoor(string Code, ConferenceId Conference) : ILobbyCommand;

public sealed record CloseDoor(ConferenceId Conference) : ILobbyCommand;

public sealed record ListNetwork(NetworkId Network) : ILobbyCommand;

[EventName("lobby.administrator-appointed.v1")]
public sealed record AdministratorAppointed(LinkId Link, string Hash) : IEvent;

[EventName("lobby.door-opened.v1")]
public sealed record DoorOpened(string Code, ConferenceId Conference) : IEvent;

[EventName("lobby.door-closed.v1")]
public sealed record DoorClosed(ConferenceId Conference) : IEvent;

[EventName("lobby.network-listed.v1")]
public sealed record NetworkListed(NetworkId Network) : IEvent;

/// <summary>Everything of this person is to go, wherever they have or had a role.</summary>
[EventName("lobby.erasure-ordered.v1")]
public sealed record LeavingOrdered(ParticipantId Person) : IEvent;

/// <summary>The one aggregate of an installation that everybody enters through: which code leads to which conference, which networks there are.</summary>
public sealed class Lobby : IAggregate<Lobby>
{
    /// <summary>Digits and capitals without those taken for each other on a projector: 0 O, 1 I L.</summary>
    public const string CodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>31 to the power of 6 is 887 million: not to be guessed through a slowed door, yet read out in one breath.</summary>
    public const int CodeLength = 6;

    private readonly Dictionary<string, ConferenceId> _doors = [];
    private readonly List<NetworkId> _networks = [];
    private readonly List<ErasureOrder> _orders = [];

    private Lobby()
    {
    }

    /// <summary>There is one.</summary>
    public static AggregateId Only { get; } = new("lobby", Guid.Empty);

    public static string Kind => "lobby";

    public static int SnapshotVersion => 3;

    public AdministratorAppointed? Administrator { get; private set; }

    public IReadOnlyDictionary<string, ConferenceId> Doors => _doors;

    /// <summary>Those out of service too.</summary>
    public IReadOnlyList<NetworkId> Networks => _networks;

    /// <summary>Who is to be known nowhere any more; the oldest first.</summary>
    public IReadOnlyList<ErasureOrder> Orders => _orders;

    public static Lobby Create(Guid key) => new();

    public static bool IsCode(string? code) => code is { Length: CodeLength } && code.All(CodeAlphabet.Contains);

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        ErasePerson { Person: var person } when context.Actor.Role == Role.Admin || (context.Actor.Role == Role.Person && context.Actor.Id == person) =>
            _orders.Exists(order => order.Person == person) ? Decision.Nothing : Decision.Raise(new LeavingOrdered(person)),
        IErasing when context.Actor.Role != Role.Admin => Sessions.SessionFaults.Forbidden,
        ConfirmErasure confirm => _orders.Find(order => order.Seq == confirm.Order) switch
        {
            null => ConferenceFaults.OrderUnknown,
            { Done: not null } => Decision.Nothing,
            _ => Decision.Raise(new ErasureDone(confirm.Order, confirm.Records)),
        },
        not ILobbyCommand => Sessions.SessionFaults.CommandUnknown,
        _ when context.Actor.Role != Role.Admin && !(command is CloseDoor close && context.Actor.Role == Role.Host && context.Actor.Conference == close.Conference)
            => Sessions.SessionFaults.Forbidden,
        AppointAdministrator appoint => Administrator is not null
            ? ConferenceFaults.AdministratorThere
            : Decision.Raise(new AdministratorAppointed(appoint.Link, appoint.Hash)),
        ReplaceAdministrator replace => Administrator is null
            ? ConferenceFaults.AdministratorMissing
            : Decision.Raise(new AdministratorAppointed(replace.Link, replace.Hash)),
        OpenDoor { Code: var code } when !IsCode(code) => ConferenceFaults.CodeMalformed,
        OpenDoor open when _doors.TryGetValue(open.Code, out var there) => there == open.Conference ? Decision.Nothing : ConferenceFaults.CodeTaken,
        OpenDoor open => Decision.Raise(new DoorOpened(open.Code, open.Conference)),
        ListNetwork list => _networks.Contains(list.Network) ? Decision.Nothing : Decision.Raise(new NetworkListed(list.Network)),
        CloseDoor shut => _doors.ContainsValue(shut.Conference) ? Decision.Raise(new DoorClosed(shut.Conference)) : Decision.Nothing,
        _ => Sessions.SessionFaults.CommandUnknown,
    };

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case AdministratorAppointed appointed:
                Administrator = appointed;
                break;
            case DoorOpened opened:
                _doors[opened.Code] = opened.Conference;
                break;
            case DoorClosed closed:
                foreach (var code in _doors.Where(door => door.Value == closed.Conference).Select(door => door.Key).ToList())
                {
                    _doors.Remove(code);
                }

                break;
            case NetworkListed listed:
                _networks.Add(listed.Network);
                break;
            case LeavingOrdered ordered:
                _orders.Add(new ErasureOrder(context.Seq, context.At, ordered.Person, null));
                break;
            case ErasureDone done:
                var at = _orders.FindIndex(order => order.Seq == done.Order);
                _orders[at] = _orders[at] with { Done = context.At, Records = done.Records };
                break;
            case CommandNoted:
                break;
            default:
                throw new InvalidOperationException($"The lobby does not know the event {happened?.GetType().Name}.");
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(new LobbySnapshot(Administrator, _doors, _networks, _orders), DomainJson.Default.LobbySnapshot);

    public static Lobby Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.LobbySnapshot) ?? throw new JsonException("The lobby's snapshot is empty.");
        var lobby = new Lobby { Administrator = saved.Administrator };
        lobby._networks.AddRange(saved.Networks);
        lobby._orders.AddRange(saved.Orders);
        foreach (var (code, conference) in saved.Doors)
        {
            lobby._doors.Add(code, conference);
        }

        return lobby;
    }
}

/// <summary>The lobby's state as it is saved.</summary>
public sealed record LobbySnapshot(
    AdministratorAppointed? Administrator, IReadOnlyDictionary<string, ConferenceId> Doors, IReadOnlyList<NetworkId> Networks,
    IReadOnlyList<ErasureOrder> Orders);
