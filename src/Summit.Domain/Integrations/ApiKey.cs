namespace Summit.Domain.Integrations;

/// <summary>What a program may do with a key; who else may do it stands in docs/roles.md.</summary>
public enum Scope
{
    /// <summary>Sees the programme and the sessions as everybody does who has joined.</summary>
    Read,

    /// <summary>Sees and does in the sessions what a moderator does.</summary>
    Moderate,

    /// <summary>Sees and decides the registrations, and lets people in at the door.</summary>
    People,
}

/// <summary>The key of a program, one by one revocable.</summary>
/// <param name="Used">The last day on which it was used, in UTC; null for never.</param>
public sealed record ApiKey(
    LinkId Id, string Name, IReadOnlyList<Scope> Scopes, string Hash, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked = false, DateOnly? Used = null);
