using System.Text;
using System.Text.Json.Nodes;
using Summit.Server.Live;

namespace Summit.Server.Tests.Live;

/// <summary>What a browser does with frames, as docs/protocol.md tells it: the same frames in order give the same screen.</summary>
/// <remarks>Thread-safe: a reader sees whole frames only.</remarks>
internal sealed class Screen
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonNode> _items = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonNode> _own = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _supported = new(StringComparer.Ordinal);
    private string _session = "";

    private long _seq;

    public long Seq => Locked(() => _seq);

    public JsonNode? Pulse { get; private set; }

    public IReadOnlyDictionary<string, JsonNode> Items => Locked(() => new SortedDictionary<string, JsonNode>(_items, StringComparer.Ordinal));

    public IReadOnlyDictionary<string, JsonNode> Own => Locked(() => new SortedDictionary<string, JsonNode>(_own, StringComparer.Ordinal));

    public IReadOnlySet<string> Supported => Locked(() => new SortedSet<string>(_supported, StringComparer.Ordinal));

    /// <summary>Frames that brought changes; pulses do not count.</summary>
    public int Frames { get; private set; }

    /// <summary>Everything in one comparable text; what the reader gave to items it can no longer see does not count.</summary>
    public string Picture => Locked(() => new StringBuilder()
        .AppendLine(_session)
        .AppendJoin('\n', _items.Values.Select(item => item.ToJsonString())).AppendLine()
        .AppendJoin('\n', _own.Values.Select(item => item.ToJsonString())).AppendLine()
        .AppendJoin('\n', _supported.Where(_items.ContainsKey))
        .ToString());

    public JsonNode Take(Frame frame)
    {
        var json = JsonNode.Parse(frame.Json.Span)!;
        return Locked(() => Take(json));
    }

    private T Locked<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    private JsonNode Take(JsonNode json)
    {
        Frames += json["seq"] is null ? 0 : 1;
        if (json["reset"] is not null)
        {
            _items.Clear();
            _own.Clear();
            _supported.Clear();
        }

        _seq = (long?)json["seq"] ?? _seq;
        _session = json["session"]?.ToJsonString() ?? _session;
        Pulse = json["pulse"] ?? Pulse;
        foreach (var item in json["items"]?.AsArray() ?? [])
        {
            Put(_items, item!, gone: item!["gone"] is not null);
        }

        foreach (var mine in json["mine"]?.AsArray() ?? [])
        {
            if ((bool)mine!["own"]!)
            {
                Put(_own, mine, gone: false);
            }
            else if ((bool)mine["supported"]!)
            {
                _supported.Add((string)mine["id"]!);
            }
            else
            {
                _supported.Remove((string)mine["id"]!);
            }
        }

        return json;
    }

    private static void Put(SortedDictionary<string, JsonNode> to, JsonNode item, bool gone)
    {
        var id = (string)item["id"]!;
        if (gone)
        {
            to.Remove(id);
        }
        else
        {
            to[id] = item.DeepClone();
        }
    }
}
