using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Storage.Sqlite;

namespace Summit.Engine.Orleans.Tests;

/// <summary>One server, which is both silo and caller.</summary>
public class OrleansEngineContract : EngineContract
{
    private readonly Dictionary<IEngine, Servers> _servers = [];

    protected override async Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds)
    {
        var servers = await Servers.StartAsync(1, kinds, () => journal);
        var engine = Servers.EngineOf(servers.All[0]);
        _servers.Add(engine, servers);
        return engine;
    }

    protected override async Task StopAsync(IEngine engine)
    {
        if (_servers.Remove(engine, out var servers))
        {
            await servers.DisposeAsync();
        }
    }
}

/// <summary>The same on the journal that a server without a database has.</summary>
public sealed class OrleansEngineOnSqliteContract : OrleansEngineContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-orleans-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<IJournal> CreateJournalAsync() =>
        await SqliteJournal.OpenAsync(Path.Combine(_folder.FullName, "journal.db"), NullLogger<SqliteJournal>.Instance, Cancel);
}
