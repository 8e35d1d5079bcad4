using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// The one writer of a process: whatever cells staged while a commit was under way shares the next one. There is no waiting
/// for company: an idle writer commits a single event at once.
/// </summary>
public sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>
    /// Events staged and not yet durable, over all cells. A disk that does 100,000 rows a second is then 0.16 s behind:
    /// whoever came later would wait longer than a refused client does before its retry.
    /// </summary>
    public const int MaxStaged = 16_384;

    /// <summary>Lanes are taken into a commit until it holds this many events: some 20 ms of a good disk, so that no commit makes the others wait long.</summary>
    private const int FullCommit = 2_048;

    /// <summary>After a failed commit work is refused at once for this long: a full disk is asked four times a second, not by each command.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMilliseconds(250);

    private readonly Channel<Lane> _waiting = Channel.CreateUnbounded<Lane>(new() { SingleReader = true });
    private readonly IJournal _journal;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _loop;
    private readonly List<Lane> _lanes = [];
    private readonly List<Append> _batch = [];
    private int _staged;
    private long _failedAt;
    private volatile bool _failed;

    public GroupCommit(IJournal journal, TimeProvider time, ILogger<GroupCommit> log)
    {
        _journal = journal;
        _time = time;
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Events decided and not yet durable.</summary>
    public int Staged => Volatile.Read(ref _staged);

    /// <summary>Null when a command may be decided now, else why not.</summary>
    public Fault? Refusal =>
        Recovering ? EngineFaults.JournalUnavailable
        : Staged >= MaxStaged ? EngineFaults.Busy
        : null;

    private bool Recovering => _failed && _time.GetElapsedTime(Volatile.Read(ref _failedAt)) < Recovery;

    /// <summary>Stages events of one command behind those staged in the lane before. Never waits; the lane tells when they are durable.</summary>
    internal void Stage(Lane lane, ReadOnlySpan<JournalRecord> records)
    {
        var staging = lane.Add(records);
        if (staging == Staging.First && !_waiting.Writer.TryWrite(lane))
        {
            lane.Break(LaneEnd.Unavailable);
        }
        else if (staging != Staging.Broken)
        {
            Count(records.Length);
        }
    }

    /// <summary>Commits what is staged and ends. What is staged later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var events = 0;
            while (events < FullCommit && _waiting.Reader.TryRead(out var lane))
            {
                if (lane.Take() is { } append)
                {
                    _lanes.Add(lane);
                    _batch.Add(append);
                    events += append.Records.Count;
                }
            }

            if (events > 0)
            {
                await CommitAsync(events);
                Count(-events);
            }

            _lanes.Clear();
            _batch.Clear();
        }
    }

    private async Task CommitAsync(int events)
    {
        if (Recovering)
        {
            BreakAll();
            return;
        }

        var started = _time.GetTimestamp();
        try
        {
            var kept = await _journal.AppendAsync(_batch, CancellationToken.None);
            for (var i = 0; i < _lanes.Count; i++)
            {
                if (kept[i])
                {
                    Requeue(_lanes[i]);
                }
                else
                {
                    Log.Conflict(_log, _lanes[i].Stream);
                    Count(-_lanes[i].Break(LaneEnd.Conflict));
                }
            }

            if (_failed)
            {
                _failed = false;
                Log.CommitsAgain(_log);
            }
        }
        catch (Exception e)
        {
            // Whatever it was, nothing is known to be durable: the cells reload and see.
            Log.CommitFailed(_log, events, e);
            Volatile.Write(ref _failedAt, _time.GetTimestamp());
            _failed = true;
            BreakAll();
        }

        Meters.Commits.Add(1);
        Meters.CommitEvents.Record(events);
        Meters.CommitDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>What the cell staged while its last events were committed goes to the end of the line, so that lanes take turns.</summary>
    private void Requeue(Lane lane)
    {
        if (lane.Commit() && !_waiting.Writer.TryWrite(lane))
        {
            Count(-lane.Break(LaneEnd.Unavailable));
        }
    }

    private void BreakAll()
    {
        foreach (var lane in _lanes)
        {
            Count(-lane.Break(LaneEnd.Unavailable));
        }
    }

    private void Count(int events)
    {
        Interlocked.Add(ref _staged, events);
        Meters.Queue.Add(events);
    }
}
