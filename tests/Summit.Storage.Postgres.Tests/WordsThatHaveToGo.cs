using Npgsql;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>What was rewritten is in no row of the tables any more, not in one that is dead either.</summary>
public sealed class WordsThatHaveToGo(SharedCluster cluster)
{
    private const int Count = 300;

    private readonly AggregateId _stream = NewStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leave_no_dead_rows_behind()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await database.OpenAsync();
        var append = await AppendAsync(journal);
        await journal.SaveSnapshotAsync(_stream, new Snapshot(1, "session.1", new byte[100]), Cancel);
        await journal.SaveSnapshotAsync(_stream, new Snapshot(2, "session.1", new byte[100]), Cancel);

        await journal.RewriteAsync(_stream, Without(append), Cancel);

        await database.ExecuteAsync("CREATE EXTENSION pgstattuple");
        foreach (var table in (string[])["records", "snapshots"])
        {
            Assert.Equal(0L, await database.ScalarAsync<long>($"SELECT dead_tuple_count FROM pgstattuple('summit.{table}')"));
        }

        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM summit.records WHERE encode(data, 'escape') LIKE '%Ana%'"));
    }

    /// <summary>A backup under way sees the database as it was when it began; what it saw goes with the next rewriting or PostgreSQL's own round.</summary>
    [Fact]
    public async Task Can_still_be_seen_by_who_began_to_read_before()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var journal = await database.OpenAsync();
        var append = await AppendAsync(journal);
        await using (var dump = await database.ConnectAsync())
        {
            await using var snapshot = await dump.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Cancel);
            await using var look = new NpgsqlCommand("SELECT count(*) FROM summit.records WHERE encode(data, 'escape') LIKE '%Ana%'", dump, snapshot);
            Assert.Equal((long)Count, await look.ExecuteScalarAsync(Cancel));
            await journal.RewriteAsync(_stream, Without(append), Cancel);
            Assert.Equal((long)Count, await look.ExecuteScalarAsync(Cancel));
        }

        Assert.All(await Texts(journal, _stream, Cancel), text => Assert.Equal("gone", text));
        await journal.RewriteAsync(_stream, [], Cancel);
        await database.ExecuteAsync("CREATE EXTENSION pgstattuple");
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT dead_tuple_count FROM pgstattuple('summit.records')"));
    }

    private static List<JournalRecord> Without(Append append) => [.. append.Records.Select(record => record with { Data = "gone"u8.ToArray() })];

    private async Task<Append> AppendAsync(PostgresJournal journal)
    {
        var append = To(_stream, 0, Enumerable.Range(0, Count).Select(n => $"Ana of Tirana asks {n}"));
        await journal.AppendAsync([append], Cancel);
        return append;
    }
}
