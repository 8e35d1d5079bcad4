namespace Summit.Domain.Integrations;

/// <param name="Hash">SHA-256 of the key, lower-case hex. The key itself is never stored.</param>
public sealed record IssueKey(LinkId Key, string Name, IReadOnlyList<Scope> Scopes, string Hash, DateTimeOffset? Expires = null) : ICommand;

public sealed record RevokeKey(LinkId Key) : ICommand;

/// <summary>A key has been used today. Sent by the server itself.</summary>
public sealed record NoteKeyUse(LinkId Key) : ICommand;
