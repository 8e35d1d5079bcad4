using Microsoft.Extensions.Logging;
using Summit.Domain;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>
/// Power is lost in the middle of a commit: any part of what it wrote to the write-ahead log may have reached the disk. The
/// journal opens, and holds what was acknowledged before, and nothing of the commit unless all of it.
/// </summary>
public sealed class ATornLog
{
    // Small pages make the commit a few thousand bytes, so that every one of them can be the last.
    private const int PageSize = 512;

    private readonly AggregateId _first = NewStream();
    private readonly AggregateId _second = NewStream("working-group");
    private readonly AggregateId _third = NewStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_at_every_byte_of_its_last_commit_it_holds_what_was_acknowledged_before()
    {
        var (file, before, after) = await RecordLastCommitAsync(emptied: false);
        for (var cut = before.Length; cut <= after.Length; cut++)
        {
            await AssertHoldsWhole(file, after.AsMemory(0, cut), after, $"cut at byte {cut}");
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(null)]
    public async Task Ending_in_garbage_it_holds_what_was_acknowledged_before(int? filler)
    {
        var (file, before, after) = await RecordLastCommitAsync(emptied: false);
        var random = new Random(1);
        for (var cut = before.Length; cut < after.Length; cut += 13)
        {
            var torn = after.ToArray();
            random.NextBytes(torn.AsSpan(cut));
            if (filler is { } value)
            {
                torn.AsSpan(cut).Fill((byte)value);
            }

            await AssertHoldsWhole(file, torn, after, $"garbage from byte {cut}");
        }
    }

    [Fact]
    public async Task Written_half_over_an_older_log_it_holds_what_was_acknowledged_before()
    {
        var (file, before, after) = await RecordLastCommitAsync(emptied: true);
        Assert.Equal(before.Length, after.Length);
        var start = before.AsSpan().CommonPrefixLength(after);
        var end = after.Length;
        while (before[end - 1] == after[end - 1])
        {
            end--;
        }

        for (var cut = start; cut <= end; cut++)
        {
            await AssertHoldsWhole(file, (byte[])[.. after[..cut], .. before[cut..]], after, $"new up to byte {cut}");
        }
    }

    [Fact]
    public async Task Its_sectors_written_out_of_order_it_holds_what_was_acknowledged_before()
    {
        const int Sector = 512;
        var (file, before, after) = await RecordLastCommitAsync(emptied: true);
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var torn = before.ToArray();
            for (var at = 0; at < after.Length; at += Sector)
            {
                if (random.Next(4) > 0)
                {
                    after.AsSpan(at, Math.Min(Sector, after.Length - at)).CopyTo(torn.AsSpan(at));
                }
            }

            await AssertHoldsWhole(file, torn, after, $"round {round}");
        }
    }

    // Writes and acknowledges A, then B; gives the file, and its log before and after B.
    private async Task<(byte[] File, byte[] Before, byte[] After)> RecordLastCommitAsync(bool emptied)
    {
        using var folder = TestFolder.InMemory();
        folder.Execute($"PRAGMA page_size = {PageSize}; PRAGMA application_id = {SqliteSchema.ApplicationId}");
        await using var journal = await folder.OpenAsync();
        Assert.Equal([true], await journal.AppendAsync([To(_first, 0, Enumerable.Range(0, 30).Select(n => $"stale {n}"))], Cancel));
        Assert.Equal([true, true], await journal.AppendAsync([To(_first, 30, "A1", "A2"), To(_second, 0, "A3")], Cancel));
        if (emptied)
        {
            // What A wrote is in the file now; its frames stay in the log until B is written over them.
            folder.Execute("PRAGMA wal_checkpoint(RESTART)");
        }

        var log = folder.Journal + "-wal";
        var before = await File.ReadAllBytesAsync(log, Cancel);
        Assert.Equal([true, true, true], await journal.AppendAsync([To(_first, 32, "B1"), To(_second, 1, "B2", "B3"), To(_third, 0, "B4")], Cancel));
        return (await File.ReadAllBytesAsync(folder.Journal, Cancel), before, await File.ReadAllBytesAsync(log, Cancel));
    }

    private async Task AssertHoldsWhole(byte[] file, ReadOnlyMemory<byte> torn, byte[] whole, string how)
    {
        using var folder = TestFolder.InMemory();
        await File.WriteAllBytesAsync(folder.Journal, file, Cancel);
        await File.WriteAllBytesAsync(folder.Journal + "-wal", torn, Cancel);
        var log = new CollectedLog();
        await using var journal = await folder.OpenAsync(log);
        var all = torn.Span.SequenceEqual(whole);
        var first = await Texts(journal, _first, Cancel);
        Assert.True(first.Skip(30).SequenceEqual(all ? ["A1", "A2", "B1"] : ["A1", "A2"]), $"{how}: {string.Join(' ', first)}");
        var second = await Texts(journal, _second, Cancel);
        Assert.True(second.SequenceEqual(all ? ["A3", "B2", "B3"] : ["A3"]), $"{how}: {string.Join(' ', second)}");
        var third = await Texts(journal, _third, Cancel);
        Assert.True(third.SequenceEqual(all ? ["B4"] : []), $"{how}: {string.Join(' ', third)}");
        Assert.Empty(log.At(LogLevel.Critical));
        Assert.Equal([true], await journal.AppendAsync([To(_first, first.Count, "after")], Cancel));
    }
}
