using Npgsql;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>Checks what was read before it is given out.</summary>
internal static class Rows
{
    public static async Task<IReadOnlyList<JournalRecord>> RecordsAsync(NpgsqlDataReader rows, AggregateId stream, long after, CancellationToken cancellationToken)
    {
        var records = new List<JournalRecord>();
        var key = StoredRecord.Bytes(stream.Key);
        while (await rows.ReadAsync(cancellationToken))
        {
            var row = new StoredRecord(
                rows.GetInt64(0),
                rows.GetString(1),
                rows.GetFieldValue<byte[]>(2),
                rows.GetInt64(3),
                StoredRecord.Bytes(rows.GetGuid(4)),
                StoredRecord.Bytes(rows.GetGuid(5)));
            if (row.Version != ++after)
            {
                throw new JournalCorruptException($"{stream} version {after} is missing; the next one there is {row.Version}.");
            }

            if (rows.GetInt64(6) != Checksum.OfRecord(stream.Kind, key, row))
            {
                throw new JournalCorruptException($"{stream} version {after} does not match its checksum.");
            }

            records.Add(row.ToRecord());
        }

        return records;
    }

    public static async Task<IReadOnlyList<StreamHead>> HeadsAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var heads = new List<StreamHead>();
        while (await rows.ReadAsync(cancellationToken))
        {
            heads.Add(new StreamHead(new AggregateId(rows.GetString(0), rows.GetGuid(1)), rows.GetInt64(2)));
        }

        return heads;
    }

    /// <summary>Null if there is none.</summary>
    public static async Task<Snapshot?> SnapshotAsync(NpgsqlDataReader rows, AggregateId stream, CancellationToken cancellationToken)
    {
        if (!await rows.ReadAsync(cancellationToken))
        {
            return null;
        }

        var snapshot = new Snapshot(rows.GetInt64(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
        return rows.GetInt64(3) == Checksum.OfSnapshot(stream.Kind, StoredRecord.Bytes(stream.Key), snapshot.Version, snapshot.Format, snapshot.Data.Span)
            ? snapshot
            : throw new JournalCorruptException($"The snapshot of {stream} does not match its checksum.");
    }
}
