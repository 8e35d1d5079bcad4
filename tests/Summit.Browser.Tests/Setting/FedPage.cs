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
    private string? _follow;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FedPage()
    {
    }

    public static async Task<FedPage> TapAsync(Visitor visitor)
    {
        var fed = new FedPage();
        await visitor.Page.RouteWebSocketAsync(LiveLine(), socket => fed.Connect(socket));
        return fed;
    }

    /// <summary>Waits until the page follows; its first picture comes another way.</summary>
    public Task ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromMilliseconds(Hall.Patience));

    /// <summary>A frame with these items changed, and the session if it did.</summary>
    public void Send(JsonObject[] items, JsonNode? session = null)
    {
        var frame = new JsonObject { ["seq"] = ++_seq, ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) };
        if (session is not null)
        {
            frame["session"] = session.DeepClone();
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
            socket.Send(frame.Text!);
            if (Messages(frame.Text).Any(message => message["item"]?["seq"] is not null))
            {
                _ready.TrySetResult();
            }
        });
    }

    private static IEnumerable<JsonNode> Messages(string? text) =>
        (text ?? "").Split(End, StringSplitOptions.RemoveEmptyEntries).Select(message => JsonNode.Parse(message)!);

    [GeneratedRegex("/live")]
    private static partial Regex LiveLine();
}
