using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Summit.Bench.Wire;

/// <summary>The line is gone: the same thing may be tried again on a new one.</summary>
public sealed class LineLostException : IOException
{
    public LineLostException()
    {
    }

    public LineLostException(string message)
        : base(message)
    {
    }

    public LineLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>One WebSocket to the hub, speaking SignalR's JSON protocol by hand: invocations and streams. Never reconnects.</summary>
/// <remarks>The protocol needs no negotiation over WebSockets and is one record type per message; a client library would cost more than it saves in a load generator.</remarks>
public sealed class LiveConnection : IAsyncDisposable
{
    private const byte EndOfMessage = 0x1E;

    /// <summary>A server hangs up on a client it has not heard of for 30 s; SignalR's own clients ping every 15.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>What the browser's client waits for a line, and for an answer, before it gives the line up (lifeline.ts, live.ts).</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>A server that says nothing for so long is gone: it pings every 15 s.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _invocations = new();
    private readonly ConcurrentDictionary<string, Channel<JsonElement>> _streams = new();
    private readonly ArrayBufferWriter<byte> _received = new(4096);
    private readonly CancellationTokenSource _closed = new();
    private Task _running = Task.CompletedTask;
    private LineLostException? _lost;
    private long _heard = Stopwatch.GetTimestamp();
    private int _nextId;

    private LiveConnection()
    {
    }

    public bool IsLost => Volatile.Read(ref _lost) is not null;

    /// <exception cref="LineLostException">The server is not there, or does not let us in.</exception>
    public static async Task<LiveConnection> OpenAsync(Uri server, string token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        var connection = new LiveConnection();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit);
        try
        {
            var live = new UriBuilder(server) { Scheme = "ws", Path = "/live", Query = $"access_token={Uri.EscapeDataString(token)}" };
            await connection._socket.ConnectAsync(live.Uri, limit.Token);
            await connection.WriteAsync("""{"protocol":"json","version":1}"""u8.ToArray(), limit.Token);
            await connection.ShakeHandsAsync(limit.Token);
            connection._running = Task.WhenAll(connection.ReadAsync(), connection.PingAsync());
            return connection;
        }
        catch (Exception e) when (e is WebSocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await connection.DisposeAsync();
            throw e as LineLostException ?? new LineLostException($"The line could not be opened: {e.Message}", e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method of the hub and returns its result.</summary>
    /// <exception cref="LineLostException">The answer will not come on this line any more.</exception>
    /// <exception cref="InvalidOperationException">The hub threw.</exception>
    public async Task<JsonElement> InvokeAsync(string target, object?[] arguments, CancellationToken cancellationToken)
    {
        var id = NextId();
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[id] = answer;
        try
        {
            await WriteAsync(Message(1, id, target, arguments), cancellationToken);
            return await answer.Task.WaitAsync(AnswerLimit, cancellationToken);
        }
        catch (TimeoutException e)
        {
            Lose(e);
            throw new LineLostException("There was no answer.", e);
        }
        finally
        {
            _invocations.TryRemove(id, out _);
        }
    }

    /// <summary>Opens a stream and returns what comes on it, until it ends.</summary>
    /// <exception cref="LineLostException">On reading: the line is gone.</exception>
    public async Task<ChannelReader<JsonElement>> StreamAsync(string target, object?[] arguments, CancellationToken cancellationToken)
    {
        var id = NextId();
        var items = Channel.CreateUnbounded<JsonElement>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        _streams[id] = items;
        await WriteAsync(Message(4, id, target, arguments), cancellationToken);
        return items.Reader;
    }

    /// <summary>Loses the line from this side.</summary>
    public void HangUp() => Lose(null);

    public async ValueTask DisposeAsync()
    {
        Lose(null);
        _socket.Abort();
        await _running;
        _socket.Dispose();
        _writing.Dispose();
        _closed.Dispose();
    }

    private static byte[] Message(int type, string id, string target, object?[] arguments) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, invocationId = id, target, arguments }, Api.Json);

