using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;
using Summit.Storage.Sqlite;

namespace Summit.Engine.Orleans.Tests;

/// <summary>One server, which is both silo and caller.</summary>
public class OrleansEngineContract : EngineContract
{
    private readonly Dictionary<IEngine, Servers> _servers = [];

    protected override async Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds)
    {
        var servers = await StartServersAsync(journal, kinds);
        var engine = Servers.EngineOf(servers.All[0]);
        _servers.Add(engine, servers);
        return engine;
    }

    private protected virtual Task<Servers> StartServersAsync(IJournal journal, AggregateKinds kinds) => Servers.StartAsync(1, kinds, () => journal);

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

/// <summary>The same on three servers, of which the caller's never has the cell.</summary>
public sealed class OrleansEngineOnThreeServersContract : OrleansEngineContract
{
    [Fact]
    public async Task No_cell_lives_where_it_is_called_from()
    {
        await using var servers = await StartServersAsync(Journal, Tally.Kinds);
        var id = new AggregateId(Tally.Kind, Guid.CreateVersion7());
        var command = new CommandEnvelope(Guid.CreateVersion7(), new Actor(default, Role.Host, default, null, null), new Add(1));
        Assert.Null((await Servers.EngineOf(servers.All[0]).SendAsync(id, command, Cancel).Soon("an answer")).Fault);
        Assert.NotEqual(servers.All[0], servers.HomeOf(id));
    }

    private protected override Task<Servers> StartServersAsync(IJournal journal, AggregateKinds kinds) =>
        Servers.StartAsync(3, kinds, () => journal, with: silo => silo.PlaceElsewhere());
}
