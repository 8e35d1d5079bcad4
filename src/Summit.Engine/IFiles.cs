namespace Summit.Engine;

/// <summary>
/// Files beside the journal, each under an id that is used once. What they are, and whether they are handed out at all, the events
/// say: a file that no event names is nothing. Thread-safe.
/// </summary>
/// <exception cref="JournalUnavailableException">The store is away or full; the same call may succeed later.</exception>
public interface IFiles
{
    /// <summary>Keeps a file; it is durable on return. The same id again puts the new content in place of the old, whole or not at all.</summary>
    Task KeepAsync(Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The whole of it; null where there is none.</summary>
    Task<byte[]?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Lets it go; nothing if there is none.</summary>
    Task DropAsync(Guid id, CancellationToken cancellationToken);
}
