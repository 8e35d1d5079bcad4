using Npgsql;
using Summit.Testing;

[assembly: AssemblyFixture(typeof(Summit.Storage.Postgres.Tests.SharedCluster))]

namespace Summit.Storage.Postgres.Tests;

/// <summary>A PostgreSQL of the tests' own, with as many databases as they ask for. Gone with the tests.</summary>
public class Cluster : IAsyncLifetime
{
    private PostgresProcess _postgres = null!;

    /// <summary>Settings beyond PostgreSQL's own, name=value.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresProcess.CreateAsync(Settings);
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _postgres.DisposeAsync();
    }

    /// <summary>Does nothing if it runs.</summary>
    public Task StartAsync() => _postgres.StartAsync();

    /// <param name="mode">fast: says goodbye to everyone; immediate: as if it had crashed.</param>
    public Task StopAsync(string mode) => _postgres.StopAsync(mode);

    /// <summary>Files of all databases in which these letters stand.</summary>
    public Task<IReadOnlyList<string>> TableFilesWithAsync(string letters) => _postgres.TableFilesWithAsync(letters);

    public string ConnectionString(string database) => _postgres.ConnectionString(database);

    /// <summary>A new, empty database.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return new TestDatabase(this, name);
    }

    /// <summary>On a connection of its own.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Sends a signal to one of its processes: STOP, CONT.</summary>
    public static Task SignalAsync(string signal, int process) => Programs.RunAsync("kill", "-s", signal, $"{process}");
}

/// <summary>The one for all tests that leave it in peace.</summary>
public sealed class SharedCluster : Cluster;
