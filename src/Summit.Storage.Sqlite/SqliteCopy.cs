using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>Backups of a journal's file.</summary>
public static class SqliteCopy
{
    /// <summary>A copy as of one moment, checked record by record and on disk when the task completes. Others may write meanwhile.</summary>
    /// <exception cref="JournalCorruptException">Something in it is damaged; the message names it. The copy is left for whoever wants to look.</exception>
    /// <exception cref="JournalUnavailableException">It cannot be read, or the copy cannot be written.</exception>
    public static async Task MakeAsync(string path, string copy, CancellationToken cancellationToken)
    {
        await Task.Run(() => Copy(path, copy), cancellationToken);
        await using (var journal = await SqliteJournal.OpenAsync(copy, NullLogger<SqliteJournal>.Instance, cancellationToken))
        {
            var wrong = await journal.VerifyAsync(cancellationToken);
            if (wrong.Count > 0)
            {
                throw new JournalCorruptException($"The journal is damaged, and so is its copy: {string.Join("; ", wrong.Take(10))}");
            }
        }

        Sync(copy);
    }

    /// <summary>Puts a copy in the place of a journal that is not there.</summary>
    /// <exception cref="JournalUnavailableException">There is a journal already.</exception>
    public static async Task RestoreAsync(string copy, string path, CancellationToken cancellationToken)
    {
        foreach (var there in (string[])[path, path + "-wal", path + "-shm"])
        {
            if (File.Exists(there))
            {
                throw new JournalUnavailableException($"{there} is there. Stop the server, and move it away together with all that begin with its name.");
            }
        }

        var unfinished = path + ".new";
        File.Delete(unfinished);
        await MakeAsync(copy, unfinished, cancellationToken);
        File.Move(unfinished, path);
    }

    private static void Copy(string path, string copy)
    {
        try
        {
            // With the mode that a journal has; SQLite fills an empty file.
            SqliteSchema.CreateFile(copy);
            using var connection = SqliteSchema.Open(path, SqliteOpenMode.ReadOnly);
            new Statement(connection, "VACUUM INTO ?1").Execute(copy);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Translate(e, $"The copy of {path}");
        }
    }

    private static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
