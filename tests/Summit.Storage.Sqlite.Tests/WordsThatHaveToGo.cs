using System.Text;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>What was rewritten is in no file of the journal any more: every byte of them is looked at.</summary>
public sealed class WordsThatHaveToGo : IDisposable
{
    private const string Word = "Ana-of-Tirana-asks";

    private readonly TestFolder _folder = new();
    private readonly AggregateId _stream = NewStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Short and long ones: those of more than a page lie on pages of their own.</summary>
    [Fact]
    public async Task Are_in_no_file_once_their_records_are_rewritten()
    {
        await using var journal = await _folder.OpenAsync();
        var append = To(_stream, 0, Enumerable.Range(0, 400).Select(n => n % 50 == 0 ? new StringBuilder().Insert(0, $"{Word} {n} ", 900).ToString() : $"{Word} {n}"));
        await journal.AppendAsync([append], Cancel);
        await journal.AppendAsync([To(NewStream(), 0, Enumerable.Range(0, 400).Select(n => $"kept {n}"))], Cancel);
        Assert.True(HoldsTheWord());

        await RewriteAsync(journal, append);

        Assert.False(HoldsTheWord());
        Assert.Empty(await journal.VerifyAsync(Cancel));
    }

    [Fact]
    public async Task Are_in_no_file_though_many_snapshots_have_held_them()
    {
        await using var journal = await _folder.OpenAsync();
        var append = To(_stream, 0, Word);
        await journal.AppendAsync([append], Cancel);
        for (var size = 40; size > 1; size--)
        {
            // Each is smaller than the one before, whose last pages become free.
            await journal.SaveSnapshotAsync(_stream, new Snapshot(1, "session.1", Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, Word, size * 100).ToString())), Cancel);
        }

        await RewriteAsync(journal, append);
        await journal.SaveSnapshotAsync(_stream, new Snapshot(2, "session.1", new byte[10]), Cancel);
        await journal.RewriteAsync(_stream, [], Cancel);

        Assert.False(HoldsTheWord());
    }

    /// <summary>As when the process was killed between the two: what is left to do is done by the same call again.</summary>
    [Fact]
    public async Task Stay_in_the_log_only_until_whoever_reads_there_has_ended()
    {
        await using var journal = await _folder.OpenAsync();
        var append = To(_stream, 0, Word);
        await journal.AppendAsync([append], Cancel);
        using (var reader = _folder.Connect())
        {
            SqliteSchema.Execute(reader, "BEGIN; SELECT count(*) FROM records");
            await Assert.ThrowsAsync<JournalUnavailableException>(() => RewriteAsync(journal, append));
            Assert.Equal(["gone"], await Texts(journal, _stream, Cancel));
            Assert.True(HoldsTheWord());
            Assert.Equal([true], await journal.AppendAsync([To(_stream, 1, "more")], Cancel));
        }

        await RewriteAsync(journal, append);
        Assert.False(HoldsTheWord());
        Assert.Equal(["gone", "more"], await Texts(journal, _stream, Cancel));
    }

    private static Task RewriteAsync(SqliteJournal journal, Append append) =>
        journal.RewriteAsync(append.Stream, [.. append.Records.Select(record => record with { Data = "gone"u8.ToArray() })], Cancel);

    private bool HoldsTheWord() => Directory.GetFiles(_folder.Path).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Word)) >= 0;
    });
}
