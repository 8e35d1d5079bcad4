using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>Full, read-only, failing and locked disks, as real as a test can have them: refused, readable, and well again by itself.</summary>
public sealed class ADiskThatRefuses
{
    private readonly AggregateId _stream = NewStream();
    private readonly CollectedLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_and_stays_readable_and_takes_again_when_there_is_room()
    {
        using var disk = SmallDisk.Ram(1024);
        var texts = new List<string>();
        await using (var journal = await disk.OpenAsync(_log))
        {
            await AppendOne(journal, texts);
            await journal.SaveSnapshotAsync(_stream, new Snapshot(1, "f", "state"u8.ToArray()), Cancel);
            for (var round = 1; round <= 5; round++)
            {
                disk.Fill();
                await AppendUntilRefused(journal, texts);
                await AssertRefused(() => AppendOne(journal, texts));
                await AssertRefused(() => journal.SaveSnapshotAsync(_stream, new Snapshot(2, "f", new byte[65536]), Cancel));
                Assert.Equal(texts, await Texts(journal, _stream, Cancel));
                Assert.Equal(1, (await journal.LoadSnapshotAsync(_stream, Cancel))?.Version);
                Assert.Equal(round, _log.At(LogLevel.Error).Count);

                disk.Free();
                await AppendOne(journal, texts);
                Assert.Equal(round, _log.At(LogLevel.Information).Count);
            }

            disk.Fill();
        }

        disk.Free();
        await using var again = await disk.OpenAsync(_log);
        Assert.Equal(texts, await Texts(again, _stream, Cancel));
        Assert.Empty(await again.VerifyAsync(Cancel));
    }

    [Fact]
    public async Task A_batch_that_does_not_fit_the_disk_leaves_nothing_behind()
    {
        using var disk = SmallDisk.Ram(1024);
        await using var journal = await disk.OpenAsync();
        var batch = Enumerable.Range(0, 64).Select(_ => To(NewStream(), 0, new string('x', 32 * 1024))).ToArray();
        await AssertRefused(() => journal.AppendAsync(batch, Cancel));
        foreach (var append in batch)
        {
            Assert.Empty(await Texts(journal, append.Stream, Cancel));
        }

        Assert.Equal([true], await journal.AppendAsync([batch[0]], Cancel));
    }

    [Fact]
    public async Task After_a_crash_on_a_full_disk_what_is_there_can_be_read()
    {
        using var disk = SmallDisk.Ram(4096);
        var texts = new List<string>();
        await using var before = await disk.OpenAsync();
        while (texts.Count < 100)
        {
            await AppendOne(before, texts);
        }

        disk.Fill();
        await AppendUntilRefused(before, texts);

        // The first one still has its files open, as a killed process leaves them behind: the log is not moved into the file.
        await using var after = await disk.OpenAsync(_log);
        Assert.Single(_log.At(LogLevel.Error));
        Assert.Equal(texts, await Texts(after, _stream, Cancel));
        await AssertRefused(() => AppendOne(after, texts));
        disk.Free();
        await AppendOne(after, texts);
        Assert.Equal(texts, await Texts(after, _stream, Cancel));
    }

    [Fact]
    public async Task A_file_that_turns_read_only_refuses_and_stays_readable_and_takes_again_when_it_turns_back()
    {
        using var disk = SmallDisk.Ext4(8 * 1024);
        var texts = new List<string>();
        await using var journal = await disk.OpenAsync(_log);
        await AppendOne(journal, texts);
        foreach (var name in (string[])["journal.db-wal", "journal.db", "journal.db-wal"])
        {
            // The write-ahead log is what is written; the file itself is only wanted for writing when the connection is made anew.
            disk.SetImmutable("journal.db-wal", on: true);
            disk.SetImmutable(name, on: true);
            await AssertRefused(() => AppendOne(journal, texts));
            await AssertRefused(() => AppendOne(journal, texts));
            Assert.Equal(texts, await Texts(journal, _stream, Cancel));
            disk.SetImmutable("journal.db-wal", on: false);
            disk.SetImmutable(name, on: false);
            await AppendOne(journal, texts);
        }

        Assert.Equal(texts, await Texts(journal, _stream, Cancel));
    }

