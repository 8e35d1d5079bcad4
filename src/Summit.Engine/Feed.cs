using System.Runtime.CompilerServices;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// The durable events of one aggregate for any number of readers. It keeps the newest; who is further behind reads the
/// journal until it has caught up. Nothing is kept for a reader, so a slow one costs nothing. Thread-safe.
/// </summary>
public sealed class Feed
{
    /// <summary>Events kept: some seconds of the busiest session, so that only who joins or slept reads the journal. 64 bytes each besides the event.</summary>
    public const int TailLength = 1_024;

    /// <summary>Records read from the journal in one go.</summary>
    private const int PageLength = 512;

    private readonly Lock _gate = new();
    private readonly AggregateId _of;
    private readonly IJournal _journal;
    private readonly Codec _codec;

    /// <summary>A ring, event n at n modulo its length (a power of two); grows up to <see cref="TailLength"/>.</summary>
    private Recorded[] _tail = new Recorded[16];

    /// <summary>The oldest event in the ring; beyond <see cref="_head"/> when it is empty.</summary>
    private long _first = 1;

    /// <summary>The newest event known to be durable.</summary>
    private long _head;

    /// <summary>Whether everything after <see cref="_head"/> is still to be published here; else the journal must be asked.</summary>
    private bool _current;

    private bool _completed;
    private FeedBatch? _newest;
    private TaskCompletionSource? _changed;

    internal Feed(AggregateId of, IJournal journal, Codec codec)
    {
        _of = of;
        _journal = journal;
        _codec = codec;
    }

    /// <summary>The newest event this feed knows of; 0 before it was told of any.</summary>
    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Adds durable events. What is known already is dropped; what is missing before them readers get from the journal.</summary>
    public void Publish(FeedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _current = true;
            if (batch.Last <= _head)
            {
                return;
            }

            var events = batch.Events;
            var skip = 0;
            if (batch.First > _head + 1)
            {
                _first = batch.First;
            }
            else
            {
                skip = (int)(_head + 1 - batch.First);
            }

            _newest = skip == 0 ? batch : null;
            for (var i = skip; i < events.Count; i++)
            {
                Add(events[i]);
            }

            changed = TakeChanged();
        }

        changed?.SetResult();
    }

    /// <summary>Says that the events up to <paramref name="version"/> are durable, without showing them: readers get them from the journal.</summary>
    public void Advance(long version)
    {
        TaskCompletionSource? changed = null;
        lock (_gate)
        {
            _current = true;
            if (version > _head)
            {
                _head = version;
                _first = version + 1;
                changed = TakeChanged();
            }
        }

        changed?.SetResult();
    }

    /// <summary>Makes the readers ask the journal for what may have been missed: after the connection to the publisher was lost.</summary>
    public void Recheck()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _current = false;
            changed = TakeChanged();
        }

        changed?.SetResult();
    }

    /// <summary>Ends all readers without a fault, after what is kept here; nobody is sent to the journal any more.</summary>
    public void Complete()
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _completed = true;
            changed = TakeChanged();
        }

        changed?.SetResult();
    }

    /// <summary>The events after <paramref name="after"/> as <see cref="IEngine.FollowAsync"/> promises them. Ends only by cancel or <see cref="Complete"/>.</summary>
    /// <param name="after">May lie beyond the end: then what comes after it.</param>
    public async IAsyncEnumerable<FeedBatch> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        // Whether an event number `after` exists; a reader beyond the end must not tell the others where the end is.
        var certain = after == 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var next = Next(after);
            if (next.Completed)
            {
                yield break;
            }

            var batch = next.Batch;
            if (next.AskJournal)
            {
                // One record back, to see that the reader's position exists at all.
                var from = certain ? after : after - 1;
                var page = await _journal.ReadAsync(_of, from, PageLength, cancellationToken);
                certain |= page.Count > 0;
                batch = Decode(page, after);
                if (batch is null && next.Head > after)
                {
                    throw new JournalCorruptException($"{_of} lacks version {after + 1}, though {next.Head} was published.");
                }

                if (batch is null && certain)
                {
                    Advance(after);
                    continue;
                }
            }

            if (batch is not null)
            {
                certain = true;
                after = batch.Last;
                yield return batch;
            }
            else
            {
                await next.Changed!.WaitAsync(cancellationToken);
            }
        }
    }

    private FeedBatch? Decode(IReadOnlyList<JournalRecord> page, long after)
    {
        var skip = page.Count > 0 && page[0].Version <= after ? 1 : 0;
        if (page.Count == skip)
        {
            return null;
        }

        var events = new Recorded[page.Count - skip];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = _codec.Decode(_of, page[i + skip]);
            if (events[i].Context.Seq != after + 1 + i)
            {
                throw new JournalCorruptException($"{_of} lacks version {after + 1 + i}; {events[i].Context.Seq} follows.");
            }
        }

        return new FeedBatch(events);
    }

    /// <summary>What a reader at <paramref name="after"/> does next.</summary>
    private NextStep Next(long after)
    {
        lock (_gate)
        {
            if (after < _head && after + 1 >= _first)
            {
                return new NextStep { Batch = Slice(after) };
            }

            if (_completed)
            {
                return new NextStep { Completed = true };
            }

            _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new NextStep { AskJournal = after < _head || !_current, Head = _head, Changed = _changed.Task };
        }
    }

    private FeedBatch Slice(long after)
    {
        // Readers that keep up share the batch as it was published.
        if (_newest?.First == after + 1)
        {
            return _newest;
        }

        var events = new Recorded[_head - after];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = _tail[(after + 1 + i) & (_tail.Length - 1)];
        }

        return new FeedBatch(events);
    }

    private void Add(Recorded recorded)
    {
        var seq = recorded.Context.Seq;
        if (seq - _first >= _tail.Length)
        {
            if (_tail.Length < TailLength)
            {
                Grow();
            }
            else
            {
                _first++;
            }
        }

        if (recorded.Event is ErasureDone)
        {
            // The words are out of the journal, and so they go from here: whoever is further behind reads there.
            Array.Clear(_tail);
            _first = seq;
        }

        _tail[seq & (_tail.Length - 1)] = recorded;
        _head = seq;
    }

    private void Grow()
    {
        var larger = new Recorded[_tail.Length * 2];
        for (var seq = _first; seq <= _head; seq++)
        {
            larger[seq & (larger.Length - 1)] = _tail[seq & (_tail.Length - 1)];
        }

        _tail = larger;
    }

    private TaskCompletionSource? TakeChanged()
    {
        var changed = _changed;
        _changed = null;
        return changed;
    }

    private readonly record struct NextStep(FeedBatch? Batch, bool AskJournal, long Head, Task? Changed, bool Completed);
}
