namespace Summit.Domain.Integrations;

// On disk for ever, like all events.

[EventName("integration.key-issued.v1")]
public sealed record KeyIssued(LinkId Key, string Name, IReadOnlyList<Scope> Scopes, string Hash, DateTimeOffset? Expires) : IEvent;

[EventName("integration.key-revoked.v1")]
public sealed record KeyRevoked(LinkId Key) : IEvent;

/// <summary>For the first time on this day.</summary>
[EventName("integration.key-used.v1")]
public sealed record KeyUsed(LinkId Key) : IEvent;

[EventName("integration.hook-added.v1")]
public sealed record HookAdded(HookId Hook, string Address, IReadOnlyList<Occasion> Occasions, string Secret) : IEvent;

[EventName("integration.hook-dropped.v1")]
public sealed record HookDropped(HookId Hook) : IEvent;

/// <param name="Why">What was answered last.</param>
[EventName("integration.hook-switched-off.v1")]
public sealed record HookSwitchedOff(HookId Hook, string Why) : IEvent;

[EventName("integration.hook-switched-on.v1")]
public sealed record HookSwitchedOn(HookId Hook) : IEvent;

[EventName("integration.delivery-asked.v1")]
public sealed record DeliveryAsked(HookId Hook, DeliveryId? Again) : IEvent;

[EventName("integration.delivery-attempted.v1")]
public sealed record DeliveryAttempted(HookId Hook, DeliveryId Delivery, Happening Of, string? Failure, DateTimeOffset? Next, long? Asked) : IEvent;

[EventName("integration.carrier-named.v1")]
public sealed record CarrierNamed(Guid Server, DateTimeOffset Until) : IEvent;

[EventName("integration.hosts-allowed.v1")]
public sealed record HostsAllowed(IReadOnlyList<string> Hosts) : IEvent;
