using Summit.Contracts;
using Summit.Engine;

namespace Summit.Storage.Postgres.Tests;

public sealed class PostgresFilesContract(SharedCluster cluster) : FilesContract
{
    private readonly List<PostgresJournal> _opened = [];
    private TestDatabase _database = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _database = await cluster.CreateDatabaseAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var journal in _opened)
        {
            await journal.DisposeAsync();
        }
    }

    protected override async Task<IFiles> OpenAsync()
    {
        var journal = await _database.OpenAsync();
        _opened.Add(journal);
        return journal.Files;
    }
}
