namespace Summit.Browser.Tests.Setting;

/// <summary>What a page weighs: memory that is left after everything unneeded was thrown away, and the work it has done.</summary>
public sealed class Scales(ICDPSession line)
{
    public static async Task<Scales> SetUpAsync(Visitor visitor)
    {
        var line = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        // Time of the processor, not of the clock on the wall: this machine may be busy with something else.
        await line.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        return new Scales(line);
    }

    public async Task<Weight> WeighAsync()
    {
        await line.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await line.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
        var metrics = (await line.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return new Weight(heap, metrics["Nodes"], metrics["TaskDuration"]);
    }

    /// <param name="Heap">Bytes.</param>
    /// <param name="Nodes">Of the document, and those that only scripts still hold.</param>
    /// <param name="Busy">Seconds of the page's thread so far.</param>
    public sealed record Weight(double Heap, double Nodes, double Busy);
}
