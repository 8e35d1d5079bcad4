using System.Text.Json;
using Summit.Domain.Sessions;

namespace Summit.Domain.Participants;

/// <summary>Enters people. Only the server sends it, together with what gives them a reason to be found here.</summary>
public sealed record EnterOnRoll(IReadOnlyList<ParticipantId> People) : ICommand;

[EventName("roll.entered.v1")]
public sealed record EnteredOnRoll(IReadOnlyList<ParticipantId> People) : IEvent;

/// <summary>
/// Where people are found by something other than their id: those who have or had a role in the conference or network whose id is the
/// key, or whom a mail address or an account leads to, whose hash is the key. It holds ids alone. Whether somebody still belongs here is
/// for the person's own record to say, so nobody is ever taken off.
/// </summary>
public sealed class Roll : IAggregate<Roll>
{
    /// <summary>In one command, so that an import shares commits and no event grows without bound.</summary>
    public const int MostAtOnce = 1_000;

    private readonly Guid _key;
    private readonly List<ParticipantId> _inOrder = [];
    private readonly HashSet<ParticipantId> _people = [];

    private Roll(Guid key) => _key = key;

    public static string Kind => "roll";

    public static int SnapshotVersion => 1;

    /// <summary>In the order they were entered.</summary>
    public IReadOnlyList<ParticipantId> People => _inOrder;

    public static Roll Create(Guid key) => new(key);

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        EnterOnRoll when !IsKeptBy(context.Actor) => SessionFaults.Forbidden,
        EnterOnRoll { People.Count: > MostAtOnce } => ParticipantFaults.TooMany(MostAtOnce),
        EnterOnRoll enter => enter.People.Where(person => !_people.Contains(person)).Distinct().ToList() is { Count: > 0 } fresh
            ? Decision.Raise(new EnteredOnRoll(fresh))
            : Decision.Nothing,
        _ => SessionFaults.CommandUnknown,
    };

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case EnteredOnRoll e:
                Add(e.People);
                break;
            case CommandNoted:
                break;
            default:
                throw new InvalidOperationException($"A roll does not know the event {happened?.GetType().Name}.");
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(new RollSnapshot(_inOrder), DomainJson.Default.RollSnapshot);

    public static Roll Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.RollSnapshot) ?? throw new JsonException("A roll's snapshot is empty.");
        var roll = new Roll(key);
        roll.Add(saved.People);
        return roll;
    }

    /// <summary>Those of addresses and accounts are the server's own, who sends as the administrator.</summary>
    private bool IsKeptBy(Actor actor) =>
        actor.Role == Role.Admin
        || (actor.Role == Role.Host && actor.Conference.Value == _key)
        || (actor.Role == Role.Secretary && actor.Network.Value == _key);

    private void Add(IEnumerable<ParticipantId> people)
    {
        foreach (var person in people)
        {
            if (_people.Add(person))
            {
                _inOrder.Add(person);
            }
        }
    }
}

/// <summary>A roll's state as it is saved.</summary>
public sealed record RollSnapshot(IReadOnlyList<ParticipantId> People);
