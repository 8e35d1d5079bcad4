using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Summit.Server.Tests.Hostile;

/// <summary>A WebSocket to the hub that says whatever it is told to.</summary>
internal sealed class RawSocket : IDisposable
{
    private const char EndOfMessage = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _unread = new();

    public bool IsOpen => _socket.State == WebSocketState.Open;

    public static async Task<RawSocket> OpenAsync(Uri server, string? token)
    {
        var raw = new RawSocket();
        var live = new UriBuilder(server) { Scheme = "ws", Path = "/live", Query = token is null ? "" : $"access_token={Uri.EscapeDataString(token)}" };
        await raw._socket.ConnectAsync(live.Uri, Now.Cancelled);
        await raw.SayAsync("""{"protocol":"json","version":1}""");
        Assert.Equal("{}", (await raw.HearAsync())?.ToJsonString());
        return raw;
    }

    /// <summary>Sends one message, whatever it is.</summary>
    public Task SayAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, Now.Cancelled);

    /// <summary>The next message that is not a ping; null when the server has hung up.</summary>
    public async Task<JsonNode?> HearAsync()
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (Take() is { } message)
            {
                if ((int?)message["type"] != 6)
                {
                    return message;
                }

                continue;
            }

            try
            {
                var read = await _socket.ReceiveAsync(buffer, Now.Cancelled).WaitAsync(Testing.Wait.Limit, Now.Cancelled);
                if (read.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                _unread.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    /// <summary>Reads until the server hangs up.</summary>
    public async Task HangsUpAsync()
    {
        while (await HearAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private JsonNode? Take()
    {
        var text = _unread.ToString();
        var end = text.IndexOf(EndOfMessage, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        _unread.Remove(0, end + 1);
        return JsonNode.Parse(text[..end]);
    }
}
