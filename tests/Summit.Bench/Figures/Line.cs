using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Summit.Bench.Wire;

namespace Summit.Bench.Figures;

/// <summary>
/// One follower's WebSocket, spoken by hand. It looks at each message just enough to count it and to find its number, unless it was given
/// a <see cref="Sight"/> to build the picture in.
/// </summary>
/// <remarks>Read by its <see cref="Ear"/>'s thread alone; others look when nothing is under way, or hold the ear's gate.</remarks>
public sealed class Line
{
    /// <summary>A port of its own for each connection lasts for some 28,000 from one address.</summary>
    private const int Addresses = 16;

    /// <summary>Whatever carries a number has it near its start: {"type":2,"invocationId":"1","item":{"seq":17,</summary>
    private const int Head = 120;

    /// <summary>IPPROTO_TCP and TCP_MAXSEG.</summary>
    private const int Tcp = 6;
    private const int MaximumSegment = 2;

    private static int _lastAddress;

    private readonly Ear _ear;
    private readonly Dialect _dialect;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _header = new byte[10];
    private int _headerLength;
    private long _seq;

    /// <summary>Bytes of the WebSocket frame still to come, and whether they are its message's last.</summary>
    private long _left;
    private bool _final;
    private bool _upgraded;

    /// <summary>The start of a message whose end has not come yet.</summary>
    private byte[] _kept = [];
    private int _keptLength;

    private Line(Ear ear, Dialect dialect, Sight? sight) => (_ear, _dialect, Sight) = (ear, dialect, sight);

    /// <summary>Messages with a number in them.</summary>
    public int Frames { get; private set; }

    /// <summary>All that came after the handshake.</summary>
    public long Bytes { get; private set; }

    /// <summary>The newest number.</summary>
    public long Seq => Volatile.Read(ref _seq);

    /// <summary>When each number came, kept since <see cref="Forget"/>.</summary>
    public List<(long At, long Seq)> Heard { get; private set; } = [];

    /// <summary>What this follower sees; null for one that only counts.</summary>
    public Sight? Sight { get; }

    /// <summary>Whose line it is, where that matters.</summary>
    public Pass Pass { get; init; } = new("", default);

    /// <summary>Both sides have shaken hands.</summary>
    public Task Opened => _opened.Task;

    /// <summary>The first numbered frame has come.</summary>
    public Task First => _first.Task;

    public bool IsClosed { get; private set; }

    internal Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    internal int Place { get; set; }

    internal long Pinged { get; private set; } = Stopwatch.GetTimestamp();

