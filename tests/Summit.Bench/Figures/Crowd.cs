using System.Diagnostics;
using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>A change that was sent: its number, and when.</summary>
public readonly record struct Sent(long Seq, long At);

/// <summary>Many followers of one server, kept alive until disposed.</summary>
public sealed class Crowd : IAsyncDisposable
{
    /// <summary>A server hangs up on a client it has not heard of for 30 s; SignalR's own clients ping every 15.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(12);

    /// <summary>Handshakes under way at a time: more only wait for each other.</summary>
    private const int AtOnce = 32;

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _pinging;

    private Crowd(IReadOnlyList<Line> lines)
    {
        Lines = lines;
        _pinging = PingAsync();
    }

    public IReadOnlyList<Line> Lines { get; }

    public long Frames => Lines.Sum(line => (long)line.Frames);

    public long Bytes => Lines.Sum(line => line.Bytes);

    /// <param name="open">Opens one; it listens from then on.</param>
    public static async Task<Crowd> GatherAsync(int count, Func<int, CancellationToken, Task<Line>> open, CancellationToken cancellationToken)
    {
        var lines = new Line[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, cancel) =>
        {
            lines[i] = await open(i, cancel);
            lines[i].Listen();
        });
        return new Crowd(lines);
    }

    /// <summary>Of lines that listen already.</summary>
    public static Crowd Of(IReadOnlyList<Line> lines) => new(lines);

    public void Forget()
    {
        foreach (var line in Lines)
        {
            line.Forget();
        }
    }

    public Task ReachAsync(long seq) => Wait.UntilAsync($"all followers come to {seq}", () => Lines.All(line => line.Seq >= seq), TimeSpan.FromMinutes(1));

    /// <summary>For each change and each n-th follower, the milliseconds until it was seen.</summary>
    public List<double> Latencies(IEnumerable<Sent> changes, int every = 1)
    {
        var sent = changes.OrderBy(change => change.Seq).ToList();
        var all = new List<double>();
        for (var i = 0; i < Lines.Count; i += every)
        {
            var heard = Lines[i].Heard;
            var at = 0;
            foreach (var change in sent)
            {
                while (at < heard.Count && heard[at].Seq < change.Seq)
                {
                    at++;
                }

                // One that never came would be infinitely late; ReachAsync has made sure that there is none.
                all.Add(at < heard.Count ? Stopwatch.GetElapsedTime(change.At, heard[at].At).TotalMilliseconds : double.PositiveInfinity);
            }
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _pinging;
        foreach (var line in Lines)
        {
            await line.DisposeAsync();
        }

        _closing.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                foreach (var line in Lines)
                {
                    await line.PingAsync(_closing.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            // Closed, or the server has gone, which whoever waits for frames will notice.
        }
    }
}
