using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;
using static SQLitePCL.raw;

namespace Summit.Storage.Sqlite;

/// <summary>
/// The journal in one SQLite file. A batch is one transaction, on disk before its task completes; reads go on beside it and
/// while nothing can be written. After a failure the next call starts on a fresh connection, so it works when the disk does.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    /// <summary>What the file is called in a data folder.</summary>
    public const string FileName = "summit.db";

    /// <summary>
    /// How many of the newest records the start checks; a file with no more is checked whole. They take about 0.1 s, a million would
    /// take 3. An unclean end can only have hurt the end of the file; older damage is found by the read that meets it, which never
    /// gives out a wrong record, and by <see cref="VerifyAsync"/>.
    /// </summary>
    internal const int CheckedAtStart = 20_000;

    // Between two of these the WAL can be emptied; a longer read would let it grow.
    private const int CheckedAtOnce = 10_000;

    private readonly string _path;
    private readonly ILogger<SqliteJournal> _logger;
    private readonly WriteThread _writes = new();
    private readonly SqliteReaders _readers;

    // Touched on the write thread alone.
    private SqliteWriter? _writer;
    private bool _unavailable;

    private SqliteJournal(string path, ILogger<SqliteJournal> logger)
    {
        _path = path;
        _logger = logger;
        _readers = new SqliteReaders(path);
    }

    /// <summary>
    /// Opens the file, creates it if it is not there (readable by its owner alone: it holds people's words), brings its schema up to
    /// date and checks the newest records. A damaged record is logged by name and does not stop the start: reading its stream will
    /// throw, the other streams are as good as before.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The file cannot be opened or written now.</exception>
    /// <exception cref="JournalCorruptException">The file is no journal, is damaged beyond reading, or was written by a newer Summit.</exception>
    public static async Task<SqliteJournal> OpenAsync(string path, ILogger<SqliteJournal> logger, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(logger);
        var journal = new SqliteJournal(path, logger);
        try
        {
            await journal._writes.RunAsync(journal.Start, cancellationToken);
            await journal.CheckNewestAsync(cancellationToken);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Cancellation is heard until the batch's turn has come; from then on the outcome is always told.</remarks>
    public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var append in batch)
        {
            ThrowIfMisnumbered(append);
        }

        return await _writes.RunAsync(() => Write(writer => writer.Append(batch)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _readers.RunAsync(reader => reader.Read(stream, after, limit), $"{stream} after version {after}", cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken) =>
        _readers.RunAsync(reader => reader.List(), "The list of streams", cancellationToken);

    /// <inheritdoc/>
    public async Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken)
    {
        try
        {
            return await _readers.RunAsync(reader => reader.LoadSnapshot(stream), $"The snapshot of {stream}", cancellationToken);
        }
        catch (JournalCorruptException e)
        {
            // A snapshot only saves work: without it everything is replayed.
            Log.SnapshotIgnored(_logger, stream, e);
            return null;
        }
    }

    /// <inheritdoc/>
    public Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return _writes.RunAsync(() => Write(writer => writer.SaveSnapshot(stream, snapshot)), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Commits wait while it runs.</remarks>
    public async Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (!await _writes.RunAsync(() => Write(writer => writer.Rewrite(stream, records) && writer.EmptyLog()), cancellationToken))
        {
            throw new JournalUnavailableException("The data are replaced, but somebody reads: the log could not be emptied of what they were.");
        }
    }

    /// <summary>
    /// Checks the whole file: its structure, the checksum of every record, and that no stream has a gap. Takes seconds for each
    /// million records; reads and writes go on meanwhile.
    /// </summary>
    /// <returns>A line for everything that is wrong, records named by stream and version; empty if all is well.</returns>
    public Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken) => CheckAsync(0, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The writer goes last: closing the last connection moves the WAL into the file, which a read-only one cannot do.
        await _readers.DisposeAsync();
        await _writes.DisposeAsync();
        _writer?.Dispose();
        _writer = null;
    }

    private static void ThrowIfMisnumbered(Append append)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(append.Expected);
        ArgumentOutOfRangeException.ThrowIfZero(append.Records.Count);
        for (var i = 0; i < append.Records.Count; i++)
        {
            if (append.Records[i].Version != append.Expected + 1 + i)
            {
                throw new ArgumentException($"Record {i} of an append to {append.Stream} is not numbered {append.Expected + 1 + i}.", nameof(append));
            }
        }
    }

    private bool Start()
    {
        try
        {
            SqliteSchema.CreateFile(_path);
            _writer = SqliteWriter.Open(_path);
            _writer.Prepare();
            SyncWhatIsLeft(_writer);
            return true;
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Translate(e, $"The journal {_path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The journal {_path} cannot be created: {e.Message}", e);
        }
    }

    // After kill -9 the WAL may hold a commit that was written but never synced. Recovery takes it as valid, and a power cut could still
    // take it back from those who have read it.
    private void SyncWhatIsLeft(SqliteWriter writer)
    {
        try
        {
            writer.Checkpoint();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLITE_FULL)
        {
            // Synced, but there is no room to take it over: what is there can be read, as it could before the restart.
            _unavailable = true;
            Log.Unwritable(_logger, e);
        }
    }

    private async Task CheckNewestAsync(CancellationToken cancellationToken)
    {
        var last = await _readers.RunAsync(reader => reader.LastPosition(), "The newest record", cancellationToken);
        foreach (var line in await CheckAsync(Math.Max(0, last - CheckedAtStart), cancellationToken))
        {
            Log.Damaged(_logger, line);
        }
    }

    private async Task<IReadOnlyList<string>> CheckAsync(long after, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        try
        {
            if (after == 0)
            {
                wrong.AddRange(await _readers.RunAsync(reader => reader.CheckStructure(), "The file", cancellationToken));
            }

            while (after >= 0)
            {
                var from = after;
                after = await _readers.RunAsync(
                    reader => reader.CheckRecords(from, CheckedAtOnce, wrong), $"The file after position {from}", cancellationToken);
            }
        }
        catch (JournalCorruptException e)
        {
            wrong.Add(e.Message);
        }

        return wrong;
    }

    private T Write<T>(Func<SqliteWriter, T> work)
    {
        try
        {
            ThrowIfTakenAway();
            _writer ??= SqliteWriter.Open(_path);
            var result = work(_writer);
            if (_unavailable)
            {
                _unavailable = false;
                Log.Writable(_logger);
            }

            return result;
        }
        catch (Exception e)
        {
            // Whatever went wrong, a transaction may be half done, and after a failed fsync the connection's own idea of
            // what is on disk is not to be trusted: closing it rolls back, and the next call starts from the file.
            _writer?.Dispose();
            _writer = null;
            var fault = e is SqliteException sqlite ? SqliteFaults.Translate(sqlite, "The journal") : e;
            if (!_unavailable && fault is JournalUnavailableException)
            {
                _unavailable = true;
                Log.Unwritable(_logger, fault);
            }

            if (fault == e)
            {
                throw;
            }

            throw fault;
        }
    }

    // A file that was deleted can be written on as long as it is open, and all of it is lost when it is closed.
    private void ThrowIfTakenAway()
    {
        if (!File.Exists(_path))
        {
            throw new JournalUnavailableException($"The journal {_path} is not there any more.");
        }
    }
}
