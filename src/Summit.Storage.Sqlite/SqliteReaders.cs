using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Summit.Storage.Sqlite;

/// <summary>A few read-only connections, lent to one caller each. One that failed is closed and a fresh one opened in its place.</summary>
internal sealed class SqliteReaders(string path) : IAsyncDisposable
{
    // Reads are short and come from the page cache, so they keep a processor busy rather than wait: a few more than a small server has.
    private const int Most = 4;

    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private volatile bool _disposed;

    /// <param name="what">What is read, for the message if it fails.</param>
    public async Task<T> RunAsync<T>(Func<SqliteReader, T> work, string what, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteJournal));
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteJournal));
            return await Task.Run(() => Run(work, what), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        for (var i = 0; i < Most; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        // Those still waiting in line are let through to be told that the journal is closed.
        _free.Release(Most);
    }

    private T Run<T>(Func<SqliteReader, T> work, string what)
    {
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryTake(out reader))
            {
                reader = new SqliteReader(path);
            }

            var result = work(reader);
            _idle.Add(reader);
            return result;
        }
        catch (Exception e)
        {
            reader?.Dispose();
            if (e is SqliteException sqlite)
            {
                throw SqliteFaults.Translate(sqlite, what);
            }

            throw;
        }
    }
}
