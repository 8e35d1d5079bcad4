namespace Summit.Domain.Integrations;

// On disk for ever, like all events.

[EventName("integration.key-issued.v1")]
public sealed record KeyIssued(LinkId Key, string Name, IReadOnlyList<Scope> Scopes, string Hash, DateTimeOffset? Expires) : IEvent;

[EventName("integration.key-revoked.v1")]
public sealed record KeyRevoked(LinkId Key) : IEvent;

/// <summary>For the first time on this day.</summary>
[EventName("integration.key-used.v1")]
public sealed record KeyUsed(LinkId Key) : IEvent;
