using System.Text;
using Summit.Contracts;
using Summit.Domain;
using Summit.Engine.Transfer;

namespace Summit.Engine.Tests;

/// <summary>A journal written into a file, and what becomes of it on the way to another.</summary>
public sealed class AJournalAsAFile : IAsyncDisposable
{
    private static readonly Codec Codec = new(Tally.Kinds);

    private readonly MemoryJournal _from = new();
    private readonly MemoryJournal _to = new();
    private readonly AggregateId _first = new(Tally.Kind, Guid.Parse("019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11"));
    private readonly AggregateId _second = new(Tally.Kind, Guid.Parse("019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
    }

    [Fact]
    public async Task Comes_out_of_the_other_the_same()
    {
        var file = await FillAsync();
        var report = await ImportAsync(file);
        Assert.Equal((7, 2), (report.Written, report.Header.Streams));
        Assert.Equal(file, await ExportAsync(_to));
        Assert.Equal(await _from.ReadAsync(_first, 0, 10, Cancel), await _to.ReadAsync(_first, 0, 10, Cancel), SameRecord);
    }

    [Fact]
    public async Task Is_the_same_whatever_the_order_of_writing_was()
    {
        await AppendAsync(_from, _second, 1, 2);
        await AppendAsync(_from, _first, 1, 1);
        await AppendAsync(_to, _first, 1, 1);
        await AppendAsync(_to, _second, 1, 2);
        Assert.Equal(await ExportAsync(_from), await ExportAsync(_to));
    }

    /// <summary>What was taken out of one journal comes back by no file of before, and a file of after it holds nothing of it.</summary>
    [Fact]
    public async Task Carries_no_data_that_was_rewritten_and_brings_none_back()
    {
        var before = await FillAsync();
        await ImportAsync(before);
        foreach (var journal in new[] { _from, _to })
        {
            var record = (await journal.ReadAsync(_first, 0, 1, Cancel))[0];
            await journal.RewriteAsync(_first, [Codec.Encode(new Added(9_999), Codec.Decode(_first, record).Context)], Cancel);
        }

        await Assert.ThrowsAsync<JournalConflictException>(() => ImportAsync(before));
        var after = await ExportAsync(_from);
        Assert.Contains("9999", Encoding.UTF8.GetString(after), StringComparison.Ordinal);
        Assert.Equal(0, (await ImportAsync(after)).Written);
        Assert.Equal(after, await ExportAsync(_to));
    }

    [Fact]
    public async Task Is_refused_whole_wherever_it_was_cut()
    {
        var file = await FillAsync();
        for (var length = 0; length < file.Length; length++)
        {
            await Assert.ThrowsAsync<JournalCorruptException>(() => ImportAsync(file[..length]));
        }

        Assert.Empty(await _to.ListAsync(Cancel));
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0x80)]
    public async Task Is_refused_whole_whichever_of_its_bytes_was_changed(byte flipped)
    {
        var file = await FillAsync();
        for (var i = 0; i < file.Length; i++)
        {
            var damaged = file.ToArray();
            damaged[i] ^= flipped;
            await Assert.ThrowsAsync<JournalCorruptException>(() => ImportAsync(damaged));
        }

        Assert.Empty(await _to.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("a line left out")]
    [InlineData("a line twice")]
    [InlineData("two lines changed over")]
    [InlineData("something after the end")]
    [InlineData("a newer format")]
    public async Task Is_refused_whole_with(string what)
    {
        var lines = Encoding.UTF8.GetString(await FillAsync()).TrimEnd('\n').Split('\n').ToList();
        switch (what)
        {
            case "a line left out":
                lines.RemoveAt(3);
                break;
            case "a line twice":
                lines.Insert(3, lines[3]);
                break;
            case "two lines changed over":
                (lines[2], lines[3]) = (lines[3], lines[2]);
                break;
            case "something after the end":
                lines.Add(lines[1]);
                break;
            default:
                lines[0] = lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal);
                break;
        }

        await Assert.ThrowsAsync<JournalCorruptException>(() => ImportAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
        Assert.Empty(await _to.ListAsync(Cancel));
    }

    [Fact]
    public async Task Is_refused_whole_when_it_holds_an_event_that_is_not_known_here()
    {
        await FillAsync();
        await _from.AppendAsync([new Append(_first, 4, [new JournalRecord(5, "tally.doubled.v9", "{}"u8.ToArray(), DateTimeOffset.UtcNow, default, default)])], Cancel);
        var file = await ExportAsync(_from);

        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => ImportAsync(file));

        Assert.Contains("tally.doubled.v9", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await _to.ListAsync(Cancel));
    }

