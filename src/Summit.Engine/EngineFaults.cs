using Summit.Domain;

namespace Summit.Engine;

/// <summary>What the engine itself refuses, whatever the rules would say.</summary>
public static class EngineFaults
{
    /// <summary>More commands are under way than can be answered soon.</summary>
    public static Fault Busy { get; } = new(FaultKind.Busy, "engine.busy", "Very many people are sending right now. Please try again in a moment.");

    /// <summary>The server finishes what it has accepted and takes nothing new.</summary>
    public static Fault Stopping { get; } = new(FaultKind.Busy, "engine.stopping", "The server is restarting. Please try again in a moment.");

    /// <summary>The server where the aggregate lives was lost, and no other has taken over yet.</summary>
    public static Fault Unavailable { get; } =
        new(FaultKind.Busy, "engine.unavailable", "This session is moving to another server. Please try again in a moment.");

    /// <summary>The aggregate lives on a server of an older version, which does not know the command yet.</summary>
    public static Fault Upgrading { get; } =
        new(FaultKind.Busy, "engine.upgrading", "Summit is being updated right now. Please try again in a moment.");

    /// <summary>The journal did not confirm the command's events; whether they were kept, the same command id will tell.</summary>
    public static Fault JournalUnavailable { get; } =
        new(FaultKind.Busy, "journal.unavailable", "Nothing can be saved right now. Please try again in a moment.");

    /// <summary>Without an id a retry could not be told from a second wish.</summary>
    public static Fault NoCommandId { get; } = new(FaultKind.Invalid, "command.no-id", "The command has no id. Please update the app.");
}
