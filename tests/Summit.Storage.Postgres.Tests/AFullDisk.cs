using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;
using Summit.Domain;
using Summit.Engine;
using Summit.Testing;
using static Summit.Contracts.JournalSamples;

namespace Summit.Storage.Postgres.Tests;

/// <summary>A tablespace on a disk of a few megabytes. Where none may be mounted, the test is left out and says why.</summary>
public sealed class SmallDiskCluster : Cluster
{
    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("summit-postgres-disk-");
    private bool _mounted;

    public async Task<TestDatabase> CreateSmallDatabaseAsync(int megabytes)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "No small disk can be made here: only root may mount.");
        var (code, words) = await Programs.TryRunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _disk.FullName);
        Assert.SkipUnless(code == 0, $"No small disk can be made here: {words}");
        _mounted = true;
        await Programs.RunAsync("chown", "postgres", _disk.FullName);
        await ExecuteAsync("postgres", $"CREATE TABLESPACE small LOCATION '{_disk.FullName}'");
        await ExecuteAsync("postgres", "CREATE DATABASE small TABLESPACE small");
        return new TestDatabase(this, "small");
    }

    public Task GrowAsync(int megabytes) => Programs.RunAsync("mount", "-o", $"remount,size={megabytes}m", _disk.FullName);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_mounted)
        {
            await Programs.RunAsync("umount", _disk.FullName);
        }

        _disk.Delete();
    }
}

public sealed class AFullDisk(SmallDiskCluster cluster) : IClassFixture<SmallDiskCluster>
{
    private readonly AggregateId _stream = NewStream();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuses_and_stays_readable_and_takes_again_when_there_is_room()
    {
        var log = new CollectedLog();
        var database = await cluster.CreateSmallDatabaseAsync(16);
        await using var journal = await database.OpenAsync(log);
        var kept = 0;
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            for (; kept < 64; kept++)
            {
                Assert.Equal([true], await journal.AppendAsync([Megabyte(kept)], Cancel));
            }
        });
        Assert.Contains(PostgresErrorCodes.DiskFull, refused.Message, StringComparison.Ordinal);
        Assert.True(kept > 0, "Not even one record fitted.");
        var beside = NewStream();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync([To(beside, 0, "lost"), Megabyte(kept)], Cancel));
        Assert.Equal(kept, (await journal.ReadAsync(_stream, 0, 100, Cancel)).Count);
        Assert.Empty(await journal.ReadAsync(beside, 0, 100, Cancel));
        Assert.Single(log.At(LogLevel.Error));

        await cluster.GrowAsync(64);
        Assert.Equal([true, true], await journal.AppendAsync([To(beside, 0, "kept"), Megabyte(kept)], Cancel));
        Assert.Equal(kept + 1, (await journal.ReadAsync(_stream, 0, 100, Cancel)).Count);
        Assert.Contains(log.At(LogLevel.Information), line => line.Contains("can be written again", StringComparison.Ordinal));
    }

    private Append Megabyte(long expected) => new(_stream, expected, [Record(expected + 1, RandomNumberGenerator.GetBytes(1024 * 1024))]);
}
