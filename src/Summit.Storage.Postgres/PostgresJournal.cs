using Microsoft.Extensions.Logging;
using Npgsql;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>
/// The journal in PostgreSQL; any number of servers may share it. A batch is one transaction in one round trip. The streams it
/// writes are locked before their versions are compared, and a record's primary key is its stream and version, so of two servers that
/// write one stream the second is told so, and the rest of its batch is kept. After a failure the next call starts on a fresh
/// connection, so it works when the database does.
/// </summary>
public sealed class PostgresJournal : IJournal
{
    /// <summary>Between two tries to start; the first comes sooner.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource _source;
    private readonly string _place;
    private readonly ILogger<PostgresJournal> _logger;
    private volatile bool _started;
    private volatile bool _disposed;
    private int _unwritable;

    private PostgresJournal(NpgsqlConnectionStringBuilder connection, ILogger<PostgresJournal> logger)
    {
        _source = PostgresSource.Create(connection);
        _place = PostgresSource.Place(connection);
        _logger = logger;
        Agreements = new PostgresAgreements(this);
        Files = new PostgresFiles(this);
    }

    /// <summary>What the servers that share this journal agree on.</summary>
    public IAgreements Agreements { get; }

    public IFiles Files { get; }

    /// <summary>A journal that is unavailable until <see cref="StartAsync"/> has found its database.</summary>
    /// <param name="connectionString">As Npgsql has it. Sizes of pools and times to wait are the journal's own and replace what it says.</param>
    /// <exception cref="ArgumentException">The connection string cannot be right.</exception>
    public static PostgresJournal Create(string connectionString, ILogger<PostgresJournal> logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        ArgumentNullException.ThrowIfNull(logger);
        return new PostgresJournal(PostgresSource.Parse(connectionString), logger);
    }

