using System.Globalization;
using Microsoft.Data.Sqlite;
using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>How the file is opened, and how its tables came to be.</summary>
internal static class SqliteSchema
{
    /// <summary>"Smmt": tells the file from any other SQLite file.</summary>
    public const int ApplicationId = 0x536D_6D74;

    /// <summary>
    /// How long a write waits for another process's write. Commits take milliseconds; a lock that is still there after two seconds is
    /// somebody's forgotten tool, and people get their refusal while they still look at the screen.
    /// </summary>
    public const int BusyMilliseconds = 2000;

    /// <summary>
    /// Step n makes schema n+1 out of schema n (PRAGMA user_version). Steps are only ever added.
    /// </summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        // A stream's name is kept once; each record carries a small number for it. Records lie in the order of writing, with a thin
        // unique index beside them, rather than in one tree by (stream, version): with many streams that is 1.7 times as fast (107,000
        // against 61,000 records a second from 64 writers), since whole pages are filled one after another, and position tells which are the newest.
        $"""
        PRAGMA application_id = {ApplicationId};
        CREATE TABLE streams (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            key BLOB NOT NULL,
            UNIQUE (key, kind)
        ) STRICT;
        CREATE TABLE records (
            position INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            data BLOB NOT NULL,
            at INTEGER NOT NULL,
            actor BLOB NOT NULL,
            command BLOB NOT NULL,
            checksum INTEGER NOT NULL,
            UNIQUE (stream, version)
        ) STRICT;
        CREATE TABLE snapshots (
            stream INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            format TEXT NOT NULL,
            data BLOB NOT NULL,
            checksum INTEGER NOT NULL
        ) STRICT;
        """,
    ];

    /// <summary>Makes the file if it is not there, before SQLite does: SQLite's own files beside it then take its mode.</summary>
    public static void CreateFile(string path)
    {
        // Never opened when it is there: closing it again would drop the locks this process holds on it through SQLite.
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker; its file is as good.
        }
    }

    /// <summary>Opens an existing file; never makes one, so that a file that was taken away is not replaced by an empty journal.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,

            // Seconds; after them the library stops its own retries, which come on top of SQLite's busy_timeout.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Brings the schema up to date, one transaction a step. Two processes may do so at once.</summary>
    /// <exception cref="JournalCorruptException">The file is no journal, or a newer Summit has written it.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        for (var version = -1L; version < steps.Count;)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            version = Number(connection, "PRAGMA user_version");
            ThrowIfForeign(connection, version, steps.Count);
            if (version < steps.Count)
            {
                Execute(connection, steps[(int)version]);
                Execute(connection, $"PRAGMA user_version = {++version}");
            }

            Execute(connection, "COMMIT");
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void ThrowIfForeign(SqliteConnection connection, long version, int newest)
    {
        var isOurs = Number(connection, "PRAGMA application_id") == ApplicationId;
        var isEmpty = version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isOurs && !isEmpty)
        {
            throw new JournalCorruptException($"{connection.DataSource} is a database, but not a journal of Summit.");
        }

        if (version > newest)
        {
            throw new JournalCorruptException(
                $"{connection.DataSource} was written by a newer Summit (schema {version}, this one knows up to {newest}). Start that version, or restore a copy from before the upgrade.");
        }
    }
}
