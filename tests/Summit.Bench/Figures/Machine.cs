using System.Globalization;

namespace Summit.Bench.Figures;

/// <summary>Where the figures were taken: they mean little without it.</summary>
/// <param name="Load">Processes that wanted to run in the minute before the start: above the number of cores, others were at work.</param>
public sealed record Machine(int Cores, string Cpu, double Load, string Os, string Runtime, DateTimeOffset At)
{
    public static Machine Now() => new(
        Environment.ProcessorCount,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        LoadNow(),
        System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
        DateTimeOffset.UtcNow);

    public static double LoadNow() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Processor time a process has used, its own and the kernel's for it.</summary>
    public static TimeSpan CpuOf(int process)
    {
        // The name stands in brackets and may hold anything; utime and stime are the 14th and 15th, in hundredths of a second.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
    }

    /// <summary>Memory a process holds, in kB.</summary>
    public static double ResidentOf(int process) => double.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
