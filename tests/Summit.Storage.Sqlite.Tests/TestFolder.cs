using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>A folder for one test with a journal in it, gone with the test.</summary>
internal class TestFolder : IDisposable
{
    public TestFolder()
        : this(Directory.CreateTempSubdirectory("summit-journal-"))
    {
    }

    private TestFolder(DirectoryInfo folder) => Path = folder.FullName;

    public string Path { get; }

    public string Journal => File("journal.db");

    /// <summary>A folder in memory where there is such a thing: for thousands of tries whose syncs would wait for a disk in vain.</summary>
    public static TestFolder InMemory()
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory)
            ? new TestFolder(Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"summit-journal-{Guid.NewGuid():N}")))
            : new TestFolder();
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public Task<SqliteJournal> OpenAsync(ILogger<SqliteJournal>? log = null) =>
        SqliteJournal.OpenAsync(Journal, log ?? NullLogger<SqliteJournal>.Instance, TestContext.Current.CancellationToken);

    /// <summary>A connection of somebody else to the journal's file.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Journal, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        SqliteSchema.Execute(connection, sql);
    }

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Path, recursive: true);
    }
}
