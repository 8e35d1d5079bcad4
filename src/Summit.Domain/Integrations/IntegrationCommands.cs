namespace Summit.Domain.Integrations;

/// <param name="Hash">SHA-256 of the key, lower-case hex. The key itself is never stored.</param>
public sealed record IssueKey(LinkId Key, string Name, IReadOnlyList<Scope> Scopes, string Hash, DateTimeOffset? Expires = null) : ICommand;

public sealed record RevokeKey(LinkId Key) : ICommand;

/// <summary>A key has been used today. Sent by the server itself.</summary>
public sealed record NoteKeyUse(LinkId Key) : ICommand;

/// <param name="Secret">Enciphered by the server; it needs it again with each delivery.</param>
public sealed record AddHook(HookId Hook, string Address, IReadOnlyList<Occasion> Occasions, string Secret) : ICommand;

public sealed record DropHook(HookId Hook) : ICommand;

/// <summary>It goes on where it stood.</summary>
public sealed record SwitchHookOn(HookId Hook) : ICommand;

/// <summary>Delivers something once more, or, without saying what, a test.</summary>
public sealed record AskDelivery(HookId Hook, DeliveryId? Again = null) : ICommand;

/// <summary>One server says that it delivers for a while, so that two do not. Sent by the server itself.</summary>
public sealed record TakeHooks(Guid Server) : ICommand;

/// <summary>Keeps what became of a delivery. Sent by the server itself.</summary>
/// <param name="Failure">Null when it was taken.</param>
/// <param name="Next">When it is to be tried again; null for a failure that is given up, which switches the hook off.</param>
/// <param name="Asked">The number of the event by which a host asked for it; null for what was due.</param>
public sealed record RecordAttempt(
    HookId Hook, DeliveryId Delivery, Happening Of, string? Failure = null, DateTimeOffset? Next = null, long? Asked = null) : ICommand;

/// <summary>All whose pages may show the conference in a frame: what is left out may not.</summary>
/// <param name="Hosts"><c>city.example</c>, <c>city.example:8443</c>, or with <c>https://</c> before.</param>
public sealed record AllowHosts(IReadOnlyList<string> Hosts) : ICommand;
