using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Summit.Server.Live;

/// <summary>
/// The writing half of a live connection: what the hub writes goes into the WebSocket at once, on the thread that wrote it. By way of
/// SignalR's own pipe each message would be copied once more and change threads, which cost as much as the sending itself.
/// </summary>
/// <remarks>Not thread-safe; SignalR writes one message at a time. Reading, closing and heartbeats stay with SignalR's transport.</remarks>
/// <param name="transport">What SignalR's transport reads: only told of the end.</param>
/// <param name="abort">Ends the connection of a reader that takes nothing.</param>
internal sealed class DirectOutput(PipeWriter transport, WebSocket socket, Action abort, TimeProvider time) : PipeWriter
{
    /// <summary>How long a reader may take nothing: as long as with SignalR's own transport.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly FlushResult Gone = new(isCanceled: false, isCompleted: true);

    private byte[] _buffer = [];
    private int _used;

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        var room = Math.Max(sizeHint, 1);
        if (_buffer.Length - _used < room)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_used + room, Math.Max(_used * 2, 1_024)));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            GiveBack();
            _buffer = larger;
        }

        return _buffer.AsMemory(_used);
    }

    public override void Advance(int bytes) => _used += bytes;

    /// <summary>Returns when the socket has taken it. A connection that is lost is reported as completed, for SignalR to end it.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ValueTask sending;
        try
        {
            // Not cancelled half way, which would abort the connection; and what cannot be cancelled costs nothing to prepare for it.
            sending = socket.SendAsync(_buffer.AsMemory(0, _used), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (IsLoss(e))
        {
            sending = ValueTask.FromException(e);
        }

        if (!sending.IsCompletedSuccessfully)
        {
            return WaitAsync(sending);
        }

        Clear();
        return default;
    }

    public override void CancelPendingFlush() => transport.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => transport.Complete(exception);

    private static bool IsLoss(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;

    private async ValueTask<FlushResult> WaitAsync(ValueTask sending)
    {
        var sent = sending.AsTask();
        try
        {
            await sent.WaitAsync(Patience, time);
            Clear();
            return default;
        }
        catch (TimeoutException)
        {
            abort();
            return Gone;
        }
        catch (Exception e) when (IsLoss(e))
        {
            return Gone;
        }
    }

    private void Clear()
    {
        GiveBack();
        (_buffer, _used) = ([], 0);
    }

    private void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}

/// <summary>Puts <see cref="DirectOutput"/> in front of SignalR's transport.</summary>
internal static class DirectOutputSetup
{
    /// <summary>Keeps hold of the WebSocket that SignalR's transport is about to accept.</summary>
    public static void UseDirectOutput(this WebApplication app, string path)
    {
        app.UseWebSockets();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal) && context.Features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } feature)
            {
                context.Features.Set<IHttpWebSocketFeature>(new Accepting(feature));
            }

            return next(context);
        });
    }

    public static IConnectionBuilder UseDirectOutput(this IConnectionBuilder builder) => builder.Use(next => async connection =>
    {
        var accepting = (Accepting)connection.GetHttpContext()!.Features.Get<IHttpWebSocketFeature>()!;
        if (await accepting.Socket is { } socket)
        {
            var (input, output) = (connection.Transport.Input, connection.Transport.Output);
            connection.Transport = new Halves(input, new DirectOutput(output, socket, connection.Abort, TimeProvider.System));
            await next(connection);
        }
    });

    private sealed record Halves(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Accepting(IHttpWebSocketFeature feature) : IHttpWebSocketFeature
    {
        private readonly TaskCompletionSource<WebSocket?> _socket = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsWebSocketRequest => true;

        /// <summary>Null if it came to nothing.</summary>
        public Task<WebSocket?> Socket => _socket.Task;

        public async Task<WebSocket> AcceptAsync(WebSocketAcceptContext context)
        {
            WebSocket? socket = null;
            try
            {
                return socket = await feature.AcceptAsync(context);
            }
            finally
            {
                _socket.SetResult(socket);
            }
        }
    }
}
