using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>What is on disk is no longer what was written: it is named, and never given out as if it were true.</summary>
public sealed class ADamagedFile : IDisposable
{
    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly CollectedLog _log = new();
    private readonly AggregateId _stream = NewStream();
    private readonly AggregateId _other = NewStream("practice");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UPDATE records SET data = x'7B7D' WHERE version = 2")]
    [InlineData("UPDATE records SET data = x'' WHERE version = 2")]
    [InlineData("UPDATE records SET type = 'test.happened.v2' WHERE version = 2")]
    [InlineData("UPDATE records SET at = at + 1 WHERE version = 2")]
    [InlineData("UPDATE records SET at = 9223372036854775807 WHERE version = 2")]
    [InlineData("UPDATE records SET actor = randomblob(16) WHERE version = 2")]
    [InlineData("UPDATE records SET actor = x'' WHERE version = 2")]
    [InlineData("UPDATE records SET actor = command, command = actor WHERE version = 2")]
    [InlineData("UPDATE records SET checksum = checksum + 1 WHERE version = 2")]
    [InlineData("UPDATE records SET data = (SELECT data FROM records WHERE version = 3) WHERE version = 2")]
    public async Task A_changed_record_is_named_at_the_start_and_by_the_read_that_meets_it(string damage)
    {
        await WriteAsync();
        _folder.Execute(damage);
        await using var journal = await _folder.OpenAsync(_log);

        var name = $"{_stream} version 2 ";
        Assert.Contains(name, Assert.Single(_log.At(LogLevel.Critical)), StringComparison.Ordinal);
        Assert.Contains(name, Assert.Single(await journal.VerifyAsync(Cancel)), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => journal.ReadAsync(_stream, 0, 100, Cancel));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);

        // What is not damaged is as good as before.
        Assert.Equal("one", Text(Assert.Single(await journal.ReadAsync(_stream, 0, 1, Cancel))));
        Assert.Equal("three", Text(Assert.Single(await journal.ReadAsync(_stream, 2, 100, Cancel))));
        Assert.Equal(["other"], await Texts(journal, _other, Cancel));
        Assert.Equal([true], await journal.AppendAsync([To(_other, 1, "more")], Cancel));
    }

    [Theory]
    [InlineData("DELETE FROM records WHERE version = 2")]
    [InlineData("UPDATE records SET version = 4 WHERE version = 2")]
    public async Task A_missing_record_is_named(string damage)
    {
        await WriteAsync();
        _folder.Execute(damage);
        await using var journal = await _folder.OpenAsync(_log);
        Assert.Contains(_log.At(LogLevel.Critical), line => line.Contains($"{_stream} ", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => journal.ReadAsync(_stream, 0, 100, Cancel));
        Assert.Contains($"{_stream} version 2 ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE streams SET key = randomblob(16) WHERE kind = 'session'")]
    [InlineData("UPDATE streams SET kind = 'sessions' WHERE kind = 'session'")]
    [InlineData("DELETE FROM streams WHERE kind = 'session'")]
    [InlineData("UPDATE records SET stream = 99 WHERE stream = 1")]
    public async Task Records_under_another_name_are_found_at_the_start(string damage)
    {
        await WriteAsync();
        _folder.Execute(damage);
        await using var journal = await _folder.OpenAsync(_log);
        Assert.Equal(3, _log.At(LogLevel.Critical).Count(line => line.Contains("checksum", StringComparison.Ordinal)
            || line.Contains("belongs to no stream", StringComparison.Ordinal)));
        Assert.Equal(["other"], await Texts(journal, _other, Cancel));
    }

    [Theory]
    [InlineData("UPDATE snapshots SET data = x'00'")]
    [InlineData("UPDATE snapshots SET version = version + 1")]
    [InlineData("UPDATE snapshots SET format = 'other'")]
    [InlineData("UPDATE snapshots SET stream = 2 WHERE stream = 1")]
    public async Task A_damaged_snapshot_is_as_good_as_none(string damage)
    {
        await WriteAsync();
        _folder.Execute(damage);
        await using var journal = await _folder.OpenAsync(_log);
        Assert.Null(await journal.LoadSnapshotAsync(_stream, Cancel));
        Assert.Null(await journal.LoadSnapshotAsync(_other, Cancel));
        Assert.Single(_log.At(LogLevel.Warning));
        Assert.Equal(["one", "two", "three"], await Texts(journal, _stream, Cancel));
        await journal.SaveSnapshotAsync(_stream, new Snapshot(9, "f", default), Cancel);
        Assert.NotNull(await journal.LoadSnapshotAsync(_stream, Cancel));
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_never_read_as_truth_and_is_found()
    {
        _folder.Execute($"PRAGMA page_size = 512; PRAGMA application_id = {SqliteSchema.ApplicationId}");
        await WriteAsync();
        var whole = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        int unharmed = 0, named = 0, refused = 0;
        var random = new Random(3);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(_folder.Journal, damaged, Cancel);
            File.Delete(_folder.Journal + "-wal");
            File.Delete(_folder.Journal + "-shm");
            switch (await TryReadAsync($"byte {at}"))
            {
                case null:
                    refused++;
                    break;
                case []:
                    unharmed++;
                    break;
                default:
                    named++;
                    break;
            }
        }

        // Empty room in the pages may change unnoticed; of the rest, some damage is named and some (the schema itself) refuses the start.
        Assert.True(named > whole.Length / 20, $"{named} of {whole.Length} were named.");
        Assert.True(unharmed > 0 && refused > 0, $"{unharmed} did no harm, {refused} refused the start.");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(_folder.Journal, new string('?', 8192), Cancel);
        await Assert.ThrowsAsync<JournalCorruptException>(() => _folder.OpenAsync());
    }

    private async Task WriteAsync()
    {
        await using var journal = await _folder.OpenAsync();
        await journal.AppendAsync([To(_stream, 0, "one", "two", "three"), To(_other, 0, "other")], Cancel);
        await journal.SaveSnapshotAsync(_stream, new Snapshot(3, "f", "state"u8.ToArray()), Cancel);
    }

    // Null: the start was refused. Otherwise what the verification found; if that is nothing, every record was read as it was written.
    private async Task<IReadOnlyList<string>?> TryReadAsync(string where)
    {
        SqliteJournal journal;
        try
        {
            journal = await _folder.OpenAsync();
        }
        catch (Exception e) when (e is JournalCorruptException or JournalUnavailableException)
        {
            return null;
        }

        await using (journal)
        {
            var wrong = await journal.VerifyAsync(Cancel);
            foreach (var (stream, texts) in new[] { (_stream, (string[])["one", "two", "three"]), (_other, ["other"]) })
            {
                try
                {
                    var read = await Texts(journal, stream, Cancel);
                    Assert.True(read.SequenceEqual(texts.Take(read.Count)), $"{where}: read {string.Join(' ', read)}");
                    Assert.True(read.Count == texts.Length || wrong.Count > 0, $"{where}: only {read.Count} read, and nothing found.");
                }
                catch (JournalCorruptException)
                {
                    Assert.True(wrong.Count > 0, $"{where}: met by a read, but not found.");
                }
            }

            return wrong;
        }
    }
}
