using Microsoft.Data.Sqlite;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>The connection that writes, with its statements. After any exception it must be closed and not used again.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private Statement? _find;
    private Statement? _addStream;
    private Statement? _addRecord;
    private Statement? _putSnapshot;
    private Statement? _rewrite;

    private SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;

        // Immediate: the write lock is held before the stream's version is read, so nothing can come between.
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
    }

    public static SqliteWriter Open(string path)
    {
        var connection = SqliteSchema.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            // FULL: each commit is synced to disk before it is reported, and before any reader sees it.
            SqliteSchema.Execute(connection, "PRAGMA synchronous = FULL");

            // What is deleted or replaced is overwritten in the file: a snapshot that a newer one replaces may hold words that have to go one
            // day. Appends delete nothing and cost the same.
            SqliteSchema.Execute(connection, "PRAGMA secure_delete = ON");

            // A WAL that grew (a long read kept it from being emptied) is cut back to this, in bytes, once it has been.
            SqliteSchema.Execute(connection, "PRAGMA journal_size_limit = 67108864");
            return new SqliteWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Readies the file for use: schema, then WAL, so that a file that is not ours is left as it is.</summary>
    public void Prepare()
    {
        SqliteSchema.Migrate(_connection, SqliteSchema.Steps);
        SqliteSchema.Execute(_connection, "PRAGMA journal_mode = WAL");
    }

    /// <summary>Syncs the WAL, then takes over what is in it; does not wait for readers.</summary>
    public void Checkpoint() => SqliteSchema.Execute(_connection, "PRAGMA wal_checkpoint(PASSIVE)");

    /// <summary>Writes what fits in one transaction. The answer is true for what is durable.</summary>
    public IReadOnlyList<bool> Append(IReadOnlyList<Append> batch)
    {
        var answers = new bool[batch.Count];
        var heads = new Dictionary<AggregateId, Head>();
        _begin.Execute();
        for (var i = 0; i < batch.Count; i++)
        {
            var append = batch[i];
            if (!heads.TryGetValue(append.Stream, out var head))
            {
                heads[append.Stream] = head = Find(append.Stream);
            }

            // No conflict can come later: the lock is ours, and the unique index would sooner fail than take a second record.
            if (answers[i] = head.Version == append.Expected)
            {
                Add(append, head);
            }
        }

        _commit.Execute();
        return answers;
    }

    /// <summary>Puts the snapshot in the place of an older one.</summary>
    public bool SaveSnapshot(AggregateId stream, Snapshot snapshot)
    {
        _putSnapshot ??= new Statement(
            _connection,
            """
            INSERT INTO snapshots (stream, version, format, data, checksum) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (stream) DO UPDATE SET version = ?2, format = ?3, data = ?4, checksum = ?5 WHERE version <= ?2
            """);
        _begin.Execute();
        var head = Find(stream);
        var data = StoredRecord.Bytes(snapshot.Data);
        _putSnapshot.Execute(
            Id(head, stream),
            snapshot.Version,
            snapshot.Format,
            data,
            (long)Checksum.OfSnapshot(stream.Kind, StoredRecord.Bytes(stream.Key), snapshot.Version, snapshot.Format, data));
        _commit.Execute();
        return true;
    }

    /// <summary>Replaces the data of records in one transaction.</summary>
    /// <exception cref="ArgumentException">There is no such record; the transaction is left to be rolled back.</exception>
    public bool Rewrite(AggregateId stream, IReadOnlyList<JournalRecord> records)
    {
        _rewrite ??= new Statement(
            _connection,
            """
            UPDATE records SET data = ?1, checksum = ?2
            WHERE stream = ?3 AND version = ?4 AND type = ?5 AND at = ?6 AND actor = ?7 AND command = ?8 RETURNING version
            """);
        var key = StoredRecord.Bytes(stream.Key);
        _begin.Execute();
        var id = Find(stream).Id;
        foreach (var record in records)
        {
            var row = StoredRecord.Of(record);
            var checksum = (long)Checksum.OfRecord(stream.Kind, key, row);
            using var replaced = _rewrite.Query(row.Data, checksum, id, row.Version, row.Type, row.At, row.Actor, row.Command);
            if (!replaced.Read())
            {
                throw new ArgumentException($"{stream} has no such version {record.Version}.", nameof(records));
            }
        }

        _commit.Execute();
        return true;
    }

    /// <summary>Moves everything from the WAL into the file and cuts the WAL to nothing: it holds each page as it was at each commit.</summary>
    /// <returns>False if a reader or another process is in the way.</returns>
    public bool EmptyLog() => SqliteSchema.Number(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    public void Dispose() => _connection.Dispose();

    private Head Find(AggregateId stream)
    {
        _find ??= new Statement(
            _connection,
            "SELECT id, (SELECT max(version) FROM records WHERE stream = streams.id) FROM streams WHERE key = ?1 AND kind = ?2");
        using var row = _find.Query(StoredRecord.Bytes(stream.Key), stream.Kind);
        return row.Read() ? new Head { Id = row.GetInt64(0), Version = row.IsDBNull(1) ? 0 : row.GetInt64(1) } : new Head();
    }

    private void Add(Append append, Head head)
    {
        _addRecord ??= new Statement(
            _connection,
            "INSERT INTO records (stream, version, type, data, at, actor, command, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        var id = Id(head, append.Stream);
        var key = StoredRecord.Bytes(append.Stream.Key);
        foreach (var record in append.Records)
        {
            var row = StoredRecord.Of(record);
            var checksum = (long)Checksum.OfRecord(append.Stream.Kind, key, row);
            _addRecord.Execute(id, row.Version, row.Type, row.Data, row.At, row.Actor, row.Command, checksum);
            head.Version = row.Version;
        }
    }

    private long Id(Head head, AggregateId stream)
    {
        if (head.Id == 0)
        {
            _addStream ??= new Statement(_connection, "INSERT INTO streams (key, kind) VALUES (?1, ?2) RETURNING id");
            using var row = _addStream.Query(StoredRecord.Bytes(stream.Key), stream.Kind);
            row.Read();
            head.Id = row.GetInt64(0);
        }

        return head.Id;
    }

    /// <summary>Where a stream stands within the transaction. Id 0: it has no row yet.</summary>
    private sealed class Head
    {
        public long Id { get; set; }

        public long Version { get; set; }
    }
}
