using Summit.Contracts;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>Servers that write to the same streams at the same time, as a cluster does while a cell moves.</summary>
public sealed class SeveralWriters(SharedCluster cluster) : IAsyncLifetime
{
    private readonly AggregateId _stream = NewStream();
    private TestDatabase _database = null!;
    private PostgresJournal _first = null!;
    private PostgresJournal _second = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        _first = await _database.OpenAsync();
        _second = await _database.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Have_one_winner_for_each_version_and_no_other_stream_of_a_batch_suffers()
    {
        const int Racers = 8, Rounds = 40;
        var won = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Run(async () =>
        {
            var journal = racer % 2 == 0 ? _first : _second;
            AggregateId before = NewStream(), after = NewStream();
            var mine = new List<string>();
            for (var (round, expected) = (0, 0L); round < Rounds; round++)
            {
                var text = $"{racer}: {round}";
                var answers = await journal.AppendAsync([To(before, round, text), To(_stream, expected, text), To(after, round, text)], Cancel);
                Assert.True(answers[0] && answers[2]);
                if (answers[1])
                {
                    mine.Add(text);
                }

                expected += (await journal.ReadAsync(_stream, expected, int.MaxValue, Cancel)).Count;
            }

            Assert.Equal(Rounds, (await Texts(journal, before, Cancel)).Count);
            Assert.Equal(Rounds, (await Texts(journal, after, Cancel)).Count);
            return mine;
        })));

        var texts = await Texts(_first, _stream, Cancel);
        Assert.Equal(won.Sum(mine => mine.Count), texts.Count);
        Assert.True(texts.Count < Racers * Rounds, "Nobody ever lost: there was no race.");
        for (var racer = 0; racer < Racers; racer++)
        {
            Assert.Equal(won[racer], texts.Where(text => text.StartsWith($"{racer}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Take_the_same_streams_in_any_order_without_a_deadlock()
    {
        for (var round = 0; round < 10; round++)
        {
            // New ones and ones that are there: the first are named, the second locked.
            var streams = Enumerable.Range(0, 40).Select(_ => NewStream()).ToArray();
            await _first.AppendAsync([.. streams.Where((_, i) => i % 2 == 0).Select(stream => To(stream, 0, "there"))], Cancel);
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
            {
                var shuffled = streams.Select((stream, i) => To(stream, i % 2 == 0 ? 1 : 0, $"{writer}")).ToArray();
                Random.Shared.Shuffle(shuffled);
                var taken = await (writer % 2 == 0 ? _first : _second).AppendAsync(shuffled, Cancel);
                return shuffled.Where((_, i) => taken[i]).Select(append => append.Stream).ToArray();
            })));
            Assert.Equal(streams.Select(stream => stream.Key).Order(), answers.SelectMany(taken => taken).Select(stream => stream.Key).Order());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cannot_number_an_event_after_one_that_is_not_committed_yet(bool committed)
    {
        await _first.AppendAsync([To(_stream, 0, "one", "two")], Cancel);
        await _database.ExecuteAsync(
            "CREATE TABLE kept AS SELECT * FROM summit.records WHERE version = 2; DELETE FROM summit.records WHERE version = 2");

        // Another server is about to commit the second event; this one already knows of it, and asks for the third.
        await using var other = await _database.ConnectAsync();
        await ExecuteAsync(other, "BEGIN; SELECT id FROM summit.streams FOR NO KEY UPDATE; INSERT INTO summit.records SELECT * FROM kept");
        var third = _second.AppendAsync([To(_stream, 2, "three")], Cancel);
        await WaitsForALock();
        Assert.False(third.IsCompleted);
        Assert.Equal(["one"], await Texts(_first, _stream, Cancel));

        await ExecuteAsync(other, committed ? "COMMIT" : "ROLLBACK");
        Assert.Equal([committed], await third.Soon("an answer for the third event"));
        Assert.Equal(committed ? ["one", "two", "three"] : ["one"], await Texts(_first, _stream, Cancel));
    }

    [Fact]
    public async Task Are_followed_by_readers_that_never_skip_an_event()
    {
        const int Events = 200;
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            // The journal itself refuses to give out a gap; here each page has to go on where the last one ended.
            var seen = 0L;
            while (seen < Events)
            {
                foreach (var record in await _second.ReadAsync(_stream, seen, 7, Cancel))
                {
                    Assert.Equal(++seen, record.Version);
                }
            }
        })).ToArray();
        await Task.WhenAll(new[] { _first, _second }.Select(journal => Task.Run(async () =>
        {
            for (var head = 0L; head < Events;)
            {
                await journal.AppendAsync([To(_stream, head, "next"), To(NewStream(), 0, "beside it")], Cancel);
                head += (await journal.ReadAsync(_stream, head, int.MaxValue, Cancel)).Count;
            }
        })));
        await Task.WhenAll(readers).Soon("the readers at the end");
    }

    [Fact]
    public async Task Do_not_wait_for_ever_for_one_that_was_stopped_half_way()
    {
        await _first.AppendAsync([To(_stream, 0, "one")], Cancel);
        await using var stopped = await _database.ConnectAsync();
        await ExecuteAsync(stopped, "BEGIN; SELECT id FROM summit.streams FOR NO KEY UPDATE");
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _first.AppendAsync([To(_stream, 1, "two")], Cancel)).Soon("a refusal");
        Assert.Equal([true], await _first.AppendAsync([To(NewStream(), 0, "elsewhere")], Cancel));
        await ExecuteAsync(stopped, "ROLLBACK");
        Assert.Equal([true], await _first.AppendAsync([To(_stream, 1, "two")], Cancel));
        Assert.Equal(["one", "two"], await Texts(_second, _stream, Cancel));
    }

    private static async Task ExecuteAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task WaitsForALock() => await _database.UntilAsync("wait_event_type = 'Lock'", 1, "somebody waits for the lock");
}
