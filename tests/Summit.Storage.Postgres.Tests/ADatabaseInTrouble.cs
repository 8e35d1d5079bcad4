using Microsoft.Extensions.Logging;
using Npgsql;
using Summit.Contracts;
using Summit.Domain;
using Summit.Engine;
using Summit.Testing;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>A cluster of one's own, to be stopped and filled up.</summary>
public sealed class PatientCluster : Cluster
{
    protected override IReadOnlyList<string> Settings => ["max_connections=20"];
}

/// <summary>Restarts, lost connections, too many of them, read-only: refused while it lasts, and well again by itself.</summary>
public sealed class ADatabaseInTrouble(PatientCluster cluster) : IClassFixture<PatientCluster>, IAsyncLifetime
{
    private readonly AggregateId _stream = NewStream();
    private readonly CollectedLog _log = new();
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await cluster.CreateDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        Assert.DoesNotContain(PostgresProcess.Password, _log.Everything, StringComparison.Ordinal);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_restart_under_load_loses_nothing_that_was_acknowledged()
    {
        await using var journal = await _database.OpenAsync(_log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writers = Enumerable.Range(0, 4).Select(_ => new Writer(journal)).ToArray();
        var work = writers.Select(writer => Task.Run(() => writer.RunAsync(stop.Token))).ToArray();
        foreach (var mode in (string[])["immediate", "fast", "immediate"])
        {
            await MoreAsync(writers);
            await cluster.StopAsync(mode);
            var refused = writers.Sum(writer => writer.Refused);
            await Waits.Until(() => writers.Sum(writer => writer.Refused) > refused, "a refusal while PostgreSQL is down");
            await cluster.StartAsync();
        }

        await MoreAsync(writers);
        await stop.CancelAsync();
        await Task.WhenAll(work);
        foreach (var writer in writers)
        {
            // What was not acknowledged may be there all the same, but nothing twice.
            var texts = await Texts(journal, writer.Stream, Cancel);
            Assert.Equal(texts.Distinct(), texts);
            Assert.Equal(writer.Acknowledged, texts.Intersect(writer.Acknowledged));
        }

        Assert.True(_log.At(LogLevel.Error).Count >= 3, _log.Everything);
        Assert.Contains(_log.At(LogLevel.Information), line => line.Contains("can be written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_that_were_ended_cost_one_call()
    {
        await using var journal = await _database.OpenAsync(_log);
        var appends = Enumerable.Range(0, 12).Select(_ => To(NewStream(), 0, "one")).ToArray();
        await Task.WhenAll(appends.Select(append => journal.AppendAsync([append], Cancel)));
        await _database.TerminateAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(_stream, 0, "one")], Cancel));
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "one")], Cancel));
        await _database.TerminateAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAsync(_stream, 0, 10, Cancel));
        Assert.Equal(["one"], await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task A_batch_that_is_cut_off_half_way_leaves_nothing()
    {
        await using var journal = await _database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        await using (var other = await _database.ConnectAsync())
        {
            await using var command = new NpgsqlCommand("BEGIN; SELECT id FROM summit.streams FOR NO KEY UPDATE", other);
            await command.ExecuteNonQueryAsync(Cancel);
            var beside = NewStream();
            var batch = journal.AppendAsync([To(beside, 0, "lost"), To(_stream, 1, "two")], Cancel);
            await _database.UntilAsync("wait_event_type = 'Lock'", 1, "the batch waits for the lock");
            await _database.ExecuteAsync(
                $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{_database.Name}' AND wait_event_type = 'Lock'");
            await Assert.ThrowsAsync<JournalUnavailableException>(() => batch);
            Assert.Empty(await Texts(journal, beside, Cancel));
        }

        Assert.Equal([true], await journal.AppendAsync([To(_stream, 1, "two")], Cancel));
    }

    [Fact]
    public async Task Too_many_connections_refuse_until_some_are_free()
    {
        await using var journal = await _database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        await _database.TerminateAsync();
        var others = new List<NpgsqlConnection>();
        try
        {
            var full = await Assert.ThrowsAsync<PostgresException>(async () =>
            {
                while (true)
                {
                    others.Add(await _database.ConnectAsync());
                }
            });
            Assert.Equal(PostgresErrorCodes.TooManyConnections, full.SqlState);

            // The first meets its old connection, which was ended.
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(_stream, 1, "two")], Cancel));
            var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(_stream, 1, "two")], Cancel));
            Assert.Contains(PostgresErrorCodes.TooManyConnections, refused.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAsync(_stream, 0, 10, Cancel));
        }
        finally
        {
            foreach (var other in others)
            {
                await other.DisposeAsync();
            }
        }

        await EventuallyAppendAsync(journal, To(_stream, 1, "two"));
        Assert.Equal(["one", "two"], await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task A_database_that_turns_read_only_can_be_read_and_takes_again_when_it_turns_back()
    {
        await using var journal = await _database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        await _database.ExecuteAsync($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        await _database.TerminateAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ReadAsync(_stream, 0, 10, Cancel));
        Assert.Equal(["one"], await Texts(journal, _stream, Cancel));
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(_stream, 1, "two")], Cancel));
        Assert.Contains(PostgresErrorCodes.ReadOnlySqlTransaction, refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.SaveSnapshotAsync(_stream, new Snapshot(1, "f", default), Cancel));
        Assert.Equal(["one"], await Texts(journal, _stream, Cancel));

        await using var writable = await cluster.ConnectAsync("postgres");
        await using var command = new NpgsqlCommand($"ALTER DATABASE {_database.Name} RESET default_transaction_read_only", writable);
        await command.ExecuteNonQueryAsync(Cancel);
        await EventuallyAppendAsync(journal, To(_stream, 1, "two"));
        Assert.Equal(["one", "two"], await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task A_connection_that_hangs_is_given_up_and_comes_too_late_when_it_goes_on()
    {
        await using var journal = await _database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        var process = await _database.ScalarAsync<int>($"SELECT pid FROM pg_stat_activity WHERE datname = '{_database.Name}' AND application_name = 'Summit'");
        await Cluster.SignalAsync("STOP", process);
        try
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(_stream, 1, "late")], Cancel)).Soon("a refusal");
            Assert.Equal([true], await journal.AppendAsync([To(_stream, 1, "two")], Cancel));
        }
        finally
        {
            await Cluster.SignalAsync("CONT", process);
        }

        await _database.UntilAsync($"pid = {process}", 0, "the end of the connection that hung");
        Assert.Equal(["one", "two"], await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task A_cancelled_read_leaves_its_connection_well()
    {
        await using var journal = await _database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        for (var round = 0; round < 5; round++)
        {
            await using var other = await _database.ConnectAsync();
            await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE summit.records", other);
            await command.ExecuteNonQueryAsync(Cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var read = journal.ReadAsync(_stream, 0, 10, stop.Token);
            await _database.UntilAsync("wait_event_type = 'Lock'", 1, "the read waits for the table");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        }

        Assert.Equal(["one"], await Texts(journal, _stream, Cancel));
        await _database.UntilAsync("application_name = 'Summit'", 1, "the one connection that all of them used");
        Assert.Empty(_log.At(LogLevel.Error));
    }

    [Fact]
    public async Task A_start_before_the_database_s_waits_for_it_with_clear_words()
    {
        await cluster.StopAsync("fast");
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var given = PostgresJournal.OpenAsync(_database.ConnectionString, _log, stop.Token);
            var opening = _database.OpenAsync(_log);
            await Waits.Until(() => _log.At(LogLevel.Warning).Count >= 4, "four lines that say what is waited for");
            Assert.All(_log.At(LogLevel.Warning), line => Assert.StartsWith("Waiting for PostgreSQL at 127.0.0.1, port ", line, StringComparison.Ordinal));
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given).Soon("an end of the waiting that was cancelled");
            Assert.False(opening.IsCompleted);

            await cluster.StartAsync();
            await using var journal = await opening.Soon("an open journal");
            Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "one")], Cancel));
        }
        finally
        {
            await cluster.StartAsync();
        }
    }

    [Fact]
    public async Task A_wrong_password_is_waited_out_and_never_told()
    {
        const string Wrong = "wrong-Sesame'8";
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Password = Wrong };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var opening = PostgresJournal.OpenAsync(connection.ToString(), _log, stop.Token);
        await Waits.Until(() => _log.At(LogLevel.Warning).Count >= 1, "a line that says what is wrong");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Contains(PostgresErrorCodes.InvalidPassword, _log.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, _log.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_hosts_the_one_that_can_be_written_is_found()
    {
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        connection.Host = $"127.0.0.1:1,127.0.0.1:{connection.Port}";
        await using var journal = await PostgresJournal.OpenAsync(connection.ToString(), _log, Cancel);
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "one")], Cancel));
        Assert.Empty(_log.At(LogLevel.Warning));
    }

    private static async Task MoreAsync(Writer[] writers)
    {
        var before = writers.Select(writer => writer.Count).ToArray();
        await Waits.Until(() => writers.Select((writer, i) => writer.Count >= before[i] + 20).All(more => more), "twenty more appends of each writer");
    }

    // Somebody else's connections end a moment after they were closed.
    private static Task EventuallyAppendAsync(PostgresJournal journal, Append append) => Wait.UntilAsync("an append is taken again", async () =>
    {
        try
        {
            Assert.Equal([true], await journal.AppendAsync([append], Cancel));
            return true;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    });

    /// <summary>Writes to a stream of its own as a cell does: after a refusal it looks where the stream is, and goes on from there.</summary>
    private sealed class Writer(PostgresJournal journal)
    {
        private int _count;
        private int _refused;

        public AggregateId Stream { get; } = NewStream();

        public List<string> Acknowledged { get; } = [];

        public int Count => Volatile.Read(ref _count);

        public int Refused => Volatile.Read(ref _refused);

        public async Task RunAsync(CancellationToken stop)
        {
            var head = 0L;
            for (var tries = 0; !stop.IsCancellationRequested; tries++)
            {
                try
                {
                    if ((await journal.AppendAsync([To(Stream, head, $"{tries}")], CancellationToken.None))[0])
                    {
                        head++;
                        Acknowledged.Add($"{tries}");
                        Interlocked.Increment(ref _count);
                    }
                    else
                    {
                        head += (await journal.ReadAsync(Stream, head, int.MaxValue, CancellationToken.None)).Count;
                    }
                }
                catch (JournalUnavailableException)
                {
                    Interlocked.Increment(ref _refused);
                }
            }
        }
    }
}
