using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Bench.Figures.Clusters;

namespace Summit.Bench.Figures;

/// <summary>What one part of the bench came to, and under which circumstances: parts may be taken on different days.</summary>
/// <param name="Others">The share of all processors that others had meanwhile: 0 on a machine of one's own.</param>
public sealed record Part(string Name, Machine Machine, double Others, double Seconds, IReadOnlyList<Figure> Figures, IReadOnlyList<Curve> Curves);

/// <summary>Takes the figures one part after the other and writes them down.</summary>
/// <param name="soak">How long people come and go.</param>
/// <param name="most">How far growth is followed.</param>
public sealed class BenchRun(TimeSpan soak, int most, Action<string> say)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>In the order of the table. What needs a quiet machine most comes first.</summary>
    private static readonly IReadOnlyList<string> Names = ["durable", "fan-out", "votes", "storms", "memory", "start", "growth", "silent", "cluster", "soak"];

    private readonly List<string> _failed = [];

    /// <summary>Parts that threw: the others are worth having all the same.</summary>
    public IReadOnlyList<string> Failed => _failed;

    /// <param name="only">Parts to take, null for all; those that are not taken stay in the file as they were.</param>
    public async Task<IReadOnlyList<Part>> RunAsync(IReadOnlyList<string>? only, string file, CancellationToken cancellationToken)
    {
        var unknown = only?.FirstOrDefault(name => !Names.Contains(name));
        if (unknown is not null)
        {
            throw new ArgumentException($"There is no part '{unknown}', only {string.Join(", ", Names)}.", nameof(only));
        }

        var parts = File.Exists(file) ? Read(file).ToDictionary(part => part.Name) : [];
        foreach (var name in only ?? Names)
        {
            var (machine, watch, before) = (Machine.Now(), Stopwatch.StartNew(), Machine.OthersTime());
            say($"{name}: {machine.Cores} cores, {machine.Cpu}, {machine.Os}, {machine.Runtime}");
            try
            {
                var (figures, curves) = await TakeAsync(name, cancellationToken);
                var seconds = watch.Elapsed.TotalSeconds;
                parts[name] = new Part(name, machine, Math.Round(Math.Max(0, Machine.OthersTime() - before) / seconds / machine.Cores, 3), Math.Round(seconds), figures, curves);
                say(string.Create(CultureInfo.InvariantCulture, $"{name} took {seconds:N0} s; others had {parts[name].Others:P0} of the processors."));
                // After each: half an hour's work must not hang on its last minute.
                Write(file, parts);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                say($"{name} failed: {e}");
                _failed.Add(name);
            }
        }

        return [.. parts.Values.OrderBy(part => Names.ToList().IndexOf(part.Name))];
    }

    public static IReadOnlyList<Part> Read(string file) => JsonSerializer.Deserialize<List<Part>>(File.ReadAllText(file), Readable) ?? [];

    private static void Write(string file, Dictionary<string, Part> parts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(parts.Values.OrderBy(part => Names.ToList().IndexOf(part.Name)), Readable));
    }

    private async Task<(IReadOnlyList<Figure> Figures, IReadOnlyList<Curve> Curves)> TakeAsync(string name, CancellationToken cancellationToken) => name switch
    {
        "durable" => (await new Durable(say).RunAsync(cancellationToken), []),
        "fan-out" => (await new FanOut(say).RunAsync(cancellationToken), []),
        "votes" => (await new VoteStorm(say).RunAsync(cancellationToken), []),
        "storms" => (await new Storms(say).RunAsync(cancellationToken), []),
        "memory" => (await new Memory(say).RunAsync(cancellationToken), []),
        "start" => (await new Start(say).RunAsync(cancellationToken), []),
        "cluster" => (await new ClusterFigures(say).RunAsync(cancellationToken), []),
        "growth" => await new Growth(most, say).RunAsync(cancellationToken),
        "silent" => (await new Silence(say).RunAsync(cancellationToken), []),
        _ => (await new Churn(soak, say).RunAsync(cancellationToken), []),
    };
}
