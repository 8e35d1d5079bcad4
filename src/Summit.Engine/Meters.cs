using System.Diagnostics.Metrics;

namespace Summit.Engine;

/// <summary>What the engine counts, under the meter <c>Summit.Engine</c>.</summary>
public static class Meters
{
    public const string Name = "Summit.Engine";

    private static readonly Meter Meter = new(Name);

    internal static Counter<long> Commands { get; } =
        Meter.CreateCounter<long>("summit.engine.commands", "{command}", "Commands answered, refusals included.");

    internal static Counter<long> Faults { get; } =
        Meter.CreateCounter<long>("summit.engine.faults", "{command}", "Commands refused, by fault code.");

    internal static Counter<long> Commits { get; } =
        Meter.CreateCounter<long>("summit.engine.commits", "{commit}", "Commits handed to the journal.");

    internal static Histogram<long> CommitEvents { get; } =
        Meter.CreateHistogram<long>("summit.engine.commit.events", "{event}", "Events that shared a commit.");

    internal static Histogram<double> CommitDuration { get; } =
        Meter.CreateHistogram<double>("summit.engine.commit.duration", "s", "From handing a commit to the journal to its answer.");

    internal static UpDownCounter<long> Queue { get; } =
        Meter.CreateUpDownCounter<long>("summit.engine.queue", "{event}", "Events decided and not yet durable.");
}