    [Fact]
    public async Task A_disk_whose_sync_fails_refuses_and_stays_readable_and_takes_again_when_it_is_well()
    {
        using var disk = SmallDisk.Ext4(1024);
        var texts = new List<string>();
        await using (var journal = await disk.OpenAsync(_log))
        {
            await AppendUntilRefused(journal, texts);
            Assert.Equal(texts, await Texts(journal, _stream, Cancel));
            disk.GiveBacking(32 * 1024);
            await AppendOne(journal, texts);
            await AppendOne(journal, texts);
            Assert.Equal(texts, await Texts(journal, _stream, Cancel));
        }

        await using var again = await disk.OpenAsync();
        Assert.Equal(texts, await Texts(again, _stream, Cancel));
        Assert.Empty(await again.VerifyAsync(Cancel));
    }

    [Fact]
    public async Task A_start_on_a_read_only_disk_says_so_and_works_when_it_is_writable()
    {
        using var disk = SmallDisk.Ram(1024);
        var texts = new List<string>();
        await using (var journal = await disk.OpenAsync())
        {
            await AppendOne(journal, texts);
        }

        disk.Remount("ro");
        await AssertRefused(() => disk.OpenAsync());
        disk.Remount("rw");
        await using var again = await disk.OpenAsync();
        Assert.Equal(texts, await Texts(again, _stream, Cancel));
        await AppendOne(again, texts);
    }

    [Fact]
    public async Task A_first_start_where_nothing_can_be_written_says_so()
    {
        using var disk = SmallDisk.Ram(1024);
        disk.Remount("ro");
        await AssertRefused(() => disk.OpenAsync());
        disk.Remount("rw");
        disk.Fill();
        await AssertRefused(() => disk.OpenAsync());
        disk.Free();
        await using var journal = await disk.OpenAsync();
        await AppendOne(journal, []);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_says_so()
    {
        using var folder = new TestFolder();
        Directory.Delete(folder.Path);
        await AssertRefused(() => folder.OpenAsync());
        Directory.CreateDirectory(folder.Path);
    }

    [Fact]
    public async Task A_locked_file_refuses_and_stays_readable_and_takes_again_when_the_lock_is_gone()
    {
        using var folder = new TestFolder();
        var texts = new List<string>();
        await using var journal = await folder.OpenAsync(_log);
        await AppendOne(journal, texts);
        using (var other = folder.Connect())
        {
            SqliteSchema.Execute(other, "BEGIN EXCLUSIVE");
            await AssertRefused(() => AppendOne(journal, texts));
            Assert.Equal(texts, await Texts(journal, _stream, Cancel));
            SqliteSchema.Execute(other, "ROLLBACK");
        }

        await AppendOne(journal, texts);
        Assert.Equal(texts, await Texts(journal, _stream, Cancel));
        Assert.Single(_log.At(LogLevel.Error));
        Assert.Single(_log.At(LogLevel.Information));
    }

    [Fact]
    public async Task A_short_lock_is_waited_for()
    {
        using var folder = new TestFolder();
        await using var journal = await folder.OpenAsync();
        await AppendOne(journal, []);
        using var other = folder.Connect();
        SqliteSchema.Execute(other, "BEGIN IMMEDIATE");
        var append = journal.AppendAsync([To(_stream, 1, "two")], Cancel);
        Assert.False(append.IsCompleted);
        SqliteSchema.Execute(other, "COMMIT");
        Assert.Equal([true], await append);
    }

    [Fact]
    public async Task A_file_that_was_taken_away_refuses_and_is_not_replaced_by_an_empty_one()
    {
        using var folder = new TestFolder();
        var texts = new List<string>();
        await using var journal = await folder.OpenAsync();
        await AppendOne(journal, texts);
        File.Move(folder.Journal, folder.File("elsewhere.db"));
        await AssertRefused(() => AppendOne(journal, texts));
        await AssertRefused(() => AppendOne(journal, texts));
        Assert.False(File.Exists(folder.Journal));
        File.Move(folder.File("elsewhere.db"), folder.Journal);
        await AppendOne(journal, texts);
        Assert.Equal(texts, await Texts(journal, _stream, Cancel));
    }

    private static async Task AssertRefused(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(call);
        Assert.NotEmpty(refused.Message);
    }

    private async Task AppendOne(SqliteJournal journal, List<string> texts)
    {
        var text = $"{texts.Count} {new string('x', 2000)}";
        Assert.Equal([true], await journal.AppendAsync([To(_stream, texts.Count, text)], Cancel));
        texts.Add(text);
    }

    private async Task AppendUntilRefused(SqliteJournal journal, List<string> texts)
    {
        // More than any of the small disks can hold.
        const int Enough = 20_000;
        var before = texts.Count;
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            while (texts.Count < before + Enough)
            {
                await AppendOne(journal, texts);
            }
        });
        Assert.Contains("SQLite", refused.Message, StringComparison.Ordinal);
    }
}
