using Summit.Engine;
using Summit.Storage.Postgres;
using Summit.Storage.Sqlite;

namespace Summit.Server.Operations;

/// <summary>Which journal there is: PostgreSQL's where one is named, else a file in the data folder.</summary>
internal static class Storage
{
    /// <summary>Waits for a PostgreSQL that is not there yet.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be opened.</exception>
    /// <exception cref="JournalCorruptException">What is there is no journal, or one of a newer Summit.</exception>
    /// <exception cref="ArgumentException">The setting is no connection string.</exception>
    public static async Task<IJournal> OpenAsync(Settings settings, ILoggerFactory logs) =>
        string.IsNullOrEmpty(settings.Postgres)
            ? await SqliteJournal.OpenAsync(Path.Combine(settings.Data, "summit.db"), logs.CreateLogger<SqliteJournal>(), CancellationToken.None)
            : await PostgresJournal.OpenAsync(settings.Postgres, logs.CreateLogger<PostgresJournal>(), CancellationToken.None);
}
