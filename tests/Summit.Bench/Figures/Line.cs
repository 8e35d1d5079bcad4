using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Summit.Bench.Wire;

namespace Summit.Bench.Figures;

/// <summary>
/// One follower that looks at each message just enough to count it and to find its number: a thousand of them must not cost more
/// than the server they listen to.
/// </summary>
public sealed class Line : IAsyncDisposable
{
    private static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, 0x1E];
    private static readonly byte[] Ping = [.. """{"type":6}"""u8, 0x1E];

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Picture? _picture;
    private byte[] _buffer = new byte[4_096];
    private int _used;
    private Task _reading = Task.CompletedTask;

    private Line(bool looks) => _picture = looks ? new Picture() : null;

    /// <summary>Messages with a number in them.</summary>
    public int Frames { get; private set; }

    /// <summary>All that came after the handshake.</summary>
    public long Bytes { get; private set; }

    /// <summary>The newest number.</summary>
    public long Seq { get; private set; }

    /// <summary>How many frames were whole pictures.</summary>
    public int Resets { get; private set; }

    /// <summary>When each number came, kept since <see cref="Forget"/>.</summary>
    public List<(long At, long Seq)> Heard { get; private set; } = [];

    /// <summary>Whose line it is, where that matters.</summary>
    public Pass Pass { get; set; } = new("", default);

    public bool Looks => _picture is not null;

    /// <summary>What this follower sees; only of one that was opened to look.</summary>
    public Picture Picture => _picture ?? throw new InvalidOperationException("This follower only counts.");

    /// <summary>The first frame has come. Throws if the line has ended before.</summary>
    public Task First => _first.Task;

    /// <param name="follow">The invocation that opens the stream; null for a hub that just sends.</param>
    /// <param name="looks">Whether it also builds the picture, which costs far more than counting.</param>
    public static async Task<Line> OpenAsync(Uri server, string? token, string? follow, bool looks, CancellationToken cancellationToken)
    {
        var line = new Line(looks);
        var live = new UriBuilder(server) { Scheme = "ws", Path = "/live", Query = token is null ? "" : $"access_token={token}" };
        await line._socket.ConnectAsync(live.Uri, cancellationToken);
        byte[] hello = follow is null ? Handshake : [.. Handshake, .. Encoding.UTF8.GetBytes(follow), 0x1E];
        await line._socket.SendAsync(hello, WebSocketMessageType.Text, true, cancellationToken);
        return line;
    }

    public static string Follow(Guid session, long since) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["{{session}}",{{since}}]}""");

    /// <summary>Starts to read; a follower that never does is a silent one.</summary>
    public void Listen() => _reading = ReadAsync();

    public void Forget() => (Heard, Frames, Bytes, Resets) = ([], 0, 0, 0);

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_socket.State == WebSocketState.Open)
            {
                await _socket.SendAsync(Ping, WebSocketMessageType.Text, true, cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                if (_used == _buffer.Length)
                {
                    Array.Resize(ref _buffer, _used * 2);
                }

                var read = await _socket.ReceiveAsync(_buffer.AsMemory(_used), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                Bytes += read.Count;
                Take(_used += read.Count);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is gone, or this side has hung up.
        }

        _first.TrySetException(new LineLostException("The line ended before the first frame."));
        _ = _first.Task.Exception;
    }

    private void Take(int until)
    {
        var at = Stopwatch.GetTimestamp();
        var start = 0;
        while (_buffer.AsSpan(start, until - start).IndexOf((byte)0x1E) is >= 0 and var length)
        {
            Take(_buffer.AsMemory(start, length), at);
            start += length + 1;
        }

        _buffer.AsSpan(start, until - start).CopyTo(_buffer);
        _used = until - start;
    }

    private void Take(ReadOnlyMemory<byte> message, long at)
    {
        // Whatever carries a number has it near its start: {"type":2,"invocationId":"1","item":{"seq":17,
        var head = message.Span[..Math.Min(message.Length, 120)];
        if (head.IndexOf("\"seq\":"u8) is not (>= 0 and var found) || !Utf8Parser.TryParse(head[(found + 6)..], out long seq, out _))
        {
            return;
        }

        Frames++;
        Seq = seq;
        Heard.Add((at, seq));
        Resets += head.IndexOf("\"reset\":true"u8) >= 0 ? 1 : 0;
        if (_picture is not null)
        {
            using var parsed = System.Text.Json.JsonDocument.Parse(message);
            _picture.Apply(parsed.RootElement.GetProperty("item").Clone());
        }

        _first.TrySetResult();
    }
}
