using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>What is stored is no longer what was written: it is named, and never given out as if it were true.</summary>
public sealed class ADamagedDatabase(SharedCluster cluster)
{
    private readonly CollectedLog _log = new();
    private readonly AggregateId _stream = NewStream();
    private readonly AggregateId _other = NewStream("practice");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_record_is_named_by_the_read_that_meets_it()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await WriteAsync(database);
        string[] changes =
        [
            "data = '\\x7B7D'", "data = ''", "type = 'test.happened.v2'", "at = at + 1", "at = 9223372036854775807", "actor = gen_random_uuid()",
            "actor = command, command = actor", "checksum = checksum + 1", "data = (SELECT data FROM summit.records WHERE version = 3)",
        ];
        await database.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM summit.records WHERE version = 2");
        foreach (var change in changes)
        {
            await database.ExecuteAsync($"UPDATE summit.records SET {change} WHERE version = 2");
            var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => journal.ReadAsync(_stream, 0, 100, Cancel));
            Assert.Contains($"{_stream} version 2 ", refused.Message, StringComparison.Ordinal);

            // What is not damaged is as good as before.
            Assert.Equal("one", Text(Assert.Single(await journal.ReadAsync(_stream, 0, 1, Cancel))));
            Assert.Equal(["other"], await Texts(journal, _other, Cancel));
            await database.ExecuteAsync("DELETE FROM summit.records WHERE version = 2; INSERT INTO summit.records SELECT * FROM kept");
            Assert.Equal(["one", "two", "three"], await Texts(journal, _stream, Cancel));
        }
    }

    [Fact]
    public async Task A_missing_record_is_named()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await WriteAsync(database);
        await database.ExecuteAsync("DELETE FROM summit.records WHERE version = 2");
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => journal.ReadAsync(_stream, 0, 100, Cancel));
        Assert.Contains($"{_stream} version 2 ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_told_from_a_database_that_is_away()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await WriteAsync(database);
        await database.ExecuteAsync("DROP TABLE summit.records");
        await Assert.ThrowsAsync<JournalCorruptException>(() => journal.ReadAsync(_stream, 0, 100, Cancel));
        await Assert.ThrowsAsync<JournalCorruptException>(() => journal.AppendAsync([To(_stream, 3, "four")], Cancel));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_as_good_as_none()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await WriteAsync(database);
        string[] changes = ["data = '\\x00'", "version = version + 1", "format = 'other'", "checksum = 0"];
        foreach (var change in changes)
        {
            await journal.SaveSnapshotAsync(_stream, new Snapshot(9, "f", "state"u8.ToArray()), Cancel);
            Assert.NotNull(await journal.LoadSnapshotAsync(_stream, Cancel));
            await database.ExecuteAsync($"UPDATE summit.snapshots SET {change}");
            Assert.Null(await journal.LoadSnapshotAsync(_stream, Cancel));
            await database.ExecuteAsync("DELETE FROM summit.snapshots");
        }

        Assert.Equal(changes.Length, _log.At(LogLevel.Warning).Count);
    }

    private async Task<PostgresJournal> WriteAsync(TestDatabase database)
    {
        var journal = await database.OpenAsync(_log);
        await journal.AppendAsync([To(_stream, 0, "one", "two", "three"), To(_other, 0, "other")], Cancel);
        return journal;
    }
}
