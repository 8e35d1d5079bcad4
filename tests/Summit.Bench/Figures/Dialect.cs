using System.Text;

namespace Summit.Bench.Figures;

/// <summary>What a server has to hear over its WebSocket so that it talks, and how its messages end.</summary>
/// <param name="Path">Where the WebSocket is; a token, if any, is added.</param>
/// <param name="Hello">What to say first.</param>
/// <param name="Ping">What to say now and then.</param>
/// <param name="Separator">What ends a message; null where that is the end of the WebSocket's own.</param>
public sealed record Dialect(string Path, byte[] Hello, byte[] Ping, byte? Separator)
{
    private const byte EndOfMessage = 0x1E;

    /// <summary>Connects and listens.</summary>
    public static Dialect SignalR { get; } = new("/live", [.. """{"protocol":"json","version":1}"""u8, EndOfMessage], [.. """{"type":6}"""u8, EndOfMessage], EndOfMessage);

    /// <summary>Engine.IO 4 and Socket.IO 4 on it: 40 connects, 3 answers a ping and does no harm without one.</summary>
    public static Dialect SocketIo { get; } = new("/socket.io/?EIO=4&transport=websocket", [.. "40"u8], [.. "3"u8], null);

    /// <summary>SignalR with a stream of Summit's hub opened at once.</summary>
    public static Dialect Follow(Guid session, long since) => SignalR with
    {
        Hello = [.. SignalR.Hello, .. Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["{{session}}",{{since}}]}""")), EndOfMessage],
    };
}
