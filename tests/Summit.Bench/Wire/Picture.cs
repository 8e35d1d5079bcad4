using System.Security.Cryptography;
using System.Text.Json;

namespace Summit.Bench.Wire;

/// <summary>What one reader sees of a session: frames folded in, one after the other.</summary>
public sealed class Picture
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, JsonElement> _items = [];
    private readonly Dictionary<Guid, JsonElement> _own = [];

    /// <summary>The event number it is now at: where to follow on from.</summary>
    public long Seq { get; private set; }

    public IReadOnlyDictionary<Guid, JsonElement> Items => Copy(_items);

    /// <summary>What the reader wrote, as only its author sees it.</summary>
    public IReadOnlyDictionary<Guid, JsonElement> Own => Copy(_own);

    /// <summary>The same for all who see the same items, to the letter.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, item) in Items.OrderBy(item => item.Key))
        {
            // Written anew: what came over HTTP may escape other characters.
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(item));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <exception cref="InvalidDataException">The frame leads back in time.</exception>
    public void Apply(JsonElement frame)
    {
        lock (_lock)
        {
            if (frame.TryGetProperty("reset", out var reset) && reset.GetBoolean())
            {
                _items.Clear();
                _own.Clear();
                Seq = 0;
            }

            foreach (var item in Members(frame, "items"))
            {
                Take(item, _items);
            }

            foreach (var mine in Members(frame, "mine").Where(mine => mine.GetProperty("own").GetBoolean()))
            {
                Take(mine, _own);
            }

            Move(frame);
        }
    }

    private static JsonElement.ArrayEnumerator Members(JsonElement frame, string name) =>
        frame.TryGetProperty(name, out var members) ? members.EnumerateArray() : default;

    private static void Take(JsonElement item, Dictionary<Guid, JsonElement> into)
    {
        var id = item.GetProperty("id").GetGuid();
        if (item.TryGetProperty("gone", out var gone) && gone.GetBoolean())
        {
            into.Remove(id);
        }
        else
        {
            into[id] = item;
        }
    }

    private void Move(JsonElement frame)
    {
        if (!frame.TryGetProperty("seq", out var seq))
        {
            return;
        }

        if (seq.GetInt64() < Seq)
        {
            throw new InvalidDataException($"A frame at {seq.GetInt64()} came after one at {Seq}.");
        }

        Seq = seq.GetInt64();
    }

    private Dictionary<Guid, JsonElement> Copy(Dictionary<Guid, JsonElement> of)
    {
        lock (_lock)
        {
            return new Dictionary<Guid, JsonElement>(of);
        }
    }
}
