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

    /// <summary>Ends every other connection to this database, as an administrator may.</summary>
    public Task TerminateAsync() =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()");

    /// <summary>Waits until as many connections to this database are in a state, said in SQL over pg_stat_activity.</summary>
    public async Task UntilAsync(string state, long count, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid() AND {state}", connection);
        while ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! != count)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < 30, $"Not within 30 s: {what}.");
        }
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
