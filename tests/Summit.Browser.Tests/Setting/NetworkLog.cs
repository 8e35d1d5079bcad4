using System.Text.Json;

namespace Summit.Browser.Tests.Setting;

/// <summary>What a page asked for over HTTP, as the browser tells its tools: how much came, and what had to come before.</summary>
public sealed class NetworkLog
{
    private readonly Lock _writing = new();
    private readonly Dictionary<string, Load> _loads = [];

    private NetworkLog()
    {
    }

    public static async Task<NetworkLog> KeepAsync(ICDPSession line)
    {
        var log = new NetworkLog();
        line.Event("Network.requestWillBeSent").OnEvent += (_, told) => log.Begin(told!.Value);
        line.Event("Network.loadingFinished").OnEvent += (_, told) => log.End(told!.Value);
        await line.SendAsync("Network.enable");
        return log;
    }

    /// <summary>
    /// What was asked for and came between these seconds after the page itself was asked for, in the order of asking; without them
    /// whatever has come.
    /// </summary>
    public IReadOnlyList<Load> Between(double from = 0, double to = double.MaxValue)
    {
        lock (_writing)
        {
            foreach (var load in _loads.Values)
            {
                load.After = _loads.Values.Where(other => other.Ended <= load.Begun).MaxBy(other => other.Ended);
            }

            var start = _loads.Values.Min(load => load.Begun);
            return [.. _loads.Values.Where(load => load.Begun >= start + from && load.Ended <= start + to).OrderBy(load => load.Begun)];
        }
    }

    private void Begin(JsonElement told)
    {
        var (id, url) = (told.GetProperty("requestId").GetString()!, told.GetProperty("request").GetProperty("url").GetString()!);
        if (url.EndsWith("/favicon.svg", StringComparison.Ordinal))
        {
            // The browser's own wish, whenever it likes.
            return;
        }

        lock (_writing)
        {
            _loads[id] = new Load(new Uri(url), told.GetProperty("timestamp").GetDouble());
        }
    }

    private void End(JsonElement told)
    {
        lock (_writing)
        {
            if (_loads.TryGetValue(told.GetProperty("requestId").GetString()!, out var load))
            {
                (load.Bytes, load.Ended) = ((long)told.GetProperty("encodedDataLength").GetDouble(), told.GetProperty("timestamp").GetDouble());
            }
        }
    }

    /// <param name="url">What was asked for.</param>
    /// <param name="begun">Seconds of the browser's clock.</param>
    public sealed class Load(Uri url, double begun)
    {
        public Uri Url => url;

        public double Begun => begun;

        /// <summary>On the wire, headers included.</summary>
        public long Bytes { get; set; }

        public double Ended { get; set; } = double.PositiveInfinity;

        /// <summary>What had come last when this was asked for: the reason for it was no later. Null for the page itself.</summary>
        public Load? After { get; set; }

        /// <summary>1 for the page itself, 2 for what it names, 3 for what that asks for.</summary>
        public int Round => 1 + (After?.Round ?? 0);
    }
}
