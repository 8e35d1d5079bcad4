using System.Diagnostics;
using System.Net.Sockets;
using Summit.Bench.Wire;

namespace Summit.Bench.Figures;

/// <summary>Callers that share one thread, each with one request under way: calling costs so little that it is the server that is measured.</summary>
public sealed class Volley : IDisposable
{
    private readonly Dictionary<Socket, Caller> _callers = [];

    public static async Task<Volley> OpenAsync(Uri server, int callers, CancellationToken cancellationToken)
    {
        var volley = new Volley();
        for (var i = 0; i < callers; i++)
        {
            var caller = await Caller.OpenAsync(server, cancellationToken);
            volley._callers.Add(caller.Socket, caller);
        }

        return volley;
    }

    /// <summary>Keeps all of them busy for so long; returns the milliseconds each request took.</summary>
    /// <param name="next">The next request; it may be the same memory each time.</param>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public Task<List<double>> RunAsync(TimeSpan length, Func<ReadOnlyMemory<byte>> next) =>
        Task.Factory.StartNew(() => Run(length, next), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose()
    {
        foreach (var caller in _callers.Values)
        {
            caller.Dispose();
        }
    }

    private List<double> Run(TimeSpan length, Func<ReadOnlyMemory<byte>> next)
    {
        var (began, took, ready) = (Stopwatch.GetTimestamp(), new List<double>(), new List<Socket>());
        var sent = new Dictionary<Socket, long>();
        foreach (var socket in _callers.Keys)
        {
            Send(socket);
        }

        while (sent.Count > 0)
        {
            ready.Clear();
            ready.AddRange(sent.Keys);
            Socket.Select(ready, null, null, Timeout.Infinite);
            foreach (var socket in ready)
            {
                if (_callers[socket].Take() is not { } answer)
                {
                    continue;
                }

                if (answer.Status != 200)
                {
                    throw new InvalidOperationException($"A request was refused with {answer.Status}.");
                }

                took.Add(Stopwatch.GetElapsedTime(sent[socket]).TotalMilliseconds);
                if (Stopwatch.GetElapsedTime(began) < length)
                {
                    Send(socket);
                }
                else
                {
                    sent.Remove(socket);
                }
            }
        }

        return took;

        void Send(Socket socket)
        {
            sent[socket] = Stopwatch.GetTimestamp();
            socket.Send(next().Span);
        }
    }
}

/// <summary>Requests by which people support one item and take it back, in turn: made beforehand but for the id.</summary>
public sealed class Supports(Guid session, Guid item, IReadOnlyList<Pass> people)
{
    private readonly byte[][] _requests =
        [.. people.Select(pass => Caller.Command(session, pass, new { type = "support", item, on = false, id = Guid.Empty }))];

    private readonly bool[] _on = new bool[people.Count];
    private int _next;

    /// <summary>Another person's each time: nobody may send more than ten a second.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        var person = _next++ % _requests.Length;
        var request = _requests[person];
        // ..."on":false,"id":"00000000-0000-0000-0000-000000000000"}
        var id = request.AsSpan(^38..^2);
        Guid.CreateVersion7().TryFormat(id, out _);
        _on[person] = !_on[person];
        (_on[person] ? " true"u8 : "false"u8).CopyTo(request.AsSpan(^50..^45));
        return request;
    }
}
