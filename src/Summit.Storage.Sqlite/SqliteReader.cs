using Microsoft.Data.Sqlite;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>A read-only connection with its statements, for one caller at a time. Checks what it reads.</summary>
internal sealed class SqliteReader(string path) : IDisposable
{
    private readonly SqliteConnection _connection = SqliteSchema.Open(path, SqliteOpenMode.ReadOnly);
    private Statement? _records;
    private Statement? _heads;
    private Statement? _snapshot;
    private Statement? _byPosition;

    public IReadOnlyList<JournalRecord> Read(AggregateId stream, long after, int limit)
    {
        _records ??= new Statement(
            _connection,
            """
            SELECT version, type, data, at, actor, command, checksum FROM records
            WHERE stream = (SELECT id FROM streams WHERE key = ?1 AND kind = ?2) AND version > ?3 ORDER BY version LIMIT ?4
            """);
        var records = new List<JournalRecord>();
        var key = StoredRecord.Bytes(stream.Key);
        using var rows = _records.Query(key, stream.Kind, after, limit);
        while (rows.Read())
        {
            var version = rows.GetInt64(0);
            if (version != ++after)
            {
                throw new JournalCorruptException($"{stream} version {after} is missing; the next one there is {version}.");
            }

            records.Add(Decode(rows, stream.Kind, key)?.ToRecord()
                ?? throw new JournalCorruptException($"{stream} version {version} does not match its checksum."));
        }

        return records;
    }

    public IReadOnlyList<StreamHead> List()
    {
        _heads ??= new Statement(
            _connection, "SELECT kind, key, (SELECT max(version) FROM records WHERE stream = streams.id) AS version FROM streams WHERE version IS NOT NULL");
        var heads = new List<StreamHead>();
        using var rows = _heads.Query();
        while (rows.Read())
        {
            heads.Add(new StreamHead(new AggregateId(rows.GetString(0), new Guid(rows.GetFieldValue<byte[]>(1), bigEndian: true)), rows.GetInt64(2)));
        }

        return heads;
    }

    public Snapshot? LoadSnapshot(AggregateId stream)
    {
        _snapshot ??= new Statement(
            _connection,
            "SELECT version, format, data, checksum FROM snapshots WHERE stream = (SELECT id FROM streams WHERE key = ?1 AND kind = ?2)");
        var key = StoredRecord.Bytes(stream.Key);
        using var row = _snapshot.Query(key, stream.Kind);
        if (!row.Read())
        {
            return null;
        }

        return row.GetValue(0) is long version && row.GetValue(1) is string format && row.GetValue(2) is byte[] data
            && row.GetValue(3) is long checksum && checksum == Checksum.OfSnapshot(stream.Kind, key, version, format, data)
            ? new Snapshot(version, format, data)
            : throw new JournalCorruptException($"The snapshot of {stream} does not match its checksum.");
    }

    /// <summary>The position of the newest record; 0 if there is none.</summary>
    public long LastPosition() => SqliteSchema.Number(_connection, "SELECT coalesce(max(position), 0) FROM records");

    /// <summary>Checks up to <paramref name="limit"/> records in the order of writing.</summary>
    /// <returns>The position to go on from; -1 at the end.</returns>
    public long CheckRecords(long after, int limit, List<string> wrong)
    {
        _byPosition ??= new Statement(
            _connection,
            """
            SELECT version, type, data, at, actor, command, checksum, position, kind, key
            FROM records LEFT JOIN streams ON streams.id = stream WHERE position > ?1 ORDER BY position LIMIT ?2
            """);
        var count = 0;
        using var rows = _byPosition.Query(after, limit);
        for (; rows.Read(); count++)
        {
            after = rows.GetInt64(7);
            if (rows.GetValue(8) is not string kind || rows.GetValue(9) is not byte[] { Length: 16 } key)
            {
                wrong.Add($"The record at position {after} belongs to no stream.");
            }
            else if (Decode(rows, kind, key) is null)
            {
                var stream = new AggregateId(kind, new Guid(key, bigEndian: true));
                wrong.Add($"{stream} version {rows.GetValue(0)} does not match its checksum.");
            }
        }

        return count < limit ? -1 : after;
    }

    /// <summary>Checks the pages of the file and the numbering of every stream.</summary>
    public IReadOnlyList<string> CheckStructure()
    {
        var wrong = new List<string>();
        using (var rows = new Statement(_connection, "PRAGMA integrity_check").Query())
        {
            while (rows.Read())
            {
                if (rows.GetString(0) is not "ok" and var line)
                {
                    wrong.Add(line);
                }
            }
        }

        var gaps = new Statement(
            _connection,
            """
            SELECT stream, kind, key, n FROM (SELECT stream, count(*) AS n, min(version) AS first, max(version) AS last FROM records GROUP BY stream)
            LEFT JOIN streams ON streams.id = stream WHERE first <> 1 OR last <> n
            """);
        using (var rows = gaps.Query())
        {
            while (rows.Read())
            {
                wrong.Add($"{Name(rows)} has gaps among its {rows.GetValue(3)} records.");
            }
        }

        return wrong;
    }

    public void Dispose() => _connection.Dispose();

    private static string Name(SqliteDataReader row) =>
        row.GetValue(1) is string kind && row.GetValue(2) is byte[] { Length: 16 } key
            ? new AggregateId(kind, new Guid(key, bigEndian: true)).ToString()
            : $"Stream {row.GetValue(0)}";

    // Null if the row cannot be what was written. Nothing is trusted before the checksum has been compared, not even a column's type.
    private static StoredRecord? Decode(SqliteDataReader row, string kind, ReadOnlySpan<byte> key) =>
        row.GetValue(0) is long version && row.GetValue(1) is string type && row.GetValue(2) is byte[] data && row.GetValue(3) is long at
        && row.GetValue(4) is byte[] { Length: 16 } actor && row.GetValue(5) is byte[] { Length: 16 } command && row.GetValue(6) is long checksum
        && new StoredRecord(version, type, data, at, actor, command) is var record && checksum == Checksum.OfRecord(kind, key, record)
            ? record
            : null;
}
