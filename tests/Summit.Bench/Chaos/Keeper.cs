using Summit.Testing;

namespace Summit.Bench.Chaos;

/// <summary>Starts a server again whenever it has ended, as an orchestrator does, except those it is told to leave alone.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(250);

    private readonly Action<ServerProcess> _found;
    private readonly HashSet<ServerProcess> _left = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="found">Called with each that has ended by itself.</param>
    public Keeper(IReadOnlyList<ServerProcess> servers, Action<ServerProcess> found)
    {
        _found = found;
        _running = RunAsync(servers);
    }

    /// <summary>From now on it is not started again. It runs when this returns.</summary>
    public void LeaveAlone(ServerProcess server)
    {
        lock (_gate)
        {
            StartIfEnded(server);
            _left.Add(server);
        }
    }

    /// <summary>Starts it again if it has ended.</summary>
    public void Mind(ServerProcess server)
    {
        lock (_gate)
        {
            _left.Remove(server);
            if (server.HasExited)
            {
                server.Launch();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<ServerProcess> servers)
    {
        using var timer = new PeriodicTimer(LooksEvery);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            lock (_gate)
            {
                foreach (var server in servers.Where(server => !_left.Contains(server)))
                {
                    StartIfEnded(server);
                }
            }
        }
    }

    private void StartIfEnded(ServerProcess server)
    {
        if (server.HasExited)
        {
            _found(server);
            server.Launch();
        }
    }
}
