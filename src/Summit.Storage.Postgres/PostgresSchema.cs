using Npgsql;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>How the tables came to be. They have a schema of their own, so that they can share a database with others.</summary>
internal static class PostgresSchema
{
    // "Smmtjrnl": the lock that servers starting at the same time take turns by.
    private const long Turn = 0x536D_6D74_6A72_6E6C;

    /// <summary>Step n makes version n+1 out of version n (summit.schema_version). Steps are only ever added.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        // A stream's name is kept once; each record carries a small number for it. Its row is also what writers of the stream lock.
        // Records lie in the order of writing; their primary key is the only index.
        """
        CREATE TABLE summit.streams (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text COLLATE "C" NOT NULL,
            key uuid NOT NULL,
            UNIQUE (key, kind)
        );
        CREATE TABLE summit.records (
            stream bigint NOT NULL,
            version bigint NOT NULL,
            type text NOT NULL,
            data bytea NOT NULL,
            at bigint NOT NULL,
            actor uuid NOT NULL,
            command uuid NOT NULL,
            checksum bigint NOT NULL,
            PRIMARY KEY (stream, version)
        );
        CREATE TABLE summit.snapshots (
            stream bigint PRIMARY KEY,
            version bigint NOT NULL,
            format text NOT NULL,
            data bytea NOT NULL,
            checksum bigint NOT NULL
        );
        """,

        // What servers that share the journal have to say alike: keys, the links of the first start.
        """
        CREATE TABLE summit.agreed (
            name text COLLATE "C" PRIMARY KEY,
            text text NOT NULL
        );
        """,

        // What conferences hand out. Compressed already: PostgreSQL need not try.
        """
        CREATE TABLE summit.files (
            id uuid PRIMARY KEY,
            content bytea NOT NULL
        );
        ALTER TABLE summit.files ALTER COLUMN content SET STORAGE EXTERNAL;
        """,
    ];

    /// <summary>Brings the schema up to date in one transaction. Servers starting together take turns; the second finds nothing left to do.</summary>
    /// <exception cref="JournalCorruptException">The schema is somebody else's, or a newer Summit has written it.</exception>
    public static async Task MigrateAsync(NpgsqlDataSource source, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
        var version = await VersionAsync(connection, cancellationToken);
        if (version > steps.Count)
        {
            throw new JournalCorruptException(
                $"The database was written by a newer Summit (schema {version}, this one knows up to {steps.Count}). Start that version, or restore a copy from before the upgrade.");
        }

        if (version == steps.Count)
        {
            return;
        }

        for (; version < steps.Count; version++)
        {
            await ExecuteAsync(connection, steps[version], cancellationToken);
        }

        await ExecuteAsync(connection, $"UPDATE summit.schema_version SET version = {version}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Looked up first: where the tables are there, the user needs no right to create any.
        if (await ScalarAsync(connection, "SELECT to_regclass('summit.schema_version') IS NOT NULL", cancellationToken) is true)
        {
            return (int)(await ScalarAsync(connection, "SELECT version FROM summit.schema_version", cancellationToken)
                ?? throw new JournalCorruptException("The table summit.schema_version is empty."));
        }

        if (await ScalarAsync(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'summit'", cancellationToken) is not 0L)
        {
            throw new JournalCorruptException("There is a schema named summit, but it is not a journal of Summit.");
        }

        if (await ScalarAsync(connection, "SELECT to_regnamespace('summit') IS NULL", cancellationToken) is true)
        {
            await ExecuteAsync(connection, "CREATE SCHEMA summit", cancellationToken);
        }

        await ExecuteAsync(
            connection, "CREATE TABLE summit.schema_version (version integer NOT NULL); INSERT INTO summit.schema_version VALUES (0)", cancellationToken);
        return 0;
    }

    // A migration takes as long as it takes, and whoever waits for another's waits as long.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
