using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Summit.Browser.Tests.Setting;

/// <summary>A page whose live line the test can add frames to, as fast as the page takes them.</summary>
public sealed partial class FedPage
{
    /// <summary>Ends each message of the hub's protocol.</summary>
    private const char End = '\u001e';

    /// <summary>Far above what the server itself gets to.</summary>
    private int _seq = 1_000_000;
    private IWebSocketRoute? _socket;
    private JsonNode? _session;
    private string? _follow;

    private FedPage()
    {
    }

    public static async Task<FedPage> TapAsync(Visitor visitor)
    {
        var fed = new FedPage();
        await visitor.Page.RouteWebSocketAsync(LiveLine(), socket => fed.Connect(socket));
        return fed;
    }

    /// <summary>A frame with these items changed, and with another one on stage if it is given.</summary>
    public void Send(JsonObject[] items, string? onStage = null)
    {
        var frame = new JsonObject { ["seq"] = ++_seq, ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) };
        if (onStage is not null)
        {
            var session = (_session ?? throw new InvalidOperationException("The server has not said anything about the session yet.")).DeepClone();
            session["onStage"] = onStage;
            frame["session"] = session;
        }

        var message = new JsonObject { ["type"] = 2, ["invocationId"] = _follow, ["item"] = frame };
        (_socket ?? throw new InvalidOperationException("The page has no line yet.")).Send(message.ToJsonString() + End);
    }

    private void Connect(IWebSocketRoute socket)
    {
        _socket = socket;
        var server = socket.ConnectToServer();
        socket.OnMessage(frame =>
        {
            foreach (var message in Messages(frame.Text).Where(message => (string?)message["target"] == "Follow"))
            {
                _follow = (string)message["invocationId"]!;
            }

            server.Send(frame.Text!);
        });
        server.OnMessage(frame =>
        {
            foreach (var message in Messages(frame.Text))
            {
                _session = message["item"]?["session"]?.DeepClone() ?? _session;
            }

            socket.Send(frame.Text!);
        });
    }

    private static IEnumerable<JsonNode> Messages(string? text) =>
        (text ?? "").Split(End, StringSplitOptions.RemoveEmptyEntries).Select(message => JsonNode.Parse(message)!);

    [GeneratedRegex("/live")]
    private static partial Regex LiveLine();
}
