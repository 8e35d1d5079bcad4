using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Summit.Bench.Figures;

/// <summary>Takes the figures one line after the other, prints the table and writes it down.</summary>
public static class BenchRun
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="only">A part of it: fan-out, durable, storms, memory, start; null for all.</param>
    /// <param name="file">Where the JSON goes.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(string? only, string file, Action<string> say, CancellationToken cancellationToken)
    {
        var machine = Machine.Now();
        var watch = Stopwatch.StartNew();
        var figures = new List<Figure>();
        say(FormattableString.Invariant($"{machine.Cores} cores, {machine.Cpu}, {machine.Os}, {machine.Runtime}, load {machine.Load} at the start"));
        if (only is null or "fan-out" or "durable")
        {
            await using var stand = await Stand.OpenAsync(cancellationToken);
            // The commands first: a server that has just started still compiles what it runs.
            figures.AddRange(only is "fan-out" ? [] : await new Durable(stand, say).RunAsync(cancellationToken));
            figures.AddRange(only is "durable" ? [] : await new FanOut(stand, say).RunAsync(cancellationToken));
        }

        if (only is null or "storms")
        {
            await using var stand = await Stand.OpenAsync(cancellationToken);
            figures.AddRange(await new Storms(stand, say).RunAsync(cancellationToken));
        }

        figures.AddRange(only is null or "memory" ? await new Memory(say).RunAsync(cancellationToken) : []);
        figures.AddRange(only is null or "start" ? await new Start(say).RunAsync(cancellationToken) : []);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var loadAfter = Machine.LoadNow();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { machine, loadAfter, took = watch.Elapsed, figures }, Readable), cancellationToken);
        say(string.Create(CultureInfo.InvariantCulture, $"Took {watch.Elapsed.TotalSeconds:N0} s, load {loadAfter} at the end; {file} has every round."));
        return figures;
    }
}