    private string NextId() => Interlocked.Increment(ref _nextId).ToString(CultureInfo.InvariantCulture);

    private async Task WriteAsync(byte[] message, CancellationToken cancellationToken)
    {
        // With the record separator appended in the same frame.
        var framed = new byte[message.Length + 1];
        message.CopyTo(framed, 0);
        framed[^1] = EndOfMessage;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _lost) is { } lost)
            {
                throw new LineLostException(lost.Message, lost);
            }

            // Not cancelled half way: that would abort the line for everybody on it.
            await _socket.SendAsync(framed, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException)
        {
            throw new LineLostException("The line went while writing.", e);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        var answer = await ReadMessageAsync(cancellationToken);
        using var parsed = JsonDocument.Parse(answer);
        if (parsed.RootElement.TryGetProperty("error", out var error))
        {
            throw new LineLostException($"The hub refused the handshake: {error.GetString()}");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                using var message = JsonDocument.Parse(await ReadMessageAsync(CancellationToken.None));
                Take(message.RootElement);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Lose(e);
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Stopwatch.GetElapsedTime(Volatile.Read(ref _heard)) > SilenceLimit)
                {
                    throw new LineLostException("The server has gone silent.");
                }

                await WriteAsync("""{"type":6}"""u8.ToArray(), _closed.Token);
            }
        }
        catch (Exception e) when (e is LineLostException or OperationCanceledException)
        {
            Lose(e);
        }
    }

    private async Task<byte[]> ReadMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _received.WrittenSpan.IndexOf(EndOfMessage);
            if (end >= 0)
            {
                var message = _received.WrittenSpan[..end].ToArray();
                var rest = _received.WrittenSpan[(end + 1)..].ToArray();
                _received.ResetWrittenCount();
                _received.Write(rest);
                return message;
            }

            var read = await _socket.ReceiveAsync(_received.GetMemory(4096), cancellationToken);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                throw new LineLostException($"The server hung up: {_socket.CloseStatusDescription}");
            }

            Volatile.Write(ref _heard, Stopwatch.GetTimestamp());
            _received.Advance(read.Count);
        }
    }

    private void Take(JsonElement message)
    {
        switch (message.GetProperty("type").GetInt32())
        {
            case 2 when _streams.TryGetValue(message.GetProperty("invocationId").GetString()!, out var stream):
                stream.Writer.TryWrite(message.GetProperty("item").Clone());
                break;
            case 3:
                Complete(message, message.GetProperty("invocationId").GetString()!);
                break;
            case 7:
                throw new LineLostException($"The hub closed the line: {message}");
            default:
                // Pings, and calls of client methods, which this protocol has none of.
                break;
        }
    }

    private void Complete(JsonElement message, string id)
    {
        var error = message.TryGetProperty("error", out var text) ? new InvalidOperationException($"The hub threw: {text.GetString()}") : null;
        if (_streams.TryRemove(id, out var stream))
        {
            stream.Writer.TryComplete(error);
        }
        else if (_invocations.TryGetValue(id, out var answer))
        {
            _ = error is null
                ? answer.TrySetResult(message.TryGetProperty("result", out var result) ? result.Clone() : default)
                : answer.TrySetException(error);
        }
    }

    private void Lose(Exception? cause)
    {
        var lost = new LineLostException(cause?.Message ?? "The line was closed from this side.", cause);
        if (Interlocked.CompareExchange(ref _lost, lost, null) is not null)
        {
            return;
        }

        _closed.Cancel();
        foreach (var answer in _invocations.Values)
        {
            answer.TrySetException(new LineLostException(lost.Message, lost));
        }

        foreach (var stream in _streams.Values)
        {
            stream.Writer.TryComplete(new LineLostException(lost.Message, lost));
        }
    }
}
