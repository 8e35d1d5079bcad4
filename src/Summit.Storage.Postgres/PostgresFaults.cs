using System.Net.Sockets;
using Npgsql;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean to the journal's callers.</summary>
internal static class PostgresFaults
{
    /// <summary>
    /// What may pass by itself becomes <see cref="JournalUnavailableException"/>, what will not becomes
    /// <see cref="JournalCorruptException"/>; anything else is a bug and stays what it is.
    /// </summary>
    public static Exception Translate(Exception error, string what) => error switch
    {
        PostgresException { SqlState: var state } said when MayPass(state) => new JournalUnavailableException($"{what}: {Words(said)}", said),
        PostgresException { SqlState: var state } said when IsDamage(state) => new JournalCorruptException($"{what}: {Words(said)}", said),
        PostgresException => error,

        // Without an answer of the server's: no connection, a lost one, or none free in time.
        NpgsqlException or TimeoutException or SocketException or IOException => new JournalUnavailableException($"{what}: {error.Message}", error),
        _ => error,
    };

    private static bool MayPass(string state) => state[..2] switch
    {
        "08" => true, // connection
        "28" => true, // password or pg_hba.conf: somebody is changing it
        "40" => true, // deadlock; outcome unknown
        "53" => true, // disk full, out of memory, too many connections
        "57" => true, // shutdown, crash, starting up, cancelled by an administrator or by statement_timeout
        "58" => true, // input and output errors
        _ => state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege,
    };

    // Our statements are fixed and the stream is locked while its version is compared, so a missing table or a record that is there
    // twice can only come from a database that is not as it was written.
    private static bool IsDamage(string state) => state[..2] is "23" or "3F" or "42" || state is "XX001" or "XX002";

    private static string Words(PostgresException error) => $"{error.MessageText} (PostgreSQL {error.SqlState})";
}
