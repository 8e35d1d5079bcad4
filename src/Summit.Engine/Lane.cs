using Summit.Domain;

namespace Summit.Engine;

/// <summary>How a lane ended: its cell has to reload.</summary>
internal enum LaneEnd
{
    None,

    /// <summary>Somebody else wrote to the stream.</summary>
    Conflict,

    /// <summary>It is not known what became durable.</summary>
    Unavailable,
}

internal enum Staging
{
    /// <summary>The lane was empty: it has to be put in the writer's line.</summary>
    First,

    /// <summary>The lane stands in the line, or its commit is under way.</summary>
    Joined,

    /// <summary>The lane has ended; nothing was staged.</summary>
    Broken,
}

/// <summary>
/// The events of one loaded cell on their way to the writer. All that is staged at the time of a commit goes as one append,
/// and after the first that fails nothing goes any more: an event decided upon one that was lost can never be written.
/// </summary>
internal sealed class Lane(AggregateId stream, long version, Action changed)
{
    private readonly Lock _gate = new();
    private List<JournalRecord> _staged = [];
    private List<JournalRecord> _committing = [];
    private bool _inLine;
    private long _durable = version;
    private LaneEnd _end;

    public AggregateId Stream => stream;

    /// <summary>The last version known to be durable.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Set once; read <see cref="Durable"/> after it, for the two to fit.</summary>
    public LaneEnd End
    {
        get
        {
            lock (_gate)
            {
                return _end;
            }
        }
    }

    public Staging Add(ReadOnlySpan<JournalRecord> records)
    {
        lock (_gate)
        {
            if (_end != LaneEnd.None)
            {
                return Staging.Broken;
            }

            _staged.AddRange(records);
            var first = !_inLine;
            _inLine = true;
            return first ? Staging.First : Staging.Joined;
        }
    }

    /// <summary>Everything staged, as one append; null if the lane has ended. Called by the writer alone.</summary>
    public Append? Take()
    {
        lock (_gate)
        {
            if (_end != LaneEnd.None)
            {
                return null;
            }

            (_committing, _staged) = (_staged, _committing);
            return new Append(stream, _durable, _committing);
        }
    }

    /// <summary>What was taken is durable.</summary>
    /// <returns>Whether more is staged: the lane is to stand in line again.</returns>
    public bool Commit()
    {
        bool more;
        lock (_gate)
        {
            Volatile.Write(ref _durable, _committing[^1].Version);
            _committing.Clear();
            more = _inLine = _staged.Count > 0;
        }

        changed();
        return more;
    }

    /// <returns>How many staged events are dropped with it, beside those taken.</returns>
    public int Break(LaneEnd end)
    {
        int dropped;
        lock (_gate)
        {
            _end = end;
            dropped = _staged.Count;
            _staged.Clear();
        }

        changed();
        return dropped;
    }
}
