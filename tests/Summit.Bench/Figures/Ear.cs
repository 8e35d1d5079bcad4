using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Summit.Bench.Figures;

/// <summary>
/// Listens to any number of lines on one thread, by epoll: ten thousand followers must cost far less here than where they are served.
/// A task and a buffer for each, as ClientWebSocket has them, would not.
/// </summary>
public sealed class Ear : IDisposable
{
    /// <summary>A server hangs up on a client it has not heard of for 30 s; SignalR's own clients ping every 15.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(12);

    /// <summary>Readable sockets taken in one go.</summary>
    private const int Batch = 256;

    private const int Milliseconds = 20;
    private const int Add = 1;
    private const int Delete = 2;
    private const uint Readable = 1;

    /// <summary>struct epoll_event is packed on x86-64 alone.</summary>
    private static readonly (int Size, int Data) Event = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? (12, 4) : (16, 8);

    private readonly int _epoll = EpollCreate(0);
    private readonly List<Line> _lines = [];
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly byte[] _events = new byte[Batch * Event.Size];
    private readonly Thread _thread;
    private volatile bool _closing;
    private int _nextPing;

    public Ear()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "ear" };
        _thread.Start();
    }

    /// <summary>Held while lines are read: who holds it finds them standing still.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What frames say, for those who build a picture from them.</summary>
    internal SeenFrames Seen { get; } = new();

    internal void Listen(Line line)
    {
        lock (Gate)
        {
            line.Place = _lines.Count;
            _lines.Add(line);
            Control(Add, line);
        }
    }

    /// <summary>Goes on pinging a line, but reads it no more, until <see cref="Hear"/>.</summary>
    internal void Ignore(Line line) => Change(Delete, line);

    internal void Hear(Line line) => Change(Add, line);

    public void Dispose()
    {
        _closing = true;
        _thread.Join();
        _ = Close(_epoll);
    }

    private void Run()
    {
        while (!_closing)
        {
            var count = EpollWait(_epoll, _events, Batch, Milliseconds);
            lock (Gate)
            {
                for (var i = 0; i < count; i++)
                {
                    Read(_lines[BitConverter.ToInt32(_events, (i * Event.Size) + Event.Data)]);
                }

                PingSome();
            }
        }
    }

    private void Read(Line line)
    {
        if (line.IsClosed)
        {
            return;
        }

        // Once: if there is more, the next wait says so.
        var read = line.Socket.Receive(_buffer, SocketFlags.None, out var error);
        if (read > 0 && error == SocketError.Success)
        {
            line.Take(_buffer.AsSpan(0, read), Stopwatch.GetTimestamp());
        }
        else
        {
            line.Close("the server hung up");
        }
    }

    /// <summary>A few at a time, so that the others need not wait: all have had their turn within some seconds.</summary>
    private void PingSome()
    {
        for (var left = Math.Min(_lines.Count, 1 + (_lines.Count / Batch)); left > 0; left--)
        {
            var line = _lines[_nextPing++ % _lines.Count];
            if (!line.IsClosed && Stopwatch.GetElapsedTime(line.Pinged) > PingEvery)
            {
                line.Ping();
            }
        }
    }

    private void Change(int operation, Line line)
    {
        lock (Gate)
        {
            // The server may have hung up meanwhile, which a ping has noticed.
            if (!line.IsClosed)
            {
                Control(operation, line);
            }
        }
    }

    private void Control(int operation, Line line)
    {
        var what = new byte[Event.Size];
        BitConverter.TryWriteBytes(what, Readable);
        BitConverter.TryWriteBytes(what.AsSpan(Event.Data), (long)line.Place);
        if (EpollControl(_epoll, operation, (int)line.Socket.Handle, what) != 0)
        {
            throw new InvalidOperationException($"epoll_ctl: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [DllImport("libc", EntryPoint = "epoll_create1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollCreate(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollControl(int epoll, int operation, int file, byte[] what);

    [DllImport("libc", EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EpollWait(int epoll, byte[] events, int most, int milliseconds);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
