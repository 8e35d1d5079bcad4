using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>
/// This server's commands to one cell. One call is under way at a time, and what is sent meanwhile goes together in the
/// next: so commands keep their order through any retry, and a call is paid once for many. It costs no throughput: what
/// arrives at a cell during a commit waits for the next commit anyway. Thread-safe.
/// </summary>
internal sealed class Line(AggregateId to, ICellGrain cell, TimeProvider time, ILogger log)
{
    /// <summary>Longer than it takes to declare a lost server dead (see <see cref="ClusterSettings"/>), shorter than a person waits.</summary>
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(320);

    private readonly Lock _gate = new();
    private List<Pending> _waiting = [];
    private int _underWay;
    private bool _closed;

    public AggregateId To => to;

    /// <summary>When everything handed in is answered. Only read after the first command.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <returns>False if the line has ended: another has to be made.</returns>
    public bool TrySend(CommandEnvelope command, Action<Line> ended, out Task<Reply> reply)
    {
        reply = Task.FromResult(Reply.Refused(EngineFaults.Busy));
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            if (_underWay < Cell.MaxUnderWay)
            {
                var pending = new Pending(command);
                _waiting.Add(pending);
                reply = pending.Task;
                if (_underWay++ == 0)
                {
                    Completion = Task.Run(() => RunAsync(ended));
                }
            }

            return true;
        }
    }

    private async Task RunAsync(Action<Line> ended)
    {
        while (Take() is { } batch)
        {
            try
            {
                var answers = await CallAsync(Array.ConvertAll(batch, pending => pending.Command));
                for (var i = 0; i < batch.Length; i++)
                {
                    batch[i].Complete(answers?[i]);
                }
            }
            catch (Exception e)
            {
                Array.ForEach(batch, pending => pending.TrySetException(e));
            }

            lock (_gate)
            {
                _underWay -= batch.Length;
            }
        }

        ended(this);
    }

    /// <summary>What is waiting; null closes the line.</summary>
    private Pending[]? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _closed = true;
                return null;
            }

            Pending[] batch = [.. _waiting];
            _waiting.Clear();
            return batch;
        }
    }

    /// <summary>Calls until the cell answers. That is safe: a command that comes twice has the same id, and counts once.</summary>
    /// <returns>Null if it could not be reached for too long.</returns>
    private async Task<Answer[]?> CallAsync(CommandEnvelope[] commands)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; time.GetElapsedTime(began) < GivesUpAfter; pause = Min(pause * 2, LongestPause))
        {
            try
            {
                var answers = (await cell.SendAsync(commands.AsImmutable())).Value;
                if (!Array.Exists(answers, answer => answer.Fault == EngineFaults.Stopping))
                {
                    return answers;
                }
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                Log.CallFailed(log, to, e);
            }

            OrleansMeters.Retries.Add(1);
            await Task.Delay(pause, time);
        }

        Log.Unreachable(log, to, commands.Length);
        return null;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed class Pending(CommandEnvelope command) : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public CommandEnvelope Command => command;

        public void Complete(Answer? answer)
        {
            try
            {
                SetResult(answer?.ToReply() ?? Reply.Refused(EngineFaults.Unavailable));
            }
            catch (Exception e) when (e is JournalCorruptException or InvalidOperationException)
            {
                SetException(e);
            }
        }
    }
}
