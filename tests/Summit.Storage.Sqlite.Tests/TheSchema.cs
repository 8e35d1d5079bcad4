using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Summit.Domain;
using Summit.Engine;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Sqlite.Tests;

/// <summary>How a file comes into being, moves forward from older versions, and is refused when it is not for us.</summary>
public sealed class TheSchema : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AggregateId _stream = NewStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_files_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var journal = await _folder.OpenAsync();
        await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal(["journal.db", "journal.db-shm", "journal.db-wal"], files.Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_clean_close_leaves_one_file()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
            Assert.Equal(["one"], await Texts(journal, _stream, Cancel));
        }

        Assert.Equal([_folder.Journal], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Many_may_start_at_once_on_a_new_file()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _folder.OpenAsync())));
        for (var i = 0; i < journals.Length; i++)
        {
            Assert.Equal([true], await journals[i].AppendAsync([To(_stream, i, $"{i}")], Cancel));
        }

        foreach (var journal in journals)
        {
            Assert.Equal(journals.Length, (await Texts(journal, _stream, Cancel)).Count);
            await journal.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_file_of_the_first_release_is_read_for_ever()
    {
        _folder.Execute(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pinned", "journal.v1.sql"), Cancel));
        var log = new CollectedLog();
        await using var journal = await _folder.OpenAsync(log);
        Assert.Empty(log.At(LogLevel.Critical));
        Assert.Empty(await journal.VerifyAsync(Cancel));

        var stream = new AggregateId("session", new Guid("01994f3a-7b00-7000-8000-000000000001"));
        var records = await journal.ReadAsync(stream, 0, 100, Cancel);
        Assert.Equal(["{\"text\":\"Кога ще има сянка на спирките?\"}", ""], records.Select(Text));
        Assert.Equal(
            new JournalRecord(
                2,
                "command.noted.v1",
                records[1].Data,
                new DateTimeOffset(2026, 9, 16, 10, 0, 0, 7, TimeSpan.Zero),
                Guid.Empty,
                new Guid("01994f3a-7b00-7000-8000-0000000000c2")),
            records[1]);
        var snapshot = await journal.LoadSnapshotAsync(stream, Cancel);
        Assert.Equal((2, "session.1", 17), (snapshot!.Version, snapshot.Format, snapshot.Data.Length));
        Assert.Equal([true], await journal.AppendAsync([To(stream, 2, "three")], Cancel));
    }

    [Fact]
    public async Task An_older_schema_moves_forward_with_everything_in_it()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync([To(_stream, 0, "one")], Cancel);
        }

        using (var connection = _folder.Connect())
        {
            SqliteSchema.Migrate(
                connection,
                [
                    .. SqliteSchema.Steps,
                    "ALTER TABLE snapshots ADD COLUMN size INTEGER; CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT",
                    "INSERT INTO later SELECT version FROM records",
                ]);
            Assert.Equal(SqliteSchema.Steps.Count + 2, SqliteSchema.Number(connection, "PRAGMA user_version"));
            Assert.Equal(1, SqliteSchema.Number(connection, "SELECT id FROM later"));
        }
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_schema_before_it()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        using (var connection = _folder.Connect())
        {
            Assert.Throws<SqliteException>(() => SqliteSchema.Migrate(
                connection, [.. SqliteSchema.Steps, "CREATE TABLE good (id INTEGER) STRICT", "CREATE TABLE half (id INTEGER) STRICT; SELECT no_such_thing"]));
        }

        using (var connection = _folder.Connect())
        {
            Assert.Equal(SqliteSchema.Steps.Count + 1, SqliteSchema.Number(connection, "PRAGMA user_version"));
            Assert.Equal(1, SqliteSchema.Number(connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('good', 'half')"));
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_as_it_is()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        _folder.Execute($"PRAGMA user_version = {SqliteSchema.Steps.Count + 1}");
        var bytes = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => _folder.OpenAsync());
        Assert.Contains($"newer Summit (schema {SqliteSchema.Steps.Count + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.Journal, Cancel));
    }

    [Fact]
    public async Task Somebody_else_s_database_is_refused_and_left_as_it_is()
    {
        _folder.Execute("CREATE TABLE recipes (id INTEGER)");
        var bytes = await File.ReadAllBytesAsync(_folder.Journal, Cancel);
        var refused = await Assert.ThrowsAsync<JournalCorruptException>(() => _folder.OpenAsync());
        Assert.Contains("not a journal", refused.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.Journal, Cancel));
    }

    [Fact]
    public async Task The_start_checks_the_newest_records_and_leaves_the_older_ones_to_the_read_that_meets_them()
    {
        await using (var journal = await _folder.OpenAsync())
        {
            await journal.AppendAsync([To(_stream, 0, Enumerable.Range(1, SqliteJournal.CheckedAtStart + 2).Select(n => $"{n}"))], Cancel);
        }

        _folder.Execute($"UPDATE records SET data = x'' WHERE version IN (2, 3, {SqliteJournal.CheckedAtStart})");
        var log = new CollectedLog();
        await using var again = await _folder.OpenAsync(log);
        var named = log.At(LogLevel.Critical);
        Assert.Equal(2, named.Count);
        Assert.Contains($"{_stream} version 3 ", named[0], StringComparison.Ordinal);
        Assert.Contains($"{_stream} version {SqliteJournal.CheckedAtStart} ", named[1], StringComparison.Ordinal);
        Assert.Equal(3, (await again.VerifyAsync(Cancel)).Count);
        await Assert.ThrowsAsync<JournalCorruptException>(() => again.ReadAsync(_stream, 1, 1, Cancel));
    }
}
