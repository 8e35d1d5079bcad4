using System.Security.Cryptography;
using System.Text.Json;

namespace Summit.Bench.Figures;

/// <summary>What one of many followers sees of a session: each item by the hash of its newest state, which is all that a comparison needs.</summary>
public sealed class Sight
{
    private readonly Dictionary<Guid, UInt128> _items = [];
    private UInt128 _session;

    /// <summary>How many items came, whole pictures included.</summary>
    public int Received { get; private set; }

    /// <summary>How many frames were whole pictures.</summary>
    public int Resets { get; private set; }

    /// <summary>What somebody sees who asked once.</summary>
    /// <param name="frame">The whole picture.</param>
    public static Sight Of(JsonElement frame)
    {
        var sight = new Sight();
        sight.Apply(SeenFrame.Read(JsonSerializer.SerializeToUtf8Bytes(frame)));
        return sight;
    }

    public void ForgetCounts() => (Received, Resets) = (0, 0);

    /// <summary>One hash for all of it; two who see the same have the same.</summary>
    public string Hash()
    {
        var all = new byte[(_items.Count + 1) * 32];
        BitConverter.TryWriteBytes(all, _session);
        var at = 32;
        foreach (var (id, state) in _items.OrderBy(item => item.Key))
        {
            id.TryWriteBytes(all.AsSpan(at));
            BitConverter.TryWriteBytes(all.AsSpan(at + 16), state);
            at += 32;
        }

        return Convert.ToHexStringLower(SHA256.HashData(all).AsSpan(0, 8));
    }

    internal void Apply(SeenFrame frame)
    {
        if (frame.Reset)
        {
            _items.Clear();
            Resets++;
        }

        _session = frame.Session ?? _session;
        Received += frame.Items.Count;
        foreach (var (id, state) in frame.Items)
        {
            if (state is { } seen)
            {
                _items[id] = seen;
            }
            else
            {
                _items.Remove(id);
            }
        }
    }
}

/// <summary>What a frame says: items with the hash of their state, or none for one that is gone.</summary>
internal sealed record SeenFrame(byte[] Message, bool Reset, UInt128? Session, IReadOnlyList<(Guid Id, UInt128? State)> Items)
{
    /// <param name="message">A frame, alone or as SignalR delivers it.</param>
    public static SeenFrame Read(ReadOnlySpan<byte> message)
    {
        var bytes = message.ToArray();
        using var parsed = JsonDocument.Parse(bytes);
        var frame = parsed.RootElement.TryGetProperty("item", out var item) ? item : parsed.RootElement;
        var items = new List<(Guid, UInt128?)>();
        if (frame.TryGetProperty("items", out var changed))
        {
            items.AddRange(changed.EnumerateArray().Select(each => (each.GetProperty("id").GetGuid(), each.TryGetProperty("gone", out _) ? (UInt128?)null : HashOf(each))));
        }

        return new SeenFrame(
            bytes, frame.TryGetProperty("reset", out var reset) && reset.GetBoolean(), frame.TryGetProperty("session", out var session) ? HashOf(session) : null, items);
    }

    private static UInt128 HashOf(JsonElement element) =>
        BitConverter.ToUInt128(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(element)).AsSpan(0, 16));
}

/// <summary>The last frames that were read: a thousand followers get the same bytes, which are taken apart once.</summary>
internal sealed class SeenFrames
{
    private readonly SeenFrame?[] _last = new SeenFrame?[32];
    private int _next;

    public SeenFrame Of(ReadOnlySpan<byte> message)
    {
        foreach (var known in _last)
        {
            if (known is not null && message.SequenceEqual(known.Message))
            {
                return known;
            }
        }

        return _last[_next++ % _last.Length] = SeenFrame.Read(message);
    }
}
