using System.Threading.Channels;
using Summit.Testing;

namespace Summit.Bench.Replay;

/// <summary>Kills the server at given points of the play, and starts it again.</summary>
public sealed class Killer : IAsyncDisposable
{
    private readonly Channel<bool> _due = Channel.CreateUnbounded<bool>();
    private readonly Queue<int> _points;
    private readonly Lock _lock = new();
    private readonly Task _working;
    private int _done;

    /// <param name="points">Numbers of finished steps, rising.</param>
    public Killer(ServerProcess server, IEnumerable<int> points, Action<int> killed)
    {
        _points = new Queue<int>(points);
        _working = Task.Run(async () =>
        {
            await foreach (var _ in _due.Reader.ReadAllAsync())
            {
                await server.KillAsync();
                Kills++;
                killed(Volatile.Read(ref _done));
                await server.StartAgainAsync();
            }
        });
    }

    public int Kills { get; private set; }

    /// <summary>Points spread over the play at random, none at its very end: the server has to die while there is something to lose.</summary>
    public static IEnumerable<int> PointsFor(int steps, int kills, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        // One in each of as many equal parts: at random, yet never all within one second.
        return Enumerable.Range(0, kills).Select(kill => (int)((kill + 0.05 + (0.9 * random.NextDouble())) * steps / kills));
    }

    public void StepDone()
    {
        lock (_lock)
        {
            _done++;
            if (_points.TryPeek(out var point) && _done >= point)
            {
                _points.Dequeue();
                _due.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>No more kills; returns when the server stands again.</summary>
    public Task FinishAsync()
    {
        _due.Writer.TryComplete();
        return _working;
    }

    public async ValueTask DisposeAsync() => await FinishAsync();
}
