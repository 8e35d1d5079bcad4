using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>
/// The journal in one SQLite file. A batch is one transaction, on disk before its task completes; reads go on beside it and
/// while nothing can be written. After a failure the next call starts on a fresh connection, so it works when the disk does.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    /// <summary>
    /// How many records the start checks. An unclean end can only have hurt the end of the file, and 10,000 records are read in well
    /// under 0.1 s, while a million would take seconds. Older damage is found by the read that meets it, and by <see cref="VerifyAsync"/>.
    /// </summary>
    internal const int CheckedAtStart = 10_000;

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

    /// <summary>
    /// Checks the whole file: its structure, the checksum of every record, and that no stream has a gap. Takes seconds for each
    /// million records; reads and writes go on meanwhile.
    /// </summary>
    /// <returns>A line for everything that is wrong, records named by stream and version; empty if all is well.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        wrong.AddRange(await _readers.RunAsync(reader => reader.CheckStructure(), "The file", cancellationToken));
        for (var position = 0L; position >= 0;)
        {
            var after = position;
            position = await _readers.RunAsync(
                reader => reader.CheckRecords(after, CheckedAtStart, wrong), $"The file after position {after}", cancellationToken);
        }

        return wrong;
    }

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

    private async Task CheckNewestAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        await _readers.RunAsync(
            reader => reader.CheckRecords(reader.LastPosition() - CheckedAtStart, CheckedAtStart, wrong), "The newest records", cancellationToken);
        foreach (var line in wrong)
        {
            Log.Damaged(_logger, line);
        }
    }

    private T Write<T>(Func<SqliteWriter, T> work)
    {
        try
        {
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
            if (e is not SqliteException sqlite)
            {
                throw;
            }

            var fault = SqliteFaults.Translate(sqlite, "The journal");
            if (!_unavailable && fault is JournalUnavailableException)
            {
                _unavailable = true;
                Log.Unwritable(_logger, fault);
            }

            throw fault;
        }
    }
}
