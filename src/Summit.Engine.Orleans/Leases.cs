namespace Summit.Engine.Orleans;

/// <summary>How long a server's wish to follow a cell holds without being renewed, and how often it is renewed.</summary>
public sealed record Leases(TimeSpan Length, TimeSpan Renewal)
{
    /// <summary>
    /// A server that is gone is published to for half a minute more, which costs a failing call a second; three renewals
    /// may fail before a living one is forgotten. A renewal is one call for each followed cell and server.
    /// </summary>
    public static Leases Standard { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));

    /// <summary>After a call that failed. A follower reads the journal meanwhile, so this is how late it is at worst.</summary>
    public static TimeSpan AfterFailure { get; } = TimeSpan.FromMilliseconds(500);
}
