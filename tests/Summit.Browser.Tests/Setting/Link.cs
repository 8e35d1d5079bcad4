namespace Summit.Browser.Tests.Setting;

/// <summary>A network, by the seconds until an answer begins and by what then comes in each second, for all answers together.</summary>
public sealed record Link(double Latency, double BytesPerSecond)
{
    /// <summary>Has the browser pretend that this is its network.</summary>
    public Task PretendAsync(ICDPSession line) => line.SendAsync("Network.emulateNetworkConditions", new()
    {
        ["offline"] = false,
        ["latency"] = Latency * 1000,
        ["downloadThroughput"] = BytesPerSecond,
        ["uploadThroughput"] = BytesPerSecond,
    });

    /// <summary>
    /// Seconds until all of this has come: each is asked for when the one before it has come, then waits for its answer, then shares the link
    /// with the others. Reckoned, so that it is the same whatever else the machine does.
    /// </summary>
    public double Carry(IReadOnlyList<NetworkLog.Load> loads)
    {
        var left = loads.ToDictionary(load => load, load => (double)load.Bytes);
        var begins = loads.Where(load => !Waits(load)).ToDictionary(load => load, _ => Latency);
        var now = 0.0;
        while (begins.Count > 0)
        {
            var coming = begins.Where(begin => begin.Value <= now).Select(begin => begin.Key).ToList();
            var share = BytesPerSecond / Math.Max(1, coming.Count);
            var next = begins.Values.Where(begin => begin > now).Concat(coming.Select(load => now + (left[load] / share))).Min();
            foreach (var load in coming)
            {
                left[load] -= (next - now) * share;
            }

            now = next;
            // Less than a byte is what rounding left.
            foreach (var done in coming.Where(load => left[load] < 1))
            {
                begins.Remove(done);
                foreach (var follower in loads.Where(load => load.After == done))
                {
                    begins[follower] = now + Latency;
                }
            }
        }

        return now;

        bool Waits(NetworkLog.Load load) => load.After is not null && loads.Contains(load.After);
    }
}