    [Fact]
    public async Task Is_refused_whole_when_one_of_its_streams_is_there_with_something_else()
    {
        var file = await FillAsync();
        await AppendAsync(_to, _second, 1, 99);
        await Assert.ThrowsAsync<JournalConflictException>(() => ImportAsync(file));
        Assert.Equal([new StreamHead(_second, 1)], await _to.ListAsync(Cancel));
    }

    [Fact]
    public async Task Is_refused_whole_when_one_of_its_streams_went_on_there()
    {
        var file = await FillAsync();
        await ImportAsync(file);
        await AppendAsync(_to, _first, 5, 1);
        await Assert.ThrowsAsync<JournalConflictException>(() => ImportAsync(file));
    }

    [Fact]
    public async Task Goes_on_where_an_import_was_cut_short_and_changes_nothing_that_is_there()
    {
        var file = await FillAsync();
        var begun = await _from.ReadAsync(_first, 0, 2, Cancel);
        await _to.AppendAsync([new Append(_first, 0, begun)], Cancel);
        await AppendAsync(_to, new AggregateId(Tally.Kind, Guid.CreateVersion7()), 1, 5);

        Assert.Equal(5, (await ImportAsync(file)).Written);
        Assert.Equal(0, (await ImportAsync(file)).Written);
        Assert.Equal(await _from.ReadAsync(_first, 0, 10, Cancel), await _to.ReadAsync(_first, 0, 10, Cancel), SameRecord);
        Assert.Equal(3, (await _to.ListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Holds_what_was_there_when_it_was_begun()
    {
        await FillAsync();
        var heads = await _from.ListAsync(Cancel);
        await AppendAsync(_from, _first, 5, 1);
        using var file = new MemoryStream();
        await JournalFile.WriteAsync(_from, "all", heads, file, Cancel);
        Assert.Equal(7, (await ImportAsync(file.ToArray())).Written);
    }

    private static bool SameRecord(JournalRecord one, JournalRecord other) =>
        one with { Data = default } == other with { Data = default } && one.Data.Span.SequenceEqual(other.Data.Span);

    private static async Task<byte[]> ExportAsync(MemoryJournal journal)
    {
        using var file = new MemoryStream();
        await JournalFile.WriteAsync(journal, "all", await journal.ListAsync(Cancel), file, Cancel);
        return file.ToArray();
    }

    private static async Task AppendAsync(MemoryJournal journal, AggregateId stream, long version, params long[] amounts) => Assert.Equal([true], await journal.AppendAsync(
        [
            new Append(stream, version - 1, [.. amounts.Select((amount, i) => Codec.Encode(
                new Added(amount), new EventContext(version + i, DateTimeOffset.UnixEpoch.AddMilliseconds(i), new ParticipantId(stream.Key), stream.Key)))]),
        ],
        Cancel));

    private async Task<byte[]> FillAsync()
    {
        await AppendAsync(_from, _first, 1, 1, 20, 300, 4_000);
        await AppendAsync(_from, _second, 1, 5, 6, 7);
        return await ExportAsync(_from);
    }

    private Task<ImportReport> ImportAsync(byte[] file) => new JournalImport(_to, Codec).RunAsync(() => new MemoryStream(file), Cancel);
}
