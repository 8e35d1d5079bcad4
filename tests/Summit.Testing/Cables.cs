using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Summit.Testing;

/// <summary>
/// What the servers of a cluster talk to each other through: each is reached at a port of this process, which hands on to the one it
/// listens at. So one can be cut from the others and still reach the store and its clients. Cut means silence, as with a cable: nothing
/// is refused, nothing is lost; what was sent meanwhile arrives when it is mended. Linux: it tells who calls from /proc.
/// </summary>
public sealed class Cables : IAsyncDisposable
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private readonly ConcurrentBag<Task> _running = [];
    private readonly List<(TcpListener Listener, ServerProcess To)> _ends = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private ServerProcess? _cut;
    private TaskCompletionSource _mended = Completed();

    /// <summary>Lays the one that leads to a server.</summary>
    /// <param name="port">Where the others reach it.</param>
    /// <param name="listens">Where it listens.</param>
    public void Lay(ServerProcess to, int port, int listens)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ends.Add((listener, to));
        _running.Add(AcceptAsync(listener, to, listens));
    }

    /// <summary>Cuts a server from all others, in both directions. One at a time.</summary>
    public void Cut(ServerProcess server)
    {
        lock (_gate)
        {
            (_cut, _mended) = (server, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _cut = null;
            _mended.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Mend();
        _ends.ForEach(end => end.Listener.Dispose());
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private async Task AcceptAsync(TcpListener listener, ServerProcess to, int listens)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                _running.Add(Task.Run(() => ConnectAsync(socket, to, listens)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Taken down.
        }
    }

    private async Task ConnectAsync(Socket caller, ServerProcess to, int listens)
    {
        using var _ = caller;
        using var called = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var from = Owner(((IPEndPoint)caller.RemoteEndPoint!).Port, ((IPEndPoint)caller.LocalEndPoint!).Port);
            await WaitWhileCutAsync(from, to);
            await called.ConnectAsync(IPAddress.Loopback, listens, _stop.Token);
            (caller.NoDelay, called.NoDelay) = (true, true);
            // When one direction ends, both do: these are not half-closed.
            Task[] pumps = [PumpAsync(caller, called, from, to), PumpAsync(called, caller, from, to)];
            await Task.WhenAny(pumps);
            caller.Dispose();
            called.Dispose();
            await Task.WhenAll(pumps);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody listens there: the caller is hung up on.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, ServerProcess? caller, ServerProcess called)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is > 0 and var read)
            {
                await WaitWhileCutAsync(caller, called);
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone.
        }
    }

    private Task WaitWhileCutAsync(ServerProcess? from, ServerProcess to)
    {
        lock (_gate)
        {
            return _cut is { } cut && (cut == from || cut == to) ? _mended.Task.WaitAsync(_stop.Token) : Task.CompletedTask;
        }
    }

    /// <summary>
    /// Whose end of a connection a loopback port is: the kernel names its inode, and the process that holds it open is one of the servers.
    /// By both ends: several connections may go out from one port, to different places.
    /// </summary>
    private ServerProcess? Owner(int port, int calls)
    {
        var (local, remote) = (string.Create(CultureInfo.InvariantCulture, $":{port:X4}"), string.Create(CultureInfo.InvariantCulture, $":{calls:X4}"));
        var inode = Tables
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields =>
                fields.Length > 9 && fields[1].EndsWith(local, StringComparison.Ordinal) && fields[2].EndsWith(remote, StringComparison.Ordinal))?[9];
        return _ends.Select(end => end.To).FirstOrDefault(server => !server.HasExited && Holds(server.Id, $"socket:[{inode}]"));
    }

    private static bool Holds(int process, string what)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
                .Any(file => new FileInfo(file).LinkTarget == what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or closed a file, while this looked: then it does not call either.
            return false;
        }
    }
}
