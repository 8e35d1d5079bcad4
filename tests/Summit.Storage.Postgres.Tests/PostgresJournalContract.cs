using Summit.Contracts;
using Summit.Engine;

namespace Summit.Storage.Postgres.Tests;

public sealed class PostgresJournalContract(SharedCluster cluster) : JournalContract
{
    private TestDatabase _database = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _database = await cluster.CreateDatabaseAsync();
    }

    protected override async Task<IJournal> OpenAsync() => await _database.OpenAsync();
}
