using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Engine;

namespace Summit.Storage.Postgres.Tests;

/// <summary>What every engine promises, on the journal that several servers share.</summary>
public sealed class LocalEngineOnPostgresContract(SharedCluster cluster) : EngineContract
{
    protected override Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds) =>
        Task.FromResult<IEngine>(new LocalEngine(journal, kinds, TimeProvider.System, NullLoggerFactory.Instance));

    protected override async Task<IJournal> CreateJournalAsync() => await (await cluster.CreateDatabaseAsync()).OpenAsync();
}
