using System.Collections.Concurrent;

namespace Summit.Storage.Sqlite;

/// <summary>
/// Runs everything that writes, one after another, on a thread of its own: a commit blocks in fsync, and a small server's
/// thread pool has too few threads to lend one for that.
/// </summary>
internal sealed class WriteThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _jobs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteThread() => new Thread(Run) { IsBackground = true, Name = "Journal" }.Start();

    /// <summary>Waits for the turn and runs the work. Cancellation is heard until the turn has come.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Job()
        {
            if (cancellationToken.IsCancellationRequested)
            {
                done.SetCanceled(cancellationToken);
                return;
            }

            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }

        try
        {
            _jobs.Add(Job, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteJournal));
        }

        return done.Task;
    }

    /// <summary>Lets what has been handed in finish, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.CompleteAdding();
        await _ended.Task;
    }

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            job();
        }

        _ended.SetResult();
    }
}
