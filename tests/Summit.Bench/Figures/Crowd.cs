using System.Diagnostics;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>A change that was sent: its number, and when.</summary>
public readonly record struct Sent(long Seq, long At);

/// <summary>Many followers of one server on one thread, kept alive until disposed.</summary>
public sealed class Crowd : IDisposable
{
    /// <summary>Handshakes under way at a time: more only wait for each other.</summary>
    private const int AtOnce = 32;

    private readonly Ear _ear = new();
    private readonly List<Line> _lines = [];

    /// <summary>In the order they came; those who have left are not among them.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    public long Frames => _lines.Sum(line => (long)line.Frames);

    public long Bytes => _lines.Sum(line => line.Bytes);

    public static async Task<Crowd> GatherAsync(int count, Func<Crowd, int, Line> open, CancellationToken cancellationToken)
    {
        var crowd = new Crowd();
        await crowd.GrowAsync(count, open, cancellationToken);
        return crowd;
    }

    /// <param name="open">Opens the n-th of the crowd by <see cref="Open"/>.</param>
    public async Task GrowAsync(int count, Func<Crowd, int, Line> open, CancellationToken cancellationToken)
    {
        var opening = new Queue<Line>();
        for (var i = _lines.Count; count > 0; i++, count--)
        {
            opening.Enqueue(open(this, i));
            if (opening.Count >= AtOnce)
            {
                await opening.Dequeue().Opened.WaitAsync(Wait.Limit, cancellationToken);
            }
        }

        await Task.WhenAll(opening.Select(line => line.Opened)).WaitAsync(Wait.Limit, cancellationToken);
    }

    /// <summary>One more, see <see cref="Line.Open"/>.</summary>
    public Line Open(Uri server, Dialect dialect, Pass? pass = null, Sight? sight = null, bool far = false)
    {
        var line = Line.Open(_ear, server, dialect, pass, sight, far);
        lock (_ear.Gate)
        {
            _lines.Add(line);
        }

        return line;
    }

    /// <summary>Somebody goes.</summary>
    public void Leave(Line line)
    {
        lock (_ear.Gate)
        {
            _lines.Remove(line);
        }

        line.Close("left");
    }

    public void Forget()
    {
        lock (_ear.Gate)
        {
            _lines.ForEach(line => line.Forget());
        }
    }

    public Task WhenAllSeeAsync() => Task.WhenAll(_lines.Select(line => line.First)).WaitAsync(TimeSpan.FromMinutes(1));

    public Task ReachAsync(long seq) => ReachAsync(_lines, seq);

    public static Task ReachAsync(IReadOnlyList<Line> lines, long seq) => Wait.UntilAsync($"all followers come to {seq}", () =>
        lines.FirstOrDefault(line => line.IsClosed) is { } lost
            ? throw new LineLostException("A follower was lost on the way.", lost.First.Exception)
            : lines.All(line => line.Seq >= seq), TimeSpan.FromMinutes(1));

    public List<double> Latencies(IEnumerable<Sent> changes, int every = 1) => Latencies([.. _lines.Where((_, i) => i % every == 0)], changes);

    /// <summary>For each change and each follower, the milliseconds until it was seen.</summary>
    public static List<double> Latencies(IReadOnlyList<Line> lines, IEnumerable<Sent> changes)
    {
        var sent = changes.OrderBy(change => change.Seq).ToList();
        var all = new List<double>();
        foreach (var line in lines)
        {
            var heard = line.Heard;
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

    public void Dispose()
    {
        _lines.ForEach(line => line.Close("the crowd has gone"));
        _ear.Dispose();
    }
}
