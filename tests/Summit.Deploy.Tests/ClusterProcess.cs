using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Summit.Testing;

// Reads /proc, as containers and their hosts have it.
[assembly: SupportedOSPlatform("linux")]

namespace Summit.Deploy.Tests;

/// <summary>What `make cluster` runs, in a temporary folder of its own.</summary>
internal sealed partial class ClusterProcess : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    /// <summary>Two databases' worth of programs and three servers, on a machine that builds and tests at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-deploy-");
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private ClusterProcess()
    {
        // PostgreSQL does not run as root, and has to pass through to what is its own.
        _folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var start = new ProcessStartInfo("node", [Repository.PathOf("deploy/cluster.mjs")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = _folder.FullName;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    /// <summary>The addresses of the servers, in their order.</summary>
    public IReadOnlyList<Uri> Servers => [.. ServerLine().Matches(Output).Select(line => new Uri(line.Groups[1].Value))];

    /// <summary>Of the first conference printed.</summary>
    public string Code => CodeLine().Match(Output).Groups[1].Value;

    /// <summary>What it has left in the file system.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFileSystemEntries(_folder.FullName)];

    /// <summary>Starts it and waits for nothing.</summary>
    public static ClusterProcess Start()
    {
        Assert.SkipWhen(
            Repository.Read("artifacts/engine.props").Contains(">false<", StringComparison.Ordinal),
            "A cluster needs Orleans, whose packages cannot be restored here.");
        return new ClusterProcess();
    }

    /// <summary>Returns when it has said all it says at the start.</summary>
    public Task StandsAsync() => Wait.UntilAsync(
        "the cluster stands",
        () => _process.HasExited
            ? throw new InvalidOperationException($"It ended with {_process.ExitCode}:\n{Output}")
            : Output.Contains("Ctrl-C ends", StringComparison.Ordinal),
        Patience);

    /// <summary>Returns the exit code.</summary>
    public async Task<int> EndAsync(int signal)
    {
        Send(_process.Id, signal);
        return await EndedAsync();
    }

    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Ids of processes that stand in its folder, gone or not, and so are its own. All its programs do.</summary>
    public IReadOnlyList<int> Programs() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(entry => int.TryParse(Path.GetFileName(entry), out var id) ? id : 0)
            .Where(id => id != 0 && StandsIn(id).StartsWith(_folder.FullName, StringComparison.Ordinal)),
    ];

    /// <summary>The server of this number, from 1.</summary>
    public int IdOfServer(int number) => Programs()
        .Single(id => EnvironmentOf(id).Contains($"ASPNETCORE_URLS={Servers[number - 1].OriginalString}\0", StringComparison.Ordinal));

    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
        {
            throw new InvalidOperationException($"The signal {signal} could not be sent: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync(Terminate);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string StandsIn(int process) => LookAt(() => new FileInfo($"/proc/{process}/cwd").LinkTarget ?? "");

    private static string EnvironmentOf(int process) => LookAt(() => File.ReadAllText($"/proc/{process}/environ"));

    private static string LookAt(Func<string> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone by now, or somebody else's.
            return "";
        }
    }

    [GeneratedRegex(@"^ *Server \d +(http\S+)", RegexOptions.Multiline)]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"^ *Join +(\w{6}) ", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
