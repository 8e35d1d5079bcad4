using Npgsql;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>How the tables come into being, move forward from older versions, and are refused when they are not for us.</summary>
public sealed class TheSchema(SharedCluster cluster) : IAsyncLifetime
{
    private readonly AggregateId _stream = NewStream();
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_may_start_at_once_on_a_new_database()
    {
        var log = new CollectedLog();
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _database.OpenAsync(log))));
        for (var i = 0; i < journals.Length; i++)
        {
            Assert.Equal([true], await journals[i].AppendAsync([To(_stream, i, $"{i}")], Cancel));
        }

        foreach (var journal in journals)
        {
            Assert.Equal(journals.Length, (await Texts(journal, _stream, Cancel)).Count);
            await journal.DisposeAsync();
        }

        Assert.Empty(log.At(Microsoft.Extensions.Logging.LogLevel.Warning));
    }

    [Fact]
    public async Task A_database_of_the_first_release_is_read_for_ever()
    {
        await _database.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pinned", "journal.v1.sql"), Cancel));
        await using var journal = await _database.OpenAsync();
        var stream = new AggregateId("session", new Guid("01994f3a-7b00-7000-8000-000000000001"));
        var records = await journal.ReadAsync(stream, 0, 100, Cancel);
        Assert.Equal(["{\"text\":\"Кога ще има сянка на спирките?\"}", ""], records.Select(Text));
        Assert.Equal(
            new JournalRecord(
                2,
                "command.noted.v1",
                records[1].Data,
                new DateTimeOffset(2026, 9, 16, 10, 0, 0, 7, TimeSpan.Zero),
                Guid.Empty,
                new Guid("01994f3a-7b00-7000-8000-0000000000c2")),
            records[1]);
        var snapshot = await journal.LoadSnapshotAsync(stream, Cancel);
        Assert.Equal((2, "session.1", 17), (snapshot!.Version, snapshot.Format, snapshot.Data.Length));
        Assert.Equal([true], await journal.AppendAsync([To(stream, 2, "three")], Cancel));
    }

    [Fact]
    public async Task An_older_schema_moves_forward_with_everything_in_it()
    {
        await using (var journal = await _database.OpenAsync())
        {
            await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        }

        string[] steps =
        [
            .. PostgresSchema.Steps,
            "ALTER TABLE summit.snapshots ADD COLUMN size integer; CREATE TABLE summit.later (id bigint)",
            "INSERT INTO summit.later SELECT version FROM summit.records",
        ];

        // Servers that start together: one does it, the others find it done.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(steps))));
        Assert.Equal(steps.Length, await _database.ScalarAsync<int>("SELECT version FROM summit.schema_version"));
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT sum(id)::bigint FROM summit.later"));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_schema_before_it()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        await Assert.ThrowsAsync<PostgresException>(
            () => MigrateAsync([.. PostgresSchema.Steps, "CREATE TABLE summit.half (id bigint); SELECT no_such_thing"]));
        Assert.Equal(PostgresSchema.Steps.Count, await _database.ScalarAsync<int>("SELECT version FROM summit.schema_version"));
        Assert.True(await _database.ScalarAsync<bool>("SELECT to_regclass('summit.half') IS NULL"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        await _database.ExecuteAsync("UPDATE summit.schema_version SET version = version + 1");
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => _database.OpenAsync());
        Assert.Contains($"newer Summit (schema {PostgresSchema.Steps.Count + 1}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_s_schema_is_refused_and_left_as_it_is()
    {
        await _database.ExecuteAsync("CREATE SCHEMA summit; CREATE TABLE summit.recipes (id integer)");
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => _database.OpenAsync());
        Assert.Contains("not a journal", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await _database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'summit'"));
    }

    [Fact]
    public async Task A_user_who_may_create_nothing_can_use_what_is_there()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        var user = $"user_{Guid.NewGuid():N}";
        await _database.ExecuteAsync(
            $"CREATE ROLE {user} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA summit TO {user}; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA summit TO {user}");
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = user, Password = "x" };
        await using var journal = await PostgresJournal.OpenAsync(connection.ToString(), new CollectedLog(), Cancel);
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "one")], Cancel));
        await journal.SaveSnapshotAsync(_stream, new Snapshot(1, "f", default), Cancel);
        Assert.Equal(["one"], await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task What_the_server_is_set_to_does_not_make_the_journal_less_safe()
    {
        await _database.ExecuteAsync(
            $"ALTER DATABASE {_database.Name} SET synchronous_commit = off; ALTER DATABASE {_database.Name} SET default_transaction_isolation = serializable");
        await using var source = PostgresSource.Create(PostgresSource.Parse(_database.ConnectionString));
        await using var command = source.CreateCommand("SELECT current_setting('synchronous_commit') || ', ' || current_setting('transaction_isolation')");
        Assert.Equal("on, read committed", await command.ExecuteScalarAsync(Cancel));
    }

    [Theory]
    [InlineData("Username=summit;Password=secret7")]
    [InlineData("Host=db;Password=secret7;Colour=blue")]
    [InlineData("Host=db;Password=secret7;Port=many")]
    [InlineData("Host=db;Port=secret7=")]
    [InlineData("secret7")]
    public async Task A_connection_string_that_cannot_be_right_ends_the_start_and_is_not_told(string connectionString)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => PostgresJournal.OpenAsync(connectionString, new CollectedLog(), Cancel));
        Assert.StartsWith("The connection string of PostgreSQL ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret7", refused.ToString(), StringComparison.Ordinal);
    }

    private async Task MigrateAsync(IReadOnlyList<string> steps)
    {
        await using var source = PostgresSource.Create(PostgresSource.Parse(_database.ConnectionString));
        await PostgresSchema.MigrateAsync(source, steps, Cancel);
    }
}
