namespace Summit.Storage.Postgres;

/// <summary>Every statement the journal sends, prepared on each connection once it has been used twice.</summary>
internal static class Statements
{
    /// <summary>
    /// Names streams that have no row yet. Sorted, so that of two writers with the same new streams one waits for the other and none
    /// for each other.
    /// </summary>
    public const string NameStreams =
        """
        INSERT INTO summit.streams (key, kind)
        SELECT key, kind FROM unnest($1, $2) AS wanted (key, kind)
        WHERE NOT EXISTS (SELECT FROM summit.streams s WHERE s.key = wanted.key AND s.kind = wanted.kind)
        ORDER BY key, kind
        ON CONFLICT DO NOTHING
        """;

    /// <summary>
    /// Locks streams for the rest of the transaction, in the order of their ids: there can be no deadlock. Whoever waits here for
    /// another writer has not looked at any version yet; the statement after this one sees what that writer committed.
    /// </summary>
    public const string LockStreams =
        """
        SELECT count(*) FROM (
            SELECT s.id FROM unnest($1, $2) AS wanted (key, kind) JOIN summit.streams s ON s.key = wanted.key AND s.kind = wanted.kind
            ORDER BY s.id FOR NO KEY UPDATE OF s
        ) AS locked
        """;

    /// <summary>Adds the records whose streams are where they expect them; tells the numbers of the appends that were taken.</summary>
    public const string AddRecords =
        """
        WITH fitting AS MATERIALIZED (
            SELECT r.append, s.id, r.version, r.type, r.data, r.at, r.actor, r.command, r.checksum
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                AS r (append, key, kind, expected, version, type, data, at, actor, command, checksum)
            JOIN summit.streams s ON s.key = r.key AND s.kind = r.kind
            WHERE r.expected = (SELECT coalesce(max(head.version), 0) FROM summit.records head WHERE head.stream = s.id)
        ), added AS (
            INSERT INTO summit.records (stream, version, type, data, at, actor, command, checksum)
            SELECT id, version, type, data, at, actor, command, checksum FROM fitting
        )
        SELECT DISTINCT append FROM fitting
        """;

    public const string Read =
        """
        SELECT version, type, data, at, actor, command, checksum FROM summit.records
        WHERE stream = (SELECT id FROM summit.streams WHERE key = $1 AND kind = $2) AND version > $3 ORDER BY version LIMIT $4
        """;

    /// <summary>A look into the index for each stream, rather than one at every record.</summary>
    public const string List =
        """
        SELECT s.kind, s.key, head.version FROM summit.streams s
        CROSS JOIN LATERAL (SELECT r.version FROM summit.records r WHERE r.stream = s.id ORDER BY r.version DESC LIMIT 1) AS head
        """;

    public const string LoadSnapshot =
        """
        SELECT version, format, data, checksum FROM summit.snapshots
        WHERE stream = (SELECT id FROM summit.streams WHERE key = $1 AND kind = $2)
        """;

    public const string SaveSnapshot =
        """
        INSERT INTO summit.snapshots AS old (stream, version, format, data, checksum)
        SELECT id, $3, $4, $5, $6 FROM summit.streams WHERE key = $1 AND kind = $2
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, format = excluded.format, data = excluded.data, checksum = excluded.checksum
        WHERE old.version <= excluded.version
        """;

    /// <summary>Replaces the data of records that are otherwise the same; tells how many there were.</summary>
    public const string Rewrite =
        """
        WITH replaced AS (
            UPDATE summit.records old SET data = r.data, checksum = r.checksum
            FROM unnest($3, $4, $5, $6, $7, $8, $9) AS r (version, type, data, at, actor, command, checksum)
            WHERE old.stream = (SELECT id FROM summit.streams WHERE key = $1 AND kind = $2) AND old.version = r.version
                AND old.type = r.type AND old.at = r.at AND old.actor = r.actor AND old.command = r.command
            RETURNING old.version
        )
        SELECT count(*) FROM replaced
        """;

    /// <summary>Takes away what updates and replaced snapshots have left behind, once nobody can see it any more.</summary>
    public const string Clean = "VACUUM summit.records, summit.snapshots";
}
