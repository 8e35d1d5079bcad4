using System.Security.Cryptography;
using System.Text;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Contracts;

/// <summary>What every <see cref="IJournal"/> promises. Each test gets a store of its own.</summary>
public abstract class JournalContract : IAsyncLifetime
{
    private readonly List<IJournal> _opened = [];
    private readonly AggregateId _stream = NewStream();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A journal on this test's store, as another process would open it: each call gives one more.</summary>
    protected abstract Task<IJournal> OpenAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var journal in _opened)
        {
            await journal.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_is_there_at_first()
    {
        var journal = await Open();
        Assert.Empty(await journal.ReadAsync(_stream, 0, 100, Cancel));
        Assert.Null(await journal.LoadSnapshotAsync(_stream, Cancel));
    }

    [Fact]
    public async Task What_was_appended_is_read_back_the_same()
    {
        var journal = await Open();
        var append = To(_stream, 0, "one", "two", "three");
        Assert.Equal([true], await journal.AppendAsync([append], Cancel));
        AssertSame(append.Records, await journal.ReadAsync(_stream, 0, 100, Cancel));
    }

    [Fact]
    public async Task What_was_appended_is_there_when_the_store_is_opened_again()
    {
        var append = To(_stream, 0, "one", "two");
        await (await Open()).AppendAsync([append], Cancel);
        var again = await Open();
        AssertSame(append.Records, await again.ReadAsync(_stream, 0, 100, Cancel));
        Assert.Equal([true], await again.AppendAsync([To(_stream, 2, "three")], Cancel));
    }

    [Fact]
    public async Task An_empty_batch_is_nothing()
    {
        Assert.Empty(await (await Open()).AppendAsync([], Cancel));
    }

    [Fact]
    public async Task Its_list_names_every_stream_with_its_last_version_and_none_that_is_empty()
    {
        var journal = await Open();
        var sameKey = _stream with { Kind = "working-group" };
        var onlySnapshot = _stream with { Key = Guid.CreateVersion7() };
        await journal.AppendAsync([To(_stream, 0, "a", "b"), To(sameKey, 0, "c"), To(_stream, 2, "d")], Cancel);
        await journal.SaveSnapshotAsync(onlySnapshot, new Snapshot(1, "a", new byte[1]), Cancel);

        Assert.Equal(
            [new StreamHead(_stream, 3), new StreamHead(sameKey, 1)],
            (await journal.ListAsync(Cancel)).Where(head => head.Stream.Key == _stream.Key || head.Stream == onlySnapshot).OrderBy(head => head.Stream.Kind));
    }

    [Fact]
    public async Task Streams_do_not_touch_each_other()
    {
        var journal = await Open();
        var sameKey = _stream with { Kind = "working-group" };
        var other = _stream with { Key = Guid.CreateVersion7() };
        Assert.Equal([true, true, true], await journal.AppendAsync([To(_stream, 0, "a"), To(sameKey, 0, "b"), To(other, 0, "c", "d")], Cancel));
        Assert.Equal(["a"], await Texts(journal, _stream));
        Assert.Equal(["b"], await Texts(journal, sameKey));
        Assert.Equal(["c", "d"], await Texts(journal, other));
    }

    [Theory]
    [InlineData(0, "a stale one, from the beginning")]
    [InlineData(1, "a stale one")]
    [InlineData(3, "one that would leave a gap")]
    [InlineData(900, "one that would leave a wide gap")]
    public async Task An_append_at_another_version_than_the_stream_s_is_refused(long expected, string text)
    {
        var journal = await Open();
        await journal.AppendAsync([To(_stream, 0, "one", "two")], Cancel);
        Assert.Equal([false], await journal.AppendAsync([To(_stream, expected, text)], Cancel));
        Assert.Equal(["one", "two"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task The_first_append_to_a_stream_cannot_leave_a_gap()
    {
        var journal = await Open();
        Assert.Equal([false], await journal.AppendAsync([To(_stream, 1, "second")], Cancel));
        Assert.Empty(await Texts(journal, _stream));
    }

    [Fact]
    public async Task A_refused_append_is_left_out_whole_and_the_others_are_kept()
    {
        var journal = await Open();
        var loser = _stream with { Key = Guid.CreateVersion7() };
        var last = _stream with { Key = Guid.CreateVersion7() };
        await journal.AppendAsync([To(loser, 0, "x", "y")], Cancel);

        // The loser's second and third record would fit by their numbers.
        var answers = await journal.AppendAsync([To(_stream, 0, "a"), To(loser, 1, "1", "2", "3"), To(last, 0, "b")], Cancel);
        Assert.Equal([true, false, true], answers);
        Assert.Equal(["a"], await Texts(journal, _stream));
        Assert.Equal(["x", "y"], await Texts(journal, loser));
        Assert.Equal(["b"], await Texts(journal, last));
    }

    [Fact]
    public async Task Appends_to_one_stream_build_on_each_other_within_a_batch()
    {
        var journal = await Open();
        var other = _stream with { Key = Guid.CreateVersion7() };
        var answers = await journal.AppendAsync(
            [To(_stream, 0, "a"), To(_stream, 1, "b", "c"), To(other, 0, "x"), To(_stream, 3, "d"), To(_stream, 3, "again"), To(_stream, 4, "e")], Cancel);
        Assert.Equal([true, true, true, true, false, true], answers);
        Assert.Equal(["a", "b", "c", "d", "e"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task What_builds_on_a_refused_append_is_refused_with_it()
    {
        var journal = await Open();
        await journal.AppendAsync([To(_stream, 0, "a")], Cancel);
        Assert.Equal([false, false], await journal.AppendAsync([To(_stream, 0, "b"), To(_stream, 2, "c")], Cancel));
        Assert.Equal(["a"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task A_stream_is_read_in_pages_without_gaps_or_doubles()
    {
        var journal = await Open();
        var texts = Enumerable.Range(1, 25).Select(n => $"text {n}").ToArray();
        await journal.AppendAsync([To(_stream, 0, texts)], Cancel);
        var read = new List<JournalRecord>();
        for (var page = await journal.ReadAsync(_stream, 0, 10, Cancel); page.Count > 0;
             page = await journal.ReadAsync(_stream, page[^1].Version, 10, Cancel))
        {
            Assert.InRange(page.Count, 1, 10);
            read.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(n => (long)n), read.Select(r => r.Version));
        Assert.Equal(texts, read.Select(Text));
        Assert.Empty(await journal.ReadAsync(_stream, 1000, 10, Cancel));
    }

    [Fact]
    public async Task Any_text_and_any_bytes_come_back_as_they_were()
    {
        var journal = await Open();
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        var slice = new byte[] { 9, 9, 1, 2, 9 };
        var append = new Append(_stream, 0,
        [
            Record(1, "Чия е градината? 🏙️ ὁ δῆμος \u0000 '; DROP TABLE records; --"u8.ToArray()),
            Record(2, all),
            Record(3, default),
            Record(4, slice.AsMemory(2, 2)),
            Record(5, RandomNumberGenerator.GetBytes(1024 * 1024)),
            Record(6, "x"u8.ToArray()) with { Type = "събитие.v1", By = Guid.Empty, Command = Guid.AllBitsSet, At = DateTimeOffset.UnixEpoch },
            Record(7, "y"u8.ToArray()) with { At = Noon.ToOffset(TimeSpan.FromHours(3)) },
        ]);
        Assert.Equal([true], await journal.AppendAsync([append], Cancel));
        AssertSame(append.Records, await journal.ReadAsync(_stream, 0, 100, Cancel));
    }

    [Fact]
    public async Task A_misnumbered_append_is_a_bug_and_changes_nothing()
    {
        var journal = await Open();
        var empty = new Append(_stream, 0, []);
        var gap = new Append(_stream, 0, [Record(1, default), Record(3, default)]);
        var shifted = new Append(_stream, 0, [Record(2, default)]);
        foreach (var wrong in new[] { empty, gap, shifted })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => journal.AppendAsync([To(_stream, 0, "fine"), wrong], Cancel));
        }

        Assert.Empty(await Texts(journal, _stream));
    }

    [Fact]
    public async Task A_batch_that_fails_half_way_leaves_nothing_and_the_next_one_works()
    {
        var journal = await Open();
        var broken = new Append(NewStream(), 0, [Record(1, default) with { Type = null! }]);
        await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendAsync([To(_stream, 0, "lost"), broken], Cancel));
        Assert.Empty(await Texts(journal, _stream));
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "kept")], Cancel));
        Assert.Equal(["kept"], await Texts(await Open(), _stream));
    }

    [Fact]
    public async Task The_newest_snapshot_wins()
    {
        var journal = await Open();
        await journal.AppendAsync([To(_stream, 0, "a", "b", "c")], Cancel);
        await journal.SaveSnapshotAsync(_stream, Of(2, "session.1", "two"), Cancel);
        AssertSame(Of(2, "session.1", "two"), await journal.LoadSnapshotAsync(_stream, Cancel));
        await journal.SaveSnapshotAsync(_stream, Of(3, "session.1", "three"), Cancel);
        await journal.SaveSnapshotAsync(_stream, Of(1, "session.1", "late"), Cancel);
        AssertSame(Of(3, "session.1", "three"), await (await Open()).LoadSnapshotAsync(_stream, Cancel));

        // A newer format of the same version takes the place of the one it could not read.
        await journal.SaveSnapshotAsync(_stream, Of(3, "session.2", ""), Cancel);
        AssertSame(Of(3, "session.2", ""), await journal.LoadSnapshotAsync(_stream, Cancel));
        Assert.Null(await journal.LoadSnapshotAsync(_stream with { Kind = "practice" }, Cancel));
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 3, "d")], Cancel));
    }

    [Fact]
    public async Task A_snapshot_without_events_is_kept_and_the_stream_still_starts_at_one()
    {
        var journal = await Open();
        await journal.SaveSnapshotAsync(_stream, Of(0, "session.1", "nothing yet"), Cancel);
        AssertSame(Of(0, "session.1", "nothing yet"), await journal.LoadSnapshotAsync(_stream, Cancel));
        Assert.Equal([true], await journal.AppendAsync([To(_stream, 0, "a")], Cancel));
    }

    [Fact]
    public async Task Rewriting_replaces_the_data_of_records_and_nothing_else()
    {
        var journal = await Open();
        var append = To(_stream, 0, "one", "Ana of Tirana", "three", "four");
        var other = To(_stream with { Kind = "working-group" }, 0, "Ana too", "b");
        await journal.AppendAsync([append, other], Cancel);
        JournalRecord[] without = [With(append.Records[1], "."), With(append.Records[3], new string('x', 9_000))];
        await journal.RewriteAsync(_stream, without, Cancel);

        var expected = new[] { append.Records[0], without[0], append.Records[2], without[1] };
        AssertSame(expected, await journal.ReadAsync(_stream, 0, 100, Cancel));
        AssertSame(expected, await (await Open()).ReadAsync(_stream, 0, 100, Cancel));
        Assert.Equal(["Ana too", "b"], await Texts(journal, other.Stream));
        Assert.Equal([false, true], await journal.AppendAsync([To(_stream, 3, "late"), To(_stream, 4, "five")], Cancel));
        Assert.Equal(["one", ".", "three", new string('x', 9_000), "five"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task Rewriting_again_or_nothing_is_the_same_as_once()
    {
        var journal = await Open();
        var append = To(_stream, 0, "one", "two");
        await journal.AppendAsync([append], Cancel);
        await journal.RewriteAsync(_stream, [With(append.Records[0], "")], Cancel);
        await journal.RewriteAsync(_stream, [With(append.Records[0], "")], Cancel);
        await journal.RewriteAsync(_stream, [], Cancel);
        await journal.RewriteAsync(NewStream(), [], Cancel);
        Assert.Equal(["", "two"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task Rewriting_what_is_not_there_or_was_something_else_is_a_bug_and_changes_nothing()
    {
        var journal = await Open();
        var append = To(_stream, 0, "one", "two");
        await journal.AppendAsync([append], Cancel);
        var (first, second) = (With(append.Records[0], "."), With(append.Records[1], "."));
        foreach (var wrong in new[]
        {
            second with { Version = 3 }, second with { Version = 1 }, second with { Type = "test.unhappened.v1" }, second with { At = second.At.AddMilliseconds(1) },
            second with { By = Guid.NewGuid() }, second with { Command = Guid.NewGuid() },
        })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => journal.RewriteAsync(_stream, [first, wrong], Cancel));
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(() => journal.RewriteAsync(_stream with { Kind = "practice" }, [first], Cancel));
        Assert.Equal(["one", "two"], await Texts(journal, _stream));
    }

    [Fact]
    public async Task Rewriting_goes_on_beside_appends_and_loses_none()
    {
        const int Count = 60;
        var (journal, other) = (await Open(), await Open());
        var append = To(_stream, 0, Enumerable.Range(0, Count).Select(n => $"secret {n}"));
        await journal.AppendAsync([append], Cancel);
        await Task.WhenAll(
            Task.Run(async () =>
            {
                foreach (var part in append.Records.Chunk(10))
                {
                    await other.RewriteAsync(_stream, [.. part.Select(record => With(record, "gone"))], Cancel);
                }
            }),
            Task.Run(async () =>
            {
                for (var n = 0; n < Count; n++)
                {
                    Assert.Equal([true], await journal.AppendAsync([To(_stream, Count + n, $"new {n}")], Cancel));
                }
            }));
        Assert.Equal(
            [.. Enumerable.Repeat("gone", Count), .. Enumerable.Range(0, Count).Select(n => $"new {n}")], await Texts(journal, _stream));
    }

    [Fact]
    public async Task Concurrent_batches_of_many_writers_are_all_kept_in_order()
    {
        const int Writers = 8, Rounds = 40;
        var journal = await Open();
        var streams = Enumerable.Range(0, Writers).Select(_ => _stream with { Key = Guid.CreateVersion7() }).ToArray();
        await Task.WhenAll(streams.Select(stream => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Equal([true], await journal.AppendAsync([To(stream, round, $"{stream.Key} {round}")], Cancel));
                Assert.Equal(round + 1, (await journal.ReadAsync(stream, 0, 1000, Cancel)).Count);
            }
        })));
        foreach (var stream in streams)
        {
            Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"{stream.Key} {round}"), await Texts(journal, stream));
        }
    }

    [Fact]
    public async Task Of_two_journals_on_one_store_the_version_decides_who_writes()
    {
        var first = await Open();
        var second = await Open();
        Assert.Equal([true], await first.AppendAsync([To(_stream, 0, "first")], Cancel));
        Assert.Equal([false], await second.AppendAsync([To(_stream, 0, "second")], Cancel));
        Assert.Equal(["first"], await Texts(second, _stream));
        Assert.Equal([true], await second.AppendAsync([To(_stream, 1, "second")], Cancel));
        Assert.Equal([false], await first.AppendAsync([To(_stream, 1, "late")], Cancel));
        Assert.Equal(["first", "second"], await Texts(first, _stream));
    }

    [Fact]
    public async Task Two_journals_racing_for_one_stream_never_both_win()
    {
        const int Each = 100;
        IJournal[] journals = [await Open(), await Open()];
        var won = await Task.WhenAll(journals.Select((journal, n) => Task.Run(() => Race(journal, n, Each))));
        var texts = await Texts(journals[0], _stream);

        // Each won as often as it was told, and what lies in the stream is exactly what they were told, each in its own order.
        Assert.Equal(2 * Each, texts.Count);
        for (var n = 0; n < won.Length; n++)
        {
            Assert.Equal(won[n], texts.Where(text => text.StartsWith($"{n}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_call_cancelled_before_its_turn_does_nothing()
    {
        var journal = await Open();
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.AppendAsync([To(_stream, 0, "a")], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.ReadAsync(_stream, 0, 10, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => journal.SaveSnapshotAsync(_stream, Of(1, "f", "d"), cancelled));
        Assert.Empty(await Texts(journal, _stream));
        Assert.Null(await journal.LoadSnapshotAsync(_stream, Cancel));
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        var journal = await Open();
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync([To(_stream, 0, "a")], Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.ReadAsync(_stream, 0, 10, Cancel));
        await journal.DisposeAsync();
    }

    private static Task<IReadOnlyList<string>> Texts(IJournal journal, AggregateId stream) => JournalSamples.Texts(journal, stream, Cancel);

    private static JournalRecord With(JournalRecord record, string text) => record with { Data = Encoding.UTF8.GetBytes(text) };

    private static Snapshot Of(long version, string format, string text) => new(version, format, Encoding.UTF8.GetBytes(text));

    private static void AssertSame(IReadOnlyList<JournalRecord> expected, IReadOnlyList<JournalRecord> actual)
    {
        Assert.Equal(expected.Select(r => (r.Version, r.Type, r.At, r.By, r.Command)), actual.Select(r => (r.Version, r.Type, r.At, r.By, r.Command)));
        Assert.All(actual, (record, i) => Assert.True(record.Data.Span.SequenceEqual(expected[i].Data.Span), $"The data of record {i} differ."));
        Assert.All(actual, record => Assert.Equal(TimeSpan.Zero, record.At.Offset));
    }

    private static void AssertSame(Snapshot expected, Snapshot? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Version, expected.Format), (actual.Version, actual.Format));
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }

    private async Task<IJournal> Open()
    {
        var journal = await OpenAsync();
        _opened.Add(journal);
        return journal;
    }

    private async Task<List<string>> Race(IJournal journal, int racer, int wins)
    {
        var won = new List<string>();
        for (var expected = 0L; won.Count < wins;)
        {
            var text = $"{racer}:{expected}";
            if ((await journal.AppendAsync([To(_stream, expected, text)], Cancel))[0])
            {
                won.Add(text);
            }

            var last = await journal.ReadAsync(_stream, expected, int.MaxValue, Cancel);
            Assert.NotEmpty(last);
            expected = last[^1].Version;
        }

        return won;
    }
}
