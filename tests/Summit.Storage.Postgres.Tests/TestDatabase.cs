using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Summit.Storage.Postgres.Tests;

/// <summary>A database for one test. It goes with its cluster.</summary>
public sealed class TestDatabase(Cluster cluster, string name)
{
    public string ConnectionString => cluster.ConnectionString(name);

    public string Name => name;

    public Task<PostgresJournal> OpenAsync(ILogger<PostgresJournal>? log = null) =>
        PostgresJournal.OpenAsync(ConnectionString, log ?? NullLogger<PostgresJournal>.Instance, TestContext.Current.CancellationToken);

    /// <summary>As somebody else would, on a connection of its own.</summary>
    public Task ExecuteAsync(string sql) => cluster.ExecuteAsync(name, sql);

    public Task<NpgsqlConnection> ConnectAsync() => cluster.ConnectAsync(name);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
