namespace Summit.Engine;

/// <summary>What one server tells of the moment.</summary>
/// <param name="From">Who tells it: another one each time a room opens.</param>
/// <param name="Here">Who is there; null for the same as last time.</param>
/// <param name="Counts">What was counted since it told last, of each kind.</param>
public sealed record Share(Guid From, Here? Here, IReadOnlyList<int> Counts);

/// <param name="People">Each once; on two servers, too, somebody counts once.</param>
/// <param name="Busy">Who is at what.</param>
public sealed record Here(IReadOnlyList<Guid> People, IReadOnlyList<string> Cities, IReadOnlyList<Busy> Busy);

/// <param name="Connection">Tells apart two desks of one name.</param>
public sealed record Busy(string Connection, string? Name, Guid Item);

/// <summary>What all servers tell of the moment, put together.</summary>
/// <param name="Counts">What was counted everywhere since who hears this heard it last, of each kind.</param>
public sealed record Together(int Online, int Cities, IReadOnlyList<Busy> Busy, IReadOnlyList<int> Counts);

/// <summary>
/// Puts together what the servers tell. Each share holds for a lease, so a server that is gone is forgotten soon. Thread-safe.
/// </summary>
public sealed class Gathering(TimeProvider time)
{
    /// <summary>Five beats: a busy server may miss some. Followers of a dead one are at another by then, and were counted once meanwhile.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Two beats: within one, all hear that they have to tell everything again; within the next they do.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Teller> _tellers = [];
    private readonly List<Busy> _busy = [];
    private int _online;
    private int _cities;

    /// <summary>When it was found that this has the place of another one, on a server that was lost or has handed over.</summary>
    private long? _tookOver;

    /// <summary>Nobody tells anything any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _tellers.Count == 0;
            }
        }
    }

    /// <summary>See <see cref="IGatherings.TellAsync"/>.</summary>
    public Together? Take(Share share)
    {
        ArgumentNullException.ThrowIfNull(share);
        lock (_gate)
        {
            var changed = Forget();
            if (!_tellers.TryGetValue(share.From, out var teller))
            {
                if (share.Here is null)
                {
                    _tookOver ??= time.GetTimestamp();
                    return null;
                }

                _tellers.Add(share.From, teller = new Teller());
            }

            teller.At = time.GetTimestamp();
            if (share.Here is { } here)
            {
                teller.Here = here;
                changed = true;
            }

            if (changed)
            {
                Unite();
            }

            foreach (var each in _tellers.Values)
            {
                each.Add(share.Counts);
            }

            // A number that only some have told would drop and rise again on every screen.
            return _tookOver is { } since && time.GetElapsedTime(since) < Settling
                ? null
                : new Together(_online, _cities, [.. _busy], teller.TakeCounts());
        }
    }

    private bool Forget()
    {
        var gone = _tellers.Where(teller => time.GetElapsedTime(teller.Value.At) > Lease).Select(teller => teller.Key).ToList();
        gone.ForEach(teller => _tellers.Remove(teller));
        return gone.Count > 0;
    }

    private void Unite()
    {
        var all = _tellers.Values.Select(teller => teller.Here).ToList();
        _online = all.SelectMany(here => here.People).Distinct().Count();
        _cities = all.SelectMany(here => here.Cities).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        _busy.Clear();
        _busy.AddRange(all.SelectMany(here => here.Busy));
    }

    private sealed class Teller
    {
        private int[] _counts = [];

        public Here Here { get; set; } = new([], [], []);

        public long At { get; set; }

        public void Add(IReadOnlyList<int> counts)
        {
            Array.Resize(ref _counts, Math.Max(_counts.Length, counts.Count));
            for (var kind = 0; kind < counts.Count; kind++)
            {
                _counts[kind] += counts[kind];
            }
        }

        public int[] TakeCounts()
        {
            var counts = _counts;
            _counts = new int[counts.Length];
            return counts;
        }
    }
}
