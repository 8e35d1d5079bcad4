using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Summit.Testing;

namespace Summit.Server.Tests;

/// <summary>Counts the system calls of a process, while it is attached.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Strace : IDisposable
{
    private const int Interrupt = 2;

    private readonly Process _strace;
    private readonly string _counts = Path.GetTempFileName();

    private Strace(int process) => _strace = Process.Start(
        new ProcessStartInfo("strace", ["-c", "-f", "-o", _counts, "-p", process.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;

    /// <exception cref="InvalidOperationException">There is no strace here, or it may not look; the message says which.</exception>
    public static async Task<Strace> AttachAsync(int process)
    {
        try
        {
            var strace = new Strace(process);
            var said = await strace._strace.StandardError.ReadLineAsync().WaitAsync(Wait.Limit);
            return said?.Contains("attached", StringComparison.Ordinal) == true ? strace : throw new InvalidOperationException($"strace may not look: {said}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("strace is not installed (apt-get install strace)", e);
        }
    }

    /// <summary>Lets go, and says how often each call was made.</summary>
    public async Task<IReadOnlyDictionary<string, long>> StopAsync()
    {
        Assert.Equal(0, Kill(_strace.Id, Interrupt));
        await _strace.StandardError.ReadToEndAsync().WaitAsync(Wait.Limit);
        await _strace.WaitForExitAsync().WaitAsync(Wait.Limit);
        // % time, seconds, usecs/call, calls, errors if any, name.
        return (await File.ReadAllLinesAsync(_counts))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length >= 5 && fields[^1] != "total" && long.TryParse(fields[3], CultureInfo.InvariantCulture, out _))
            .ToDictionary(fields => fields[^1], fields => long.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (!_strace.HasExited)
        {
            _strace.Kill();
        }

        _strace.Dispose();
        File.Delete(_counts);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
