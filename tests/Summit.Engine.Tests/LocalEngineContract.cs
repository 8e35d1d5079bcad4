using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Storage.Sqlite;

namespace Summit.Engine.Tests;

public class LocalEngineContract : EngineContract
{
    protected override Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds) =>
        Task.FromResult<IEngine>(new LocalEngine(journal, kinds, TimeProvider.System, NullLoggerFactory.Instance));
}

/// <summary>The same on the journal that a server without a database has.</summary>
public sealed class LocalEngineOnSqliteContract : LocalEngineContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-engine-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<IJournal> CreateJournalAsync() =>
        await SqliteJournal.OpenAsync(Path.Combine(_folder.FullName, "journal.db"), NullLogger<SqliteJournal>.Instance, Cancel);
}
