using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// The store of events: one numbered stream for each aggregate, and its newest snapshot. What happened is only ever added; of what was said
/// with it, words can be taken out. Thread-safe.
/// One process writes through one <see cref="IJournal"/>; several processes may share a store that allows it, and the
/// expected version then decides between them.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Makes a batch of appends durable in one commit. Each append stands for itself: one that does not fit its stream is
    /// reported and left out whole, the others are kept. Appends to one stream are taken in the order given and may build on each other.
    /// When the task completes, what is reported as appended survives the loss of power, and the lists are the caller's to reuse.
    /// </summary>
    /// <returns>For each append, in the order given: true if it is durable, false if its stream was not at the expected version.</returns>
    /// <exception cref="JournalUnavailableException">
    /// Nothing of the batch is known to be durable: disk full, read-only or gone, connection lost. A later call may succeed.
    /// </exception>
    Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> records of a stream after version <paramref name="after"/>, in order and without gaps. Empty at the end.
    /// Never shows a record that a later crash could take back.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="JournalCorruptException">A record is there that cannot be right; the message names it.</exception>
    Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Every stream that holds anything, all as of the same moment, in no particular order.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The newest snapshot, or null if none was ever saved.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken);

    /// <summary>Replaces the snapshot, unless a newer one is there. A snapshot is a saving of work, never a truth of its own.</summary>
    /// <exception cref="JournalUnavailableException">It was not saved.</exception>
    Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>
    /// Puts other data into records that are there: for words that have to go. All else of them stays, and is the same in what is given: version,
    /// type, time, person and command. All of them are replaced, or none. When the task completes that survives the loss of power, and
    /// no call of this journal and no file of an embedded store has the old data any more; docs/privacy.md says what a database keeps beside.
    /// Cut short, the same call again ends it; without records it only does what was left. Appends and reads go on meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such record, or more of it than its data is different: nothing was replaced.</exception>
    /// <exception cref="JournalUnavailableException">It is not known to be done: call again.</exception>
    Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken);
}

/// <summary>New events for the end of one stream: all of them or none.</summary>
/// <param name="Expected">The version the stream must be at: 0 for a stream that does not exist yet.</param>
/// <param name="Records">Numbered from <paramref name="Expected"/> + 1 on, without gaps. Not empty.</param>
public sealed record Append(AggregateId Stream, long Expected, IReadOnlyList<JournalRecord> Records);

/// <summary>A stream with the number of its last record, which is also how many it holds.</summary>
public readonly record struct StreamHead(AggregateId Stream, long Version);

/// <summary>One event as it lies on disk.</summary>
/// <param name="Version">Its number in the stream, from 1.</param>
/// <param name="Type">The event's name, <c>session.item-supported.v1</c>.</param>
/// <param name="Data">The event as UTF-8 JSON.</param>
/// <param name="At">UTC, to the millisecond.</param>
/// <param name="By">Who caused it; empty for the system itself.</param>
/// <param name="Command">The id of the command that led to it.</param>
public sealed record JournalRecord(long Version, string Type, ReadOnlyMemory<byte> Data, DateTimeOffset At, Guid By, Guid Command);

/// <summary>A saved state: what the events up to <paramref name="Version"/> come to.</summary>
/// <param name="Format">Which code wrote it; a reader that does not know the format ignores the snapshot and replays.</param>
public sealed record Snapshot(long Version, string Format, ReadOnlyMemory<byte> Data);

/// <summary>The store cannot be written or read now: disk full, read-only, locked, connection lost. Later it may be.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException()
    {
    }

    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    public JournalUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The store holds something that cannot be right. The message names the stream and the version.</summary>
public sealed class JournalCorruptException : Exception
{
    public JournalCorruptException()
    {
    }

    public JournalCorruptException(string message)
        : base(message)
    {
    }

    public JournalCorruptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
