using System.Diagnostics.Metrics;

namespace Summit.Engine.Orleans;

/// <summary>What happens between the servers, under the engine's own meter name.</summary>
internal static class OrleansMeters
{
    private static readonly Meter Meter = new(Meters.Name);

    /// <summary>Also what tells that leases of lost servers end.</summary>
    public static UpDownCounter<long> Relays { get; } =
        Meter.CreateUpDownCounter<long>("summit.engine.relays", "{relay}", "Servers that cells living here publish to, summed over the cells.");

    /// <summary>One for each batch and following server, however many browsers follow there.</summary>
    public static Counter<long> Crossings { get; } =
        Meter.CreateCounter<long>("summit.engine.crossings", "{batch}", "Batches of events sent to another server.");

    public static Counter<long> CrossingBytes { get; } =
        Meter.CreateCounter<long>("summit.engine.crossings.size", "By", "The events in batches sent to another server.");

    public static Counter<long> Retries { get; } =
        Meter.CreateCounter<long>("summit.engine.retries", "{call}", "Calls to cells made again because a server was lost or a cell moved.");
}
