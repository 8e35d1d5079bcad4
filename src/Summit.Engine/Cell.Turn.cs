using System.Runtime.InteropServices;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>A cell's turn: only one thread at a time is in here.</summary>
public sealed partial class Cell
{
    private static readonly IReadOnlyList<IEvent> Noted = [new CommandNoted()];

    /// <summary>Servers whose clocks are looked after differ by less.</summary>
    private static readonly TimeSpan LittleBehind = TimeSpan.FromSeconds(10);

    /// <summary>What was sent and has to wait until the state is loaded.</summary>
    private readonly Queue<Pending> _waiting = new();

    /// <summary>What was decided and has to wait until the events up to then are durable.</summary>
    private readonly Queue<Answer> _answers = new();

    /// <summary>Events staged and not yet durable.</summary>
    private readonly Queue<Recorded> _staged = new();

    /// <summary>The events of the command being decided, reused.</summary>
    private readonly List<Recorded> _events = [];
    private readonly List<JournalRecord> _records = [];

    /// <summary>Null before the first load, and when it must not be trusted any more.</summary>
    private CellState? _state;
    private Lane? _lane;

    /// <summary>The last event staged, and the last one known to be durable.</summary>
    private long _version;
    private long _durable;

    /// <summary>The last snapshot saved or asked for.</summary>
    private long _snapshotAt;
    private bool _loading;

    /// <summary>Put here by the load, taken by the next turn.</summary>
    private LoadOutcome? _loaded;

    private void Take(Pending pending)
    {
        if (_state is null)
        {
            _waiting.Enqueue(pending);
        }
        else
        {
            Decide(pending, _state);
        }
    }

    private void Decide(Pending pending, CellState state)
    {
        var command = pending.Command;
        if (state.Remembers(command.Id, out var seq))
        {
            AnswerOnceDurable(pending, Reply.At(seq));
            return;
        }

        if (_host.Writer.Refusal is { } refusal)
        {
            Complete(pending, Refused(refusal));
            return;
        }

        try
        {
            var now = Now(state.At);
            var decision = state.Aggregate.Decide(command.Command, new CommandContext(command.Id, command.Actor, now));
            if (decision.Fault is { } fault)
            {
                AnswerOnceDurable(pending, Refused(fault));
                return;
            }

            Apply(state, decision.Events is { Count: > 0 } events ? events : Noted, command, now);
        }
        catch (Exception e)
        {
            // A bug in the rules. The state may be half changed; what was staged before is whole and goes its way.
            Log.RulesThrew(_host.CellLog, Id, command.Command.GetType().Name, e);
            _state = null;
            Complete(pending, e);
            return;
        }

        _version = state.Version;
        foreach (var recorded in _events)
        {
            _staged.Enqueue(recorded);
        }

        _host.Writer.Stage(_lane!, CollectionsMarshal.AsSpan(_records));
        AnswerOnceDurable(pending, Reply.At(_version));
    }

    private void Apply(CellState state, IReadOnlyList<IEvent> events, CommandEnvelope command, DateTimeOffset now)
    {
        _events.Clear();
        _records.Clear();
        for (var i = 0; i < events.Count; i++)
        {
            var recorded = new Recorded(events[i], new EventContext(state.Version + 1, now, command.Actor.Id, command.Id));
            _records.Add(_host.Codec.Encode(recorded.Event, recorded.Context));
            state.Apply(recorded);
            _events.Add(recorded);
        }
    }

    /// <summary>
    /// Stored times have milliseconds: the live state must not know more than a replay would. What comes later is not dated earlier, though the
    /// clock was set right or the cell has moved to a server whose clock is behind; a larger difference is an error of the past, and the clock is believed.
    /// </summary>
    private DateTimeOffset Now(DateTimeOffset last)
    {
        var ticks = _host.Time.GetUtcNow().UtcTicks;
        var now = new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return last > now && last - now < LittleBehind ? last : now;
    }

    /// <summary>Every answer rests on the state it was decided upon: it waits until all of that is durable.</summary>
    private void AnswerOnceDurable(Pending pending, Reply reply)
    {
        if (_version == _durable)
        {
            Complete(pending, reply);
        }
        else
        {
            _answers.Enqueue(new Answer(pending, reply, _version));
        }
    }

