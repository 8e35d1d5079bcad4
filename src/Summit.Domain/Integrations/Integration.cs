using System.Collections.Immutable;
using System.Text.Json;
using Summit.Domain.Sessions;

namespace Summit.Domain.Integrations;

/// <summary>What other programs may do with a conference, what they are told, and whose pages may show it. Its key is the conference's.</summary>
/// <remarks>What it holds is immutable, so that a copy costs nothing: those who read keep one while this goes on. Integration.Hooks.cs has who is told what, Integration.Frames.cs who may show it.</remarks>
public sealed partial class Integration : IAggregate<Integration>
{
    private const int LongestName = 80;

    /// <summary>Those that were revoked are kept too: the audit names them.</summary>
    private const int MostKeys = 100;

    private ImmutableDictionary<LinkId, ApiKey> _keys = ImmutableDictionary<LinkId, ApiKey>.Empty;

    private Integration(Guid key) => Conference = new ConferenceId(key);

    public static string Kind => "integration";

    public static int SnapshotVersion => 3;

    public ConferenceId Conference { get; }

    public IEnumerable<ApiKey> Keys => _keys.Values;

    public static Integration Create(Guid key) => new(key);

    /// <summary>The state as it is now, for those who read on while this one changes.</summary>
    public Integration Copy() => (Integration)MemberwiseClone();

    public ApiKey? FindKey(LinkId id) => _keys.GetValueOrDefault(id);

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        NoteKeyUse or TakeHooks or RecordAttempt when context.Actor.Role != Role.Admin => SessionFaults.Forbidden,
        _ when !Conferences.Conference.IsRunBy(context.Actor, Conference) => SessionFaults.Forbidden,
        IssueKey issue => Decide(issue, context.Now),
        RevokeKey revoke => FindKey(revoke.Key) switch
        {
            null => IntegrationFaults.KeyUnknown,
            { Revoked: true } => Decision.Nothing,
            var key => Decision.Raise(new KeyRevoked(key.Id)),
        },
        NoteKeyUse note => FindKey(note.Key) switch
        {
            null => IntegrationFaults.KeyUnknown,
            { Used: { } used } when used >= DayOf(context.Now) => Decision.Nothing,
            var key => Decision.Raise(new KeyUsed(key.Id)),
        },
        AllowHosts allow => Decide(allow),
        _ => DecideOnHooks(command, context.Now),
    };

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case KeyIssued e:
                _keys = _keys.Add(e.Key, new ApiKey(e.Key, e.Name, e.Scopes, e.Hash, context.At, e.Expires));
                break;
            case KeyRevoked e:
                _keys = _keys.SetItem(e.Key, _keys[e.Key] with { Revoked = true });
                break;
            case KeyUsed e:
                _keys = _keys.SetItem(e.Key, _keys[e.Key] with { Used = DayOf(context.At) });
                break;
            case HostsAllowed e:
                Hosts = [.. e.Hosts];
                break;
            case CommandNoted:
                break;
            default:
                ApplyToHooks(happened, context);
                break;
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new IntegrationSnapshot([.. _keys.Values.OrderBy(key => key.Id.Value)], [.. _hooks.Values.OrderBy(hook => hook.Id.Value)], Carrier, Hosts), DomainJson.Default.IntegrationSnapshot);

    public static Integration Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.IntegrationSnapshot) ?? throw new JsonException("An integration's snapshot is empty.");
        return new Integration(key)
        {
            _keys = saved.Keys.ToImmutableDictionary(one => one.Id),
            _hooks = saved.Hooks.ToImmutableDictionary(hook => hook.Id),
            Carrier = saved.Carrier,
            Hosts = [.. saved.Hosts],
        };
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private Decision Decide(IssueKey command, DateTimeOffset now)
    {
        var name = Text.CleanLine(command.Name);
        return command switch
        {
            { Hash: var hash } when hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) => IntegrationFaults.KeyMalformed,
            _ when name.Length == 0 || Text.Length(name) > LongestName => IntegrationFaults.KeyMalformed,
            { Scopes: [] } => IntegrationFaults.KeyMalformed,
            { Expires: { } expires } when expires <= now => IntegrationFaults.KeyMalformed,
            _ when _keys.ContainsKey(command.Key) => IntegrationFaults.KeyExists,
            _ when _keys.Count >= MostKeys => IntegrationFaults.TooMany(MostKeys),
            _ => Decision.Raise(new KeyIssued(command.Key, name, [.. command.Scopes.Distinct().Order()], command.Hash, command.Expires)),
        };
    }
}

/// <summary>An integration's state as it is saved.</summary>
public sealed record IntegrationSnapshot(IReadOnlyList<ApiKey> Keys, IReadOnlyList<Hook> Hooks, CarrierNamed? Carrier, IReadOnlyList<string> Hosts);
