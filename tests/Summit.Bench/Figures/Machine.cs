using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Summit.Bench.Figures;

/// <summary>Where the figures were taken: they mean little without it.</summary>
public sealed record Machine(int Cores, string Cpu, string Os, string Runtime, DateTimeOffset At)
{
    /// <summary>USER_HZ, the same on all machines.</summary>
    private const double TicksASecond = 100;

    public static Machine Now() => new(
        Environment.ProcessorCount,
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        DateTimeOffset.UtcNow);

    /// <summary>Processor time in seconds that everybody but this program and the servers it has started and ended has used since the machine started.</summary>
    public static double OthersTime()
    {
        // user, nice and system; interrupts are left out, for with loopback most of them are ours and nobody's name is on them.
        var all = Ticks(File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries), 1, 2, 3);
        var own = File.ReadAllText("/proc/self/stat");
        // After the name in brackets: own user and system time, and that of children that have ended.
        return (all - Ticks(own[(own.LastIndexOf(')') + 2)..].Split(' '), 11, 12, 13, 14)) / TicksASecond;
    }

    /// <summary>Processor time a process has used, its own and the kernel's for it.</summary>
    public static TimeSpan CpuOf(int process)
    {
        // The kernel's name for the clock of another process; /proc knows it to a hundredth of a second only.
        if (GetTime((~process << 3) | 2, out var time) != 0)
        {
            throw new InvalidOperationException($"The process {process} has no clock any more.");
        }

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000.0);
    }

    /// <summary>Milliseconds of CPU a second that a process takes while nothing is done to it.</summary>
    public static async Task<double> RestAsync(int process, TimeSpan length, CancellationToken cancellationToken)
    {
        var (before, watch) = (CpuOf(process), Stopwatch.StartNew());
        await Task.Delay(length, cancellationToken);
        return (CpuOf(process) - before).TotalMilliseconds / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Files, and so connections, that a process may have open; .NET takes what it is allowed at most.</summary>
    public static int FilesAllowed() => int.Parse(
        File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4],
        CultureInfo.InvariantCulture);

    /// <summary>Memory a process holds, in kB.</summary>
    public static double ResidentOf(int process) => double.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private static long Ticks(string[] fields, params int[] places) => places.Sum(place => long.Parse(fields[place], CultureInfo.InvariantCulture));

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