    private void Settle()
    {
        if (_lane is null)
        {
            return;
        }

        var end = _lane.End;
        var durable = _lane.Durable;
        if (durable > _durable)
        {
            var events = new Recorded[durable - _durable];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = _staged.Dequeue();
            }

            _durable = durable;
            Feed.Publish(new FeedBatch(events));
            while (_answers.TryPeek(out var answer) && answer.After <= durable)
            {
                _answers.Dequeue();
                Complete(answer.Pending, answer.Reply);
            }

            AskForSnapshot();
        }

        if (end != LaneEnd.None)
        {
            Drop(end);
        }
    }

    /// <summary>What is staged will not become durable, or nobody knows: forget it and read what the journal holds.</summary>
    private void Drop(LaneEnd end)
    {
        _state = null;
        _lane = null;
        _staged.Clear();
        _version = _durable;
        // Some of it may be durable all the same, or somebody else's events are: followers need not wait for the next command.
        Feed.Recheck();
        var behind = _waiting.Count;
        while (_answers.TryDequeue(out var answer))
        {
            var pending = answer.Pending;
            if (end == LaneEnd.Conflict && ++pending.Attempts < MaxAttempts)
            {
                _waiting.Enqueue(pending);
            }
            else
            {
                Complete(pending, Refused(end == LaneEnd.Conflict ? EngineFaults.Busy : EngineFaults.JournalUnavailable));
            }
        }

        // Those decided before go before those that were still waiting.
        for (; behind > 0; behind--)
        {
            _waiting.Enqueue(_waiting.Dequeue());
        }
    }

    private void LoadIfNeeded()
    {
        // After a bug in the rules some events may still be on their way: a load before they settle would miss them.
        if (_state is null && !_loading && _waiting.Count > 0 && _version == _durable)
        {
            _loading = true;
            _ = LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        LoadOutcome outcome;
        try
        {
            outcome = new LoadOutcome(
                await CellState.LoadAsync(Id, Kind, _host.Journal, _host.Codec, _host.CellLog, CancellationToken.None), null);
        }
        catch (JournalUnavailableException e)
        {
            Log.NotLoadedYet(_host.CellLog, Id, e.Message);
            outcome = new LoadOutcome(null, e);
        }
        catch (Exception e)
        {
            Log.LoadFailed(_host.CellLog, Id, e);
            outcome = new LoadOutcome(null, e);
        }

        Volatile.Write(ref _loaded, outcome);
        Call();
    }

    private void TakeLoaded()
    {
        if (Interlocked.Exchange(ref _loaded, null) is not { } loaded)
        {
            return;
        }

        _loading = false;
        if (loaded.State is { } state)
        {
            _state = state;
            _lane = new Lane(Id, state.Version, Call);
            _version = _durable = state.Version;
            _snapshotAt = state.SnapshotVersion;
            Feed.Advance(state.Version);
            AskForSnapshot();
            Log.Loaded(_host.CellLog, Id, state.Version);
        }

        for (var count = _waiting.Count; count > 0; count--)
        {
            var pending = _waiting.Dequeue();
            switch (loaded.Error)
            {
                case null:
                    Take(pending);
                    break;
                case JournalUnavailableException:
                    Complete(pending, Refused(EngineFaults.JournalUnavailable));
                    break;
                case var error:
                    Complete(pending, error);
                    break;
            }
        }
    }

    private void AskForSnapshot()
    {
        if (_state is { } state && Snapshotter.IsDue(_durable, _snapshotAt))
        {
            _snapshotAt = _durable;
            _host.Snapshotter.Ask(state);
        }
    }

    private void Complete(Pending pending, Reply reply)
    {
        Meters.Commands.Add(1);
        pending.SetResult(reply);
        _use.Leave();
    }

    private void Complete(Pending pending, Exception bug)
    {
        Meters.Commands.Add(1);
        pending.SetException(bug);
        _use.Leave();
    }

    /// <summary>A command under way.</summary>
    private sealed class Pending(CommandEnvelope command) : TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public CommandEnvelope Command => command;

        /// <summary>How often another activation was faster.</summary>
        public int Attempts { get; set; }
    }

    private readonly record struct Answer(Pending Pending, Reply Reply, long After);

    private sealed record LoadOutcome(CellState? State, Exception? Error);
}
