using System.Globalization;

namespace Summit.Bench.Figures.Clusters;

/// <summary>
/// What one, three and thirty servers carry, reckoned from what was measured on one machine: costs add up, sessions and people are spread evenly, and
/// a cell is as often on another server as chance has it. A model, not a measurement.
/// </summary>
public sealed class ScaleModel(IReadOnlyList<Figure> figures)
{
    /// <summary>A small server of any provider.</summary>
    private const int Cores = 4;

    /// <summary>What is left is for the collector, the night's backup and the minute when a server has died.</summary>
    private const double Used = 0.6;

    /// <summary>Each server takes so many, by its settings.</summary>
    private const int MostConnections = 20_000;

    /// <summary>A hall as the first page of docs/architecture.md has it, in its busy minutes.</summary>
    private const int HallFollowers = 300;
    private const double HallCommands = 5;
    private const double HallFrames = 4;

    /// <summary>The most a room sends to a follower in a second: its pace is 50 ms.</summary>
    private const int MostFrames = 20;

    private static readonly int[] Sizes = [1, 3, 30];

    private double Command(int servers) => Mix("CPU of all servers a command", servers);

    private double Delivery(int servers) => Mix("CPU of all servers a delivered message", servers);

    /// <summary>Of one batch to one server, both ends.</summary>
    private double Crossing => Find("CPU of all servers a change, one follower") is var found ? Math.Max(0, found.Summit - found.Beside!.Value) : 0;

    /// <summary>Of the events of a batch; a change is one.</summary>
    private double Bytes => Find("bytes of events that cross for a change, 1 followers").Summit;

    public IEnumerable<string> Lines()
    {
        yield return Row("", servers => $"{servers} server{(servers == 1 ? "" : "s")}");
        yield return "|---|---:|---:|---:|";
        yield return Row("a command finds its cell on another server", servers => $"{Far(servers):P0}");
        yield return Row("CPU of all servers a command", servers => $"{Command(servers):N0} us");
        yield return Row("CPU of all servers a delivered message", servers => $"{Delivery(servers):N1} us");
        yield return Row("votes a second, over many sessions, nobody following", servers => $"{Budget(servers) / Command(servers):N0}");
        yield return Row("followers that get 4 messages a second", servers => $"{Math.Min(Budget(servers) / (Delivery(servers) * HallFrames), MostConnections * servers):N0}");
        yield return Row("halls of 300 with 5 commands a second", servers => $"{Budget(servers) / Hall(servers):N0}");
        yield return Row("followers of one hot session, 20 messages a second", servers => $"{Hot(servers):N0}");
        yield return Row("of a core of its home server, to tell the others 20 times a second", servers => $"{(servers - 1) * MostFrames * Crossing / 2 / 1_000_000:P1}");
        yield return Row("leaves that server for the others", servers => $"{(servers - 1) * MostFrames * Bytes * 8 / 1_000_000:N2} Mbit/s");
    }

    private static string Row(string what, Func<int, FormattableString> value) =>
        $"| {what} | {string.Join(" | ", Sizes.Select(servers => value(servers).ToString(CultureInfo.InvariantCulture)))} |";

    private static double Far(int servers) => (servers - 1.0) / servers;

    /// <summary>Microseconds of CPU a second.</summary>
    private static double Budget(int servers) => servers * Cores * Used * 1_000_000;

    private double Hall(int servers) => (HallCommands * Command(servers)) + (HallFollowers * HallFrames * Delivery(servers));

    /// <summary>Its followers are spread like all others, so it is all servers' budget that they share, less what the telling costs.</summary>
    private double Hot(int servers) =>
        Math.Min((Budget(servers) - ((servers - 1) * MostFrames * Crossing)) / (Find("CPU of all servers a delivered message").Beside!.Value * MostFrames), MostConnections * servers);

    private double Mix(string what, int servers) => Find(what) is var found ? (found.Summit * Far(servers)) + (found.Beside!.Value * (1 - Far(servers))) : 0;

    private Figure Find(string what) => figures.FirstOrDefault(figure => figure.What.StartsWith(what, StringComparison.Ordinal))
        ?? throw new InvalidDataException($"The figure '{what}' is not in the file: take it with bench --only cluster.");
}
