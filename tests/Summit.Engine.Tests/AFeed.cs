using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>A feed whose batches arrive from elsewhere, over lines that lose, repeat and delay.</summary>
public sealed class AFeed : IAsyncLifetime
{
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private readonly GatedJournal _journal = new(new MemoryJournal());
    private readonly List<Follower> _followers = [];
    private readonly CellHost _host;
    private readonly Feed _feed;

    public AFeed()
    {
        _host = new CellHost(_journal, Tally.Kinds, TimeProvider.System, NullLoggerFactory.Instance);
        _feed = _host.CreateFeed(_id);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var follower in _followers)
        {
            await follower.DisposeAsync();
        }

        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Shows_what_was_published_to_who_was_there()
    {
        var follower = Follow();
        _feed.Publish(await Store(1, 3));
        _feed.Publish(await Store(4, 4));
        await Saw(follower, 4);
    }

    [Fact]
    public async Task Heals_a_gap_from_the_journal()
    {
        var follower = Follow();
        _feed.Publish(await Store(1, 3));
        await Saw(follower, 3);
        await Store(4, 10);
        _feed.Publish(await Store(11, 12));
        await Saw(follower, 12);
        await Saw(Follow(), 12);
    }

    [Fact]
    public async Task Drops_what_it_has_seen_before()
    {
        var follower = Follow();
        var first = await Store(1, 3);
        var second = await Store(4, 6);
        _feed.Publish(first);
        _feed.Publish(second);
        _feed.Publish(first);
        _feed.Publish(second);
        _feed.Publish(await Store(7, 7));
        await Saw(follower, 7);
    }

    [Fact]
    public async Task Takes_of_a_batch_it_knows_in_part_what_is_new()
    {
        var follower = Follow();
        var first = await Store(1, 3);
        var second = await Store(4, 6);
        _feed.Publish(first);
        _feed.Publish(new FeedBatch([.. first.Events.Skip(1), .. second.Events]));
        await Saw(follower, 6);
        await Saw(Follow(), 6);
    }

    [Fact]
    public async Task Takes_no_reader_at_its_word_about_where_the_end_is()
    {
        await Store(1, 2);
        var beyond = Follow(100);
        await Waits.Until(() => _journal.Reads > 0, "the reader beyond the end to ask the journal");
        var follower = Follow();
        await Saw(follower, 2);
        _feed.Publish(await Store(3, 3));
        await Saw(follower, 3);
        Assert.Equal(3, _feed.Head);
        _feed.Publish(await Store(4, 101));
        Assert.Equal([101], (await beyond.SawAsync(101)).Numbers);
    }

    [Fact]
    public async Task Finds_a_lost_last_batch_when_told_to_look()
    {
        var follower = Follow();
        _feed.Publish(await Store(1, 3));
        await Saw(follower, 3);
        await Store(4, 5);
        _feed.Recheck();
        await Saw(follower, 5);
        _feed.Publish(await Store(6, 6));
        await Saw(follower, 6);
    }

    [Fact]
    public async Task Reads_what_it_was_only_told_of_from_the_journal()
    {
        var follower = Follow();
        await Store(1, 5);
        _feed.Advance(5);
        await Saw(follower, 5);
        Assert.Equal(5, _feed.Head);
    }

    [Fact]
    public async Task Serves_who_keeps_up_without_the_journal()
    {
        _feed.Publish(await Store(1, 1));
        var followers = Enumerable.Range(0, 20).Select(_ => Follow()).ToList();
        for (var n = 2; n <= 200; n++)
        {
            _feed.Publish(await Store(n, n));
        }

        foreach (var follower in followers)
        {
            await Saw(follower, 200);
        }

        Assert.Equal(0, _journal.Reads);
    }

    [Fact]
    public async Task Keeps_a_bounded_tail_and_gives_the_rest_from_the_journal()
    {
        for (var n = 1; n <= 5_000; n += 100)
        {
            _feed.Publish(await Store(n, n + 99));
        }

        var follower = Follow(5_000 - Feed.TailLength);
        await follower.SawAsync(5_000);
        Assert.Equal(0, _journal.Reads);
        await Saw(Follow(), 5_000);
        Assert.InRange(_journal.Reads, 1, 10);
    }

    [Fact]
    public async Task Shows_everything_once_while_batches_come_and_followers_catch_up()
    {
        await Store(1, 3_000);
        _feed.Advance(3_000);
        var followers = Enumerable.Range(0, 10).Select(i => Follow(i * 100)).ToList();
        for (var n = 3_001; n <= 4_000; n += 10)
        {
            var batch = await Store(n, n + 9);
            // Every seventh is lost on the way.
            if (n % 7 != 0)
            {
                _feed.Publish(batch);
            }
        }

        _feed.Publish(await Store(4_001, 4_001));
        for (var i = 0; i < followers.Count; i++)
        {
            await followers[i].SawAsync(4_001);
            Assert.Equal(Enumerable.Range((i * 100) + 1, 4_001 - (i * 100)).Select(n => (long)n), followers[i].Numbers);
        }
    }

    [Fact]
    public async Task Says_so_when_what_was_published_is_not_in_the_journal()
    {
        var batch = await Store(1, 2);
        _feed.Publish(new FeedBatch([.. batch.Events.Select(e => e with { Context = e.Context with { Seq = e.Context.Seq + 10 } })]));
        await using var follower = _feed.ReadAsync(2, Cancel).GetAsyncEnumerator(Cancel);
        var thrown = await Assert.ThrowsAsync<JournalCorruptException>(() => follower.MoveNextAsync().AsTask().Soon("the failure"));
        Assert.Contains("version 3", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_its_followers_when_it_is_completed()
    {
        var follower = Follow();
        _feed.Publish(await Store(1, 1));
        await Saw(follower, 1);
        _feed.Complete();
        await follower.Completion.Soon("the end of the follower");
    }

    private Follower Follow(long after = 0)
    {
        var follower = new Follower(_feed.ReadAsync(after));
        _followers.Add(follower);
        return follower;
    }

    private static async Task Saw(Follower follower, long last)
    {
        await follower.SawAsync(last);
        Assert.Equal(Enumerable.Range(1, (int)last).Select(n => (long)n), follower.Numbers);
        Assert.Equal(follower.Numbers, follower.Amounts);
    }

    /// <summary>Stores events that carry their own numbers, and gives them as a batch.</summary>
    private async Task<FeedBatch> Store(long first, long last)
    {
        var events = new List<Recorded>();
        for (var n = first; n <= last; n++)
        {
            events.Add(new Recorded(new Added(n), new EventContext(n, DateTimeOffset.UnixEpoch, default, Guid.CreateVersion7())));
        }

        var records = events.Select(e => _host.Codec.Encode(e.Event, e.Context)).ToList();
        Assert.Equal([true], await _journal.AppendAsync([new Append(_id, first - 1, records)], Cancel));
        return new FeedBatch(events);
    }
}
