using System.Globalization;
using System.Security.Cryptography;
using Summit.Bench.Chaos;
using Summit.Bench.Figures;
using Summit.Bench.Polis;
using Summit.Bench.Replay;
using Summit.Bench.Soak;
using Summit.Testing;

const string Usage = """
    Usage:
      replay [folder] [--speed N] [--kills N] [--seed N]
          Plays a deliberation in the Polis export format while killing the server, and compares the counts.
          folder   with comments.csv and votes.csv; without one the shared data beside the repository, or the small sample
          --speed  how many times faster than it was (left out: as fast as it goes)
          --kills  how many times the server is killed meanwhile (5)
      soak [--rounds N] [--seed N]
          Kills the server at random moments under load and looks for everything it had acknowledged (50 rounds).
      chaos [folder] [--seconds N] [--followers N] [--rate N] [--seed N]
          Three servers over Redis and PostgreSQL under the load of a deliberation and its followers, while servers are killed, stand still, are
          restarted and cut off, and Redis and PostgreSQL go away (600 s, 600 followers, 50 commands a second, a seed of its own).
      bench [--only part,part] [--out file] [--minutes N] [--most N]
          Takes the figures of docs/performance.md, beside servers of its own, and puts them into artifacts/bench.json.
          --only     durable, fan-out, votes, storms, memory, start, growth, silent, cluster, soak (all of them, half an hour); the others stay in the file
          --minutes  how long the soak is (10)
          --most     how many followers, items and sessions growth goes up to (10,000)
      bench-docs [--from file] [--to folder]
          Puts what the file holds into docs/performance.md and docs/scale.md, and the plots beside them.
    """;

const string BenchFile = "artifacts/bench.json";

return args switch
{
    ["replay", .. var rest] => await ReplayAsync(rest),
    ["soak", .. var rest] => await SoakAsync(rest),
    ["chaos", .. var rest] => await ChaosAsync(rest),
    ["bench", .. var rest] => await BenchAsync(rest),
    ["bench-docs", .. var rest] => WriteDocs(rest),
    // The other side of the bench, which starts it.
    ["plain-hub", var folder] => await PlainHub.RunAsync(folder),
    _ => Explain(),
};

static async Task<int> ReplayAsync(string[] arguments)
{
    var folder = Folder(arguments);
    var options = new ReplayOptions(
        Option(arguments, "--speed") is { } speed ? double.Parse(speed, CultureInfo.InvariantCulture) : null,
        Number(arguments, "--kills", 5),
        Number(arguments, "--seed", 1));
    if (!File.Exists(Path.Combine(folder, "comments.csv")) || !File.Exists(Path.Combine(folder, "votes.csv")))
    {
        Console.Error.WriteLine($"{folder} has no comments.csv and votes.csv.");
        return 66;
    }

    var deliberation = Deliberation.Read(folder);
    Console.WriteLine($"Playing {deliberation.Statements.Count} statements and {deliberation.Votes.Count} votes of {folder}.");
    await using var run = new ReplayRun(deliberation, options, Console.WriteLine);
    var report = await run.RunAsync(CancellationToken.None);
    foreach (var line in report.Lines())
    {
        Console.WriteLine(line);
    }

    return report.Differences.Count == 0 ? 0 : 1;
}

static async Task<int> SoakAsync(string[] arguments)
{
    await using var run = new SoakRun(Number(arguments, "--rounds", 50), Number(arguments, "--seed", 1), Console.WriteLine);
    var report = await run.RunAsync(CancellationToken.None);
    foreach (var line in report.Lines())
    {
        Console.WriteLine(line);
    }

    return report is { Problems.Count: 0 } && report.Found == report.Acknowledged ? 0 : 1;
}

static async Task<int> ChaosAsync(string[] arguments)
{
    if (ServerCluster.Missing is { } missing)
    {
        Console.Error.WriteLine(missing);
        return 69;
    }

    var wanted = new ChaosOptions();
    var options = new ChaosOptions(
        Number(arguments, "--seconds", wanted.Seconds), Number(arguments, "--followers", wanted.Followers), Number(arguments, "--rate", wanted.Rate),
        Number(arguments, "--seed", RandomNumberGenerator.GetInt32(1_000_000)));
    var deliberation = Folder(arguments) is var folder && folder != SampleFolder() ? Deliberation.Read(folder) : MadeUp.Deliberation(options.Rate * options.Seconds);
    await using var run = new ChaosRun(deliberation, options, Console.WriteLine);
    try
    {
        var report = await run.RunAsync(CancellationToken.None);
        foreach (var line in report.Lines())
        {
            Console.WriteLine(line);
        }

        return report.Findings.Count == 0 ? 0 : 1;
    }
    catch (Exception e) when (e is TimeoutException or InvalidOperationException)
    {
        foreach (var line in run.Words(lines: 15, length: 300))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine($"The run broke: {e.Message}");
        return 1;
    }
}

static async Task<int> BenchAsync(string[] arguments)
{
    var run = new BenchRun(TimeSpan.FromMinutes(Number(arguments, "--minutes", 10)), Number(arguments, "--most", 10_000), Console.WriteLine);
    var parts = await run.RunAsync(Option(arguments, "--only")?.Split(','), Option(arguments, "--out") ?? BenchFile, CancellationToken.None);
    foreach (var line in Figure.Table(parts.SelectMany(part => part.Figures)))
    {
        Console.WriteLine(line);
    }

    Console.WriteLine(run.Failed.Count == 0 ? "All parts were taken." : $"Failed, and as they were before if they were there: {string.Join(", ", run.Failed)}.");
    return run.Failed.Count == 0 ? 0 : 1;
}

static int WriteDocs(string[] arguments)
{
    Report.Write(BenchRun.Read(Option(arguments, "--from") ?? BenchFile), Option(arguments, "--to") ?? "docs");
    return 0;
}

static int Explain()
{
    Console.Error.WriteLine(Usage);
    return 64;
}

static string Folder(string[] arguments) =>
    arguments is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal) ? first : DefaultFolder();

// The shared data lies beside the repository where there is any; upwards, because a build may lie anywhere in it.
static string DefaultFolder()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        var shared = Path.Combine(folder.FullName, "shared", "data", "biodiversity");
        if (Directory.Exists(shared))
        {
            return shared;
        }
    }

    return SampleFolder();
}

static string SampleFolder() => Path.Combine(AppContext.BaseDirectory, "Sample");

static int Number(string[] arguments, string name, int otherwise) =>
    Option(arguments, name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

static string? Option(string[] arguments, string name) =>
    Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
