using System.Collections.Immutable;

namespace Summit.Domain.Integrations;

/// <summary>Who is told what happens, and what became of it.</summary>
public sealed partial class Integration
{
    private const int MostHooks = 10;
    private const int LongestAddress = 500;

    /// <summary>Of copies and tests: a host presses a button, not a program.</summary>
    private const int MostAsked = 10;

    /// <summary>How long one server delivers alone. When it is lost, its deliveries wait for so long; programs notice that sooner than people miss a letter.</summary>
    public static readonly TimeSpan HookLease = TimeSpan.FromMinutes(1);

    private ImmutableDictionary<HookId, Hook> _hooks = ImmutableDictionary<HookId, Hook>.Empty;

    public CarrierNamed? Carrier { get; private set; }

    public IEnumerable<Hook> Hooks => _hooks.Values;

    public Hook? FindHook(HookId id) => _hooks.GetValueOrDefault(id);

    private Decision DecideOnHooks(ICommand command, DateTimeOffset now) => command switch
    {
        AddHook add => Decide(add),
        DropHook drop => DecideOn(drop.Hook, _ => Decision.Raise(new HookDropped(drop.Hook))),
        SwitchHookOn on => DecideOn(on.Hook, hook => hook.Off is null ? Decision.Nothing : Decision.Raise(new HookSwitchedOn(on.Hook))),
        AskDelivery ask => DecideOn(ask.Hook, hook =>
            ask.Again is { } again && hook.Find(again) is null ? IntegrationFaults.DeliveryUnknown
            : hook.Asked.Count >= MostAsked ? IntegrationFaults.TooMany(MostAsked)
            : Decision.Raise(new DeliveryAsked(ask.Hook, ask.Again))),
        TakeHooks take => Decide(take, now),
        RecordAttempt record => Decide(record),
        _ => Sessions.SessionFaults.CommandUnknown,
    };

    private Decision DecideOn(HookId id, Func<Hook, Decision> decide) => FindHook(id) is { } hook ? decide(hook) : IntegrationFaults.HookUnknown;

    private Decision Decide(AddHook command) => command switch
    {
        _ when !IsAddress(command.Address) => IntegrationFaults.HookAddress,
        { Occasions: [] } => IntegrationFaults.HookMalformed,
        _ when command.Occasions.Contains(Occasion.Test) => IntegrationFaults.HookMalformed,
        _ when _hooks.ContainsKey(command.Hook) => IntegrationFaults.HookExists,
        _ when _hooks.Count >= MostHooks => IntegrationFaults.TooMany(MostHooks),
        _ => Decision.Raise(new HookAdded(command.Hook, command.Address, [.. command.Occasions.Distinct().Order()], command.Secret)),
    };

    /// <summary>Over https; over http nothing but this machine, which only a server that is told to lets pass.</summary>
    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0;

    private Decision Decide(TakeHooks command, DateTimeOffset now) => Carrier switch
    {
        { } carrier when carrier.Server == command.Server && carrier.Until > now + (HookLease / 2) => Decision.Nothing,
        { } carrier when carrier.Server != command.Server && carrier.Until > now => IntegrationFaults.HooksElsewhere,
        _ => Decision.Raise(new CarrierNamed(command.Server, now + HookLease)),
    };

    private Decision Decide(RecordAttempt command)
    {
        if (FindHook(command.Hook) is null)
        {
            return Decision.Nothing;
        }

        var attempted = new DeliveryAttempted(command.Hook, command.Delivery, command.Of, command.Failure, command.Next, command.Asked);
        return command is { Failure: { } failure and not Hook.NotVisible, Next: null, Asked: null }
            ? Decision.Raise([attempted, new HookSwitchedOff(command.Hook, failure)])
            : Decision.Raise(attempted);
    }

    private void ApplyToHooks(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case HookAdded e:
                _hooks = _hooks.Add(e.Hook, new Hook(e.Hook, e.Address, e.Occasions, e.Secret, context.At, null, ImmutableDictionary<string, long>.Empty, [], []));
                break;
            case HookDropped e:
                _hooks = _hooks.Remove(e.Hook);
                break;
            case HookSwitchedOff e:
                Put(_hooks[e.Hook] with { Off = e.Why });
                break;
            case HookSwitchedOn e:
                Put(_hooks[e.Hook] with { Off = null });
                break;
            case DeliveryAsked e:
                Put(_hooks[e.Hook] with { Asked = _hooks[e.Hook].Asked.Add(new Ask(context.Seq, context.At, e.Again)) });
                break;
            case DeliveryAttempted e:
                Put(_hooks[e.Hook].With(e, context.At));
                break;
            case CarrierNamed e:
                Carrier = e;
                break;
            default:
                throw new InvalidOperationException($"An integration does not know the event {happened?.GetType().Name}.");
        }
    }

    private void Put(Hook hook) => _hooks = _hooks.SetItem(hook.Id, hook);
}