    /// <summary>One that can be used: <see cref="Create"/>, then <see cref="StartAsync"/>.</summary>
    public static async Task<PostgresJournal> OpenAsync(string connectionString, ILogger<PostgresJournal> logger, CancellationToken cancellationToken)
    {
        var journal = Create(connectionString, logger);
        try
        {
            await journal.StartAsync(cancellationToken);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Cancellation is heard until the batch is sent; from then on the outcome is always told.</remarks>
    public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var commands = AppendCommands.Of(batch);
        return await WriteAsync(commands, reader => AppendCommands.AnswersAsync(reader, batch.Count), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return QueryAsync(
            $"{stream} after version {after}",
            new NpgsqlBatchCommand(Statements.Read)
            {
                Parameters = { Parameter.Of(stream.Key), Parameter.Of(stream.Kind), Parameter.Of(after), Parameter.Of(limit) },
            },
            rows => Rows.RecordsAsync(rows, stream, after, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken) =>
        QueryAsync("The list of streams", new NpgsqlBatchCommand(Statements.List), rows => Rows.HeadsAsync(rows, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken)
    {
        try
        {
            return await QueryAsync(
                $"The snapshot of {stream}",
                new NpgsqlBatchCommand(Statements.LoadSnapshot) { Parameters = { Parameter.Of(stream.Key), Parameter.Of(stream.Kind) } },
                rows => Rows.SnapshotAsync(rows, stream, cancellationToken),
                cancellationToken);
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
        var data = StoredRecord.Bytes(snapshot.Data);
        long checksum = Checksum.OfSnapshot(stream.Kind, StoredRecord.Bytes(stream.Key), snapshot.Version, snapshot.Format, data);
        return WriteAsync(
            [
                AppendCommands.NameStreams([stream]),
                new NpgsqlBatchCommand(Statements.SaveSnapshot)
                {
                    Parameters =
                    {
                        Parameter.Of(stream.Key), Parameter.Of(stream.Kind), Parameter.Of(snapshot.Version), Parameter.Of(snapshot.Format),
                        Parameter.Of(data), Parameter.Of(checksum),
                    },
                },
            ],
            rows => rows.NextResultAsync(CancellationToken.None),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        ThrowIfNotOpen();
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                await using var rewrite = RecordColumns.Rewrite(stream, records);
                (rewrite.Connection, rewrite.Transaction) = (connection, transaction);
                if ((long)(await rewrite.ExecuteScalarAsync(CancellationToken.None))! != records.Count)
                {
                    throw new ArgumentException($"{stream} has no such records.", nameof(records));
                }

                await transaction.CommitAsync(CancellationToken.None);
            }

            // As long as it takes: a large table is gone through page by page.
            await using var clean = new NpgsqlCommand(Statements.Clean, connection) { CommandTimeout = 0 };
            await clean.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception e) when (Translate(e, $"Rewriting {stream}") is var fault && fault != e)
        {
            throw fault;
        }
    }

    /// <summary>What is under way is finished; its connections are closed after it.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _source.DisposeAsync();
    }

    /// <summary>
    /// Connects and brings the schema up to date. Waits for a database that is not there yet, or cannot be used, until cancelled, with a line
    /// in the log for each try: servers and database may start in any order.
    /// </summary>
    /// <exception cref="JournalCorruptException">The schema is no journal, or was written by a newer Summit.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await PostgresSchema.MigrateAsync(_source, PostgresSchema.Steps, cancellationToken);
                _started = true;
                Log.Opened(_logger, _place);
                return;
            }
            catch (Exception e) when (e is not (OperationCanceledException or JournalCorruptException))
            {
                var fault = Translate(e, "It cannot be used");
                if (fault == e)
                {
                    throw;
                }

                if (fault is not JournalUnavailableException)
                {
                    throw fault;
                }

                cancellationToken.ThrowIfCancellationRequested();
                Log.Waiting(_logger, _place, pause.TotalSeconds, fault.Message);
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>
    /// Runs the commands in one transaction, sent at once. It is committed when the last answer has been read to its end, and not
    /// before: the commit comes after the last command's own answer.
    /// </summary>
    private async Task<T> WriteAsync<T>(
        IReadOnlyCollection<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, Task<T>> answer, CancellationToken cancellationToken)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            T result;
            await using (var connection = await _source.OpenConnectionAsync(cancellationToken))
            {
                await using var batch = BatchOf(connection, commands);
                await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
                result = await answer(reader);
            }

            if (Interlocked.Exchange(ref _unwritable, 0) == 1)
            {
                Log.Writable(_logger);
            }

            return result;
        }
        catch (Exception e)
        {
            var fault = Translate(e, "The journal");
            if (fault is JournalUnavailableException && Interlocked.Exchange(ref _unwritable, 1) == 0)
            {
                Log.Unwritable(_logger, fault);
            }

            if (fault == e)
            {
                throw;
            }

            throw fault;
        }
    }

    private async Task<T> QueryAsync<T>(
        string what, NpgsqlBatchCommand command, Func<NpgsqlDataReader, Task<T>> decode, CancellationToken cancellationToken)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using var batch = BatchOf(connection, [command]);
            await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
            return await decode(rows);
        }
        catch (Exception e)
        {
            var fault = Translate(e, what);
            if (fault == e)
            {
                throw;
            }

            throw fault;
        }
    }

    /// <summary>For the few things that are not awaited.</summary>
    internal T Run<T>(string what, Func<NpgsqlConnection, T> use)
    {
        ThrowIfNotOpen();
        try
        {
            using var connection = _source.OpenConnection();
            return use(connection);
        }
        catch (Exception e)
        {
            var fault = Translate(e, what);
            if (fault == e)
            {
                throw;
            }

            throw fault;
        }
    }

    private void ThrowIfNotOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_started)
        {
            throw new JournalUnavailableException($"PostgreSQL at {_place} has not been reached yet.");
        }
    }

    private static NpgsqlBatch BatchOf(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = connection.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    // When one connection is of no use the others are likely to be dead as well: those that lie idle are given up, so that the
    // next call does not meet one after another.
    private Exception Translate(Exception error, string what)
    {
        var fault = PostgresFaults.Translate(error, what);
        if (fault is JournalUnavailableException && fault != error && !_disposed)
        {
            _source.Clear();
        }

        return fault;
    }
}