    /// <summary>Connects; the rest happens as the server answers.</summary>
    /// <param name="pass">Whose token goes along, if any.</param>
    /// <param name="sight">Where to build the picture, which costs more than counting.</param>
    /// <param name="far">As over a real network: a kernel that keeps some kilobytes for a line, not the megabytes of the loopback device.</param>
    public static Line Open(Ear ear, Uri server, Dialect dialect, Pass? pass = null, Sight? sight = null, bool far = false)
    {
        var line = new Line(ear, dialect, sight) { Pass = pass ?? new Pass("", default) };
        if (far)
        {
            // The server's send buffer is measured in segments, which are 64 kB on loopback.
            line.Socket.SetRawSocketOption(Tcp, MaximumSegment, BitConverter.GetBytes(1_460));
            line.Socket.ReceiveBufferSize = 4_096;
        }

        line.Socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + ((uint)Interlocked.Increment(ref _lastAddress) % Addresses))]), 0));
        line.Socket.Connect(new IPEndPoint(IPAddress.Loopback, server.Port));
        var query = pass is null ? "" : $"?access_token={pass.Token}";
        line.Socket.Send(Encoding.ASCII.GetBytes(
            $"GET {dialect.Path}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        ear.Listen(line);
        return line;
    }

    public void Forget() => (Heard, Frames, Bytes) = ([], 0, 0);

    /// <summary>Stops reading, as a phone does that has left the hall with its line open.</summary>
    public void Ignore() => _ear.Ignore(this);

    public void Hear() => _ear.Hear(this);

    /// <summary>Hangs up without a word.</summary>
    public void Close(string why)
    {
        lock (_ear.Gate)
        {
            IsClosed = true;
            Socket.Dispose();
            var lost = new LineLostException($"The line ended: {why}.");
            _opened.TrySetException(lost);
            _first.TrySetException(lost);
            // Nobody need have waited for either.
            _ = (_opened.Task.Exception, _first.Task.Exception);
        }
    }

    internal void Ping()
    {
        Pinged = Stopwatch.GetTimestamp();
        if (_opened.Task.IsCompletedSuccessfully)
        {
            Send(_dialect.Ping);
        }
    }

    internal void Take(ReadOnlySpan<byte> bytes, long at)
    {
        if (!_upgraded)
        {
            bytes = Upgrade(bytes);
        }

        Bytes += bytes.Length;
        while (!bytes.IsEmpty && (_left > 0 || StartsFrame(ref bytes)))
        {
            var part = bytes[..(int)Math.Min(_left, bytes.Length)];
            bytes = bytes[part.Length..];
            _left -= part.Length;
            TakePart(part, _final && _left == 0, at);
        }
    }

    /// <summary>The answer to the upgrade comes in one piece: nothing else is on the line before it.</summary>
    private ReadOnlySpan<byte> Upgrade(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !bytes.StartsWith("HTTP/1.1 101"u8))
        {
            Close($"no upgrade but {Encoding.ASCII.GetString(bytes[..Math.Min(bytes.Length, Head)])}");
            return [];
        }

        _upgraded = true;
        Send(_dialect.Hello);
        return bytes[(end + 4)..];
    }

    /// <summary>Servers do not mask: a frame is a byte of flags, its length in 1, 3 or 9 bytes, and its payload.</summary>
    private bool StartsFrame(ref ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _header[_headerLength++] = bytes[0];
            bytes = bytes[1..];
            var length = _headerLength < 2 ? 2 : _header[1] switch { 126 => 4, 127 => 10, _ => 2 };
            if (_headerLength == length)
            {
                _headerLength = 0;
                _left = length switch { 2 => _header[1], 4 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)), _ => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)) };
                _final = _header[0] >= 0x80;
                if ((_header[0] & 0xF) == 8)
                {
                    Close("the server closed it");
                    return false;
                }

                if (_left > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void TakePart(ReadOnlySpan<byte> part, bool ends, long at)
    {
        while (!part.IsEmpty)
        {
            var end = _dialect.Separator is { } separator ? part.IndexOf(separator) : ends ? part.Length : -1;
            if (end < 0)
            {
                Keep(part);
                return;
            }

            if (_keptLength == 0)
            {
                TakeMessage(part[..end], at);
            }
            else
            {
                Keep(part[..end]);
                TakeMessage(_kept.AsSpan(0, _keptLength), at);
                (_kept, _keptLength) = ([], 0);
            }

            part = part[Math.Min(part.Length, end + 1)..];
        }
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        // Who only counts needs no more than the number.
        part = Sight is null ? part[..Math.Min(part.Length, Math.Max(0, Head - _keptLength))] : part;
        if (_kept.Length < _keptLength + part.Length)
        {
            Array.Resize(ref _kept, Math.Max(_keptLength + part.Length, _kept.Length * 2));
        }

        part.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += part.Length;
    }

    private void TakeMessage(ReadOnlySpan<byte> message, long at)
    {
        _opened.TrySetResult();
        var head = message[..Math.Min(message.Length, Head)];
        if (head.IndexOf("\"seq\":"u8) is not (>= 0 and var found) || !Utf8Parser.TryParse(head[(found + 6)..], out long seq, out _))
        {
            if (head.StartsWith("{\"type\":3"u8) || head.StartsWith("{\"type\":7"u8) || head.IndexOf("\"fault\""u8) >= 0)
            {
                Close(Encoding.UTF8.GetString(head));
            }

            return;
        }

        Frames++;
        Heard.Add((at, seq));
        Sight?.Apply(_ear.Seen.Of(message));
        // Last, for others wait for it to look at the rest.
        Volatile.Write(ref _seq, seq);
        _first.TrySetResult();
    }

    /// <summary>Masked, as clients must, with a key of zeros, which leaves the payload as it is.</summary>
    private void Send(ReadOnlySpan<byte> text)
    {
        byte[] framed = text.Length < 126
            ? [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text]
            : [0x81, 0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length, 0, 0, 0, 0, .. text];
        Socket.Send(framed, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            Close($"sending failed: {error}");
        }
    }
}
