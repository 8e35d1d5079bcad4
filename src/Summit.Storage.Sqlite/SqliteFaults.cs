using Microsoft.Data.Sqlite;
using Summit.Engine;
using static SQLitePCL.raw;

namespace Summit.Storage.Sqlite;

/// <summary>What SQLite's errors mean to the journal's callers.</summary>
internal static class SqliteFaults
{
    /// <summary>
    /// What may pass by itself becomes <see cref="JournalUnavailableException"/>, what will not becomes
    /// <see cref="JournalCorruptException"/>; anything else is a bug and stays what it is.
    /// </summary>
    public static Exception Translate(SqliteException error, string what) => error.SqliteErrorCode switch
    {
        SQLITE_FULL or SQLITE_IOERR or SQLITE_READONLY or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CANTOPEN or SQLITE_PERM or SQLITE_NOMEM
            or SQLITE_PROTOCOL => new JournalUnavailableException($"{what}: {Words(error)}", error),

        // The last two: our statements are fixed and the version is compared first, so a missing table or a record that is there
        // twice can only come from a file that is not as it was written.
        SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_ERROR or SQLITE_CONSTRAINT => new JournalCorruptException($"{what}: {Words(error)}", error),
        _ => error,
    };

    private static string Words(SqliteException error) =>
        $"{sqlite3_errstr(error.SqliteErrorCode).utf8_to_string()} (SQLite {error.SqliteExtendedErrorCode})";
}
